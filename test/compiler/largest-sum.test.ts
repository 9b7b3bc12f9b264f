import { describe, expect, it } from 'vitest';
import { registerIds } from '../../isa/limits.ts';
import { largestSum, readsApart } from '../../src/compiler/largest-sum.ts';
import { runProgram } from './run-program.ts';
import { chipWith, compileRandom, networkOf, stageOf } from './support.ts';

const exact = ['offsetLsb', 'gainError', 'inlLsb', 'noiseLsb', 'boundManagement'].map((name) => `tile.adc.${name}=0`);
const base = ['tile.rows=8', 'tile.columns=16', 'tile.adc.mux=2', 'tile.adc.bits=8', 'device=ideal', ...exact];
const serial = ['tile.input.coding=bit-serial', 'tile.input.bits=5'];
const sliced = ['mapping.slices=2', 'mapping.sliceBits=2'];
const offset = ['mapping.scheme=digital-offset'];
const chips = {
  plain: [],
  serial,
  sliced,
  offset,
  'serial offset': [...serial, ...offset],
  all: [...serial, ...sliced, ...offset],
};

describe('the largest sum a conversion sees', () => {
  it('counts input bits, slices and the offset of single devices', () => {
    const stage = stageOf(2, 1, { weights: Float32Array.of(1, -0.5) });
    const sumOn = (settings: readonly string[]) =>
      largestSum(stage, 1, chipWith('cmo-130nm', [...base, ...settings]))(Float64Array.of(1, 0.6));
    expect(sumOn([])).toBeCloseTo(0.7, 6);
    // 15 and 9 of 15: bits 3 and 0 are set in both, bits 2 and 1 in the first only
    expect(sumOn(serial)).toBeCloseTo(1, 6);
    expect(sumOn([...serial, ...offset])).toBeCloseTo(2 + 0.5, 6);
    // the ideal window begins at 0, so that weight 0 shows as 1 of full scale
    expect(sumOn(offset)).toBeCloseTo(2 + 0.6 * 0.5, 6);
    // digits 3 3 and -(2 0): 0.5 of 15 rounds to 8
    expect(sumOn(sliced)).toBeCloseTo(1, 6);
  });

  it('is asked once per input bit and slice, once when converters are ideal', () => {
    const reads = (settings: readonly string[]) => readsApart(chipWith('cmo-130nm', [...base, ...settings]));
    expect([reads([]), reads(serial), reads([...serial, ...sliced]), reads([...serial, 'tile.adc.bits=ideal'])]).toEqual([
      1, 4, 8, 1,
    ]);
  });

  it.each(
    Object.entries(chips),
  )('law: no sum of a calibration vector meets the range, and one would meet 0.8 of it (%s)', (_, settings) => {
    const chip = chipWith('cmo-130nm', [...base, ...settings]);
    const { program } = compileRandom({ network: networkOf([1, 1, 20], ['flatten', '{ linear: 5 }']), chip });
    const saturations = (share: number): number => {
      let met = 0;
      const narrowed = new WeakSet<object>();
      runProgram(program, chip, {
        before: ({ group }) => {
          if (group === undefined || narrowed.has(group)) return;
          narrowed.add(group);
          (group.csrs as { adcRange: number }).adcRange *= share;
        },
        after: (_operation, machine) => {
          met = machine.special(registerIds.saturations);
        },
      });
      return met;
    };
    expect(saturations(1)).toBe(0);
    expect(saturations(0.8)).toBeGreaterThan(0);
  });
});
