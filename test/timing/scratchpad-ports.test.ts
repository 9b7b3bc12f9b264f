import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TimingParameters } from '../../src/chip/cost-table.ts';
import { createFabric } from '../../src/timing/fabric.ts';
import { accessesOf } from '../../src/timing/scratchpad-ports.ts';
import { chip130 } from './operations.ts';

/** Words each bank serves, counted one by one. */
function wordsByBank(
  { spmBanks, spmWidthBytes, spmInterleaveBytes }: TimingParameters,
  address: number,
  bytes: number,
): number[] {
  const words = Array.from({ length: spmBanks }, () => new Set<string>());
  for (let byte = address; byte < address + bytes; byte++) {
    const chunk = Math.floor(byte / spmInterleaveBytes);
    words[chunk % spmBanks]!.add(`${chunk}.${Math.floor((byte - chunk * spmInterleaveBytes) / spmWidthBytes)}`);
  }
  return words.map((set) => set.size);
}

test('each bank is busy one cycle per word it serves, and the transfer ends with the busiest', () => {
  const shapes = fc.record({
    spmBanks: fc.integer({ min: 1, max: 5 }),
    width: fc.constantFrom(4, 8),
    // A chip's rules make the interleave a power of two.
    chunk: fc.constantFrom(1, 2, 4),
  });
  fc.assert(
    fc.property(shapes, fc.nat(300), fc.integer({ min: 1, max: 400 }), ({ spmBanks, width, chunk }, address, bytes) => {
      const parameters = { ...chip130, spmBanks, spmWidthBytes: width, spmInterleaveBytes: chunk * width, spmAccessCycles: 3 };
      const fabric = createFabric(parameters);
      const done = fabric.scratchpad.read(address, bytes, 0);
      const words = wordsByBank(parameters, address, bytes);
      const busy = words.map((_, bank) => fabric.resources.busyPs[fabric.layout.readPort + bank]! / 5_000);
      expect(busy).toEqual(words);
      expect(done).toBe((Math.max(...words) + 2) * 5_000);
    }),
    { seed: 8 },
  );
});

test('reads and writes do not wait for each other; two reads of one bank do', () => {
  const { scratchpad } = createFabric(chip130);
  expect(scratchpad.read(0, 32, 0)).toBe(5_000);
  expect(scratchpad.write(0, 32, 0)).toBe(5_000);
  expect(scratchpad.read(256, 32, 0)).toBe(10_000);
  expect(scratchpad.read(32, 32, 0)).toBe(5_000);
});

test('an empty transfer takes nothing, and accesses are words begun', () => {
  expect(createFabric(chip130).scratchpad.write(0, 0, 15_000)).toBe(15_000);
  expect([0, 1, 32, 33].map((bytes) => accessesOf(bytes, 32))).toEqual([0, 1, 1, 2]);
});
