import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registerIds } from '../../isa/limits.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { pulsedBench, pulsedGroup } from './pulsed-bench.ts';
import { dram, operation, spm, uniforms, value } from './support.ts';

describe('OPD', () => {
  test.each([
    ['scratchpad', spm(4096)],
    ['DRAM', dram(4096)],
  ])('adds outer products in the %s', (_, chi) => {
    const { machine, put, floats } = pulsedBench(cmoHfox);
    const group = pulsedGroup(3, 2, { accumulateRate: -0.5 });
    const [x, d, before] = [uniforms(1, 12), uniforms(2, 8), uniforms(3, 6)];
    put(0, x);
    put(256, d);
    const bytes = new Uint8Array(before.buffer);
    if (chi.kind === 'spm') machine.writeSpm(4096, bytes);
    else machine.writeDram(4096, bytes);
    machine.execute(operation('OPD', { group, d: chi, a: spm(0), b: spm(256), length: 4 }));
    const after = chi.kind === 'spm' ? floats(4096, 6) : new Float32Array(machine.readDram(4096, 24).buffer);
    for (let i = 0; i < 6; i++) {
      let expected = before[i]!;
      for (let v = 0; v < 4; v++) expected -= 0.5 * x[v * 3 + Math.floor(i / 2)]! * d[v * 2 + (i % 2)]!;
      expect(after[i]).toBeCloseTo(expected, 6);
    }
  });
});

describe('THA', () => {
  const bench = pulsedBench(cmoHfox);

  test('whole pulses leave the accumulator and nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(0.5, -0.25, 3),
        (chi, epsilon) => {
          bench.put(0, chi);
          const { nonZeros } = bench.machine.execute(
            operation('THA', { fn: 'to-i16', d: spm(4096), a: spm(0), b: value(epsilon), length: chi.length }),
          );
          const counts = new Int16Array(bench.machine.readSpm(4096, 2 * chi.length).buffer);
          const left = bench.floats(0, chi.length);
          for (const [i, before] of chi.entries()) {
            expect(left[i]! + counts[i]! * epsilon).toBeCloseTo(before, 4);
            expect(Math.abs(left[i]!)).toBeLessThan(Math.abs(epsilon) * 1.0001);
          }
          expect(nonZeros).toBe(counts.filter((n) => n !== 0).length);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  test('counts saturate in their format; the rest stays', () => {
    bench.put(0, [1000, -1000, 0.9]);
    bench.machine.setSpecial(registerIds.nonzeros, 0);
    bench.machine.execute(operation('THA', { fn: 'to-i8', d: spm(4096), a: spm(0), b: value(1), length: 3 }));
    expect([...new Int8Array(bench.machine.readSpm(4096, 3).buffer)]).toEqual([127, -127, 0]);
    expect(bench.floats(0, 2)).toEqual(Float32Array.of(873, -873));
    expect(bench.machine.special(registerIds.nonzeros)).toBe(2);
  });

  test('an epsilon of 0 traps', () => {
    const op = operation('THA', { d: spm(4096), a: spm(0), b: value(0), length: 1 });
    expect(() => bench.machine.execute(op)).toThrow('THA finds epsilon 0; want a finite number other than 0');
  });
});
