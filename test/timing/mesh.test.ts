import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFabric } from '../../src/timing/fabric.ts';
import { flitsOf } from '../../src/timing/mesh.ts';
import { chip130 } from './operations.ts';

const cycle = 5_000;
const hop = 3;

test('alone, a packet takes its hops plus one cycle per further flit', () => {
  fc.assert(
    fc.property(fc.nat(7), fc.nat(7), fc.integer({ min: 1, max: 40 }), (row, column, flits) => {
      const { mesh } = createFabric(chip130);
      const alone = ((column + 1) * hop + flits - 1) * cycle;
      expect(mesh.outward(row, column, flits, 0)).toBe(alone);
      expect(mesh.homeward(row, column, flits, 0)).toBe(alone);
    }),
    { seed: 9 },
  );
});

test('contention: a link carries one flit per cycle, and a packet is never early', () => {
  const packet = fc.record({ column: fc.nat(7), flits: fc.integer({ min: 1, max: 9 }), gap: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 25 }), (packets) => {
      const { mesh, resources, layout } = createFabric(chip130);
      let at = 0;
      let carried = 0;
      let last = 0;
      for (const { column, flits, gap } of packets) {
        at += gap * cycle;
        const arrived = mesh.homeward(2, column, flits, at);
        expect(arrived).toBeGreaterThanOrEqual(at + ((column + 1) * hop + flits - 1) * cycle);
        carried += flits;
        last = Math.max(last, arrived);
      }
      const gate = layout.westLink + 2 * chip130.gridColumns;
      expect(resources.busyPs[gate]).toBe(carried * cycle);
      expect(last).toBeGreaterThanOrEqual((carried + hop - 1) * cycle);
    }),
    { seed: 10 },
  );
});

test('packets of other rows and of the other direction do not contend', () => {
  const { mesh } = createFabric(chip130);
  const alone = mesh.outward(0, 3, 20, 0);
  expect(mesh.outward(1, 3, 20, 0)).toBe(alone);
  expect(mesh.homeward(0, 3, 20, 0)).toBe(alone);
  expect(mesh.outward(0, 3, 20, 0)).toBe(alone + 20 * cycle);
});

test('an empty packet still is a flit', () => {
  expect([0, 1, 16, 17].map((bytes) => flitsOf(bytes, 16))).toEqual([1, 1, 1, 2]);
});
