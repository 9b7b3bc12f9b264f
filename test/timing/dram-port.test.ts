import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDramPort } from '../../src/timing/dram-port.ts';

test('transfers follow one another in the order of the requests, none before it is ready', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(300)), { minLength: 1 }), (requests) => {
      const port = createDramPort();
      let free = 0n;
      for (const [ready, busPs] of requests) {
        const start = port.take(BigInt(ready), busPs);
        expect(start).toBe(free > BigInt(ready) ? free : BigInt(ready));
        free = start + BigInt(busPs);
      }
    }),
    { numRuns: 50, seed: 12 },
  );
});
