import { expect, test } from 'vitest';
import { programTraffic } from '../../src/timing/program-unit.ts';
import { bytes, chip130, dram, group, halt, operation, spm, time } from './operations.ts';

const shape = group(0, 300, 100);
const program = operation('PRG', { group: shape, a: spm(0), length: 300, reads: [bytes(0, 120_000)] });
const nanoseconds = (steps: number[], change = {}) =>
  Number(time([[{ ...program, ...change }, { programSteps: Float64Array.from(steps) }], halt]).picoseconds) / 1000;

test('the slowest tile sets the time; a step is a pulse and a verify read', () => {
  const idle = nanoseconds([0, 0]);
  expect(nanoseconds([1000, 0]) - nanoseconds([900, 0])).toBe(100 * 1100);
  expect(nanoseconds([1000, 500])).toBe(nanoseconds([1000, 0]));
  expect(nanoseconds([0, 1000])).toBeLessThan(nanoseconds([1000, 1000]) + idle);
  expect(nanoseconds([])).toBe(idle);
});

test('runs are read once before they are pulsed', () => {
  const reads = (counts: number[]) => {
    const activity = { programSteps: Float64Array.of(50, 40), programReads: Float64Array.from(counts) };
    return Number(time([[program, activity], halt]).picoseconds) / 1000;
  };
  expect(reads([0, 0])).toBe(nanoseconds([50, 40]));
  expect(reads([70, 0]) - reads([0, 0])).toBe(70 * 100);
});

test('replicas repeat the steps of the first when only its are known', () => {
  const twice = { group: group(0, 300, 100, { replicas: 2 }) };
  expect(nanoseconds([50_000, 0], twice)).toBe(nanoseconds([50_000, 0, 50_000, 0], twice));
});

test('targets in DRAM come over its interface', () => {
  const there = { a: dram(0), reads: [bytes(0, 120_000, 'dram')] };
  expect(nanoseconds([0, 0], there)).toBeGreaterThan(120_000 / 12.8 + 80);
  const silent = { ...chip130, dramBytesPerSecond: 0 };
  const waits = ['PRG at word 0 waits for the DRAM, which moves 0 bytes per second'];
  expect(time([{ ...program, ...there }, halt], silent).ending).toMatchObject({
    ended: 'deadlocked',
    waits: expect.arrayContaining(waits),
  });
});

test('every tile gets its own block', () => {
  expect(programTraffic(program, chip130)).toEqual({ hops: (256 * 100 * 4) / 16 + (44 * 100 * 4) / 16, wire: 0 });
  expect(() => programTraffic(operation('PRG', { word: 5 }), chip130)).toThrow('PRG at word 5 has no group');
});
