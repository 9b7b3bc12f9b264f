import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDram } from '../../src/machine/dram.ts';

test('reads back what was written last, over page borders, and zero elsewhere', () => {
  const write = fc.record({
    address: fc.integer({ min: 65_500, max: 131_200 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 90 }),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
      const [image, plain] = [createDram([]), new Uint8Array(140_000)];
      for (const { address, bytes } of writes) {
        image.write(address, bytes);
        plain.set(bytes, address);
      }
      const out = new Uint8Array(66_000).fill(7);
      image.read(65_400, out);
      expect(out.findIndex((byte, i) => byte !== plain[65_400 + i])).toBe(-1);
    }),
    { seed: 20_250_108, numRuns: 40 },
  );
});

test('is backed only where used', () => {
  const image = createDram([{ address: 2 ** 31, bytes: Uint8Array.of(1, 2, 3) }]);
  const out = new Uint8Array(4);
  image.read(2 ** 31, out);
  expect([...out]).toEqual([1, 2, 3, 0]);
  expect(image.backedBytes).toBe(65_536);
});
