import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../isa/limits.ts';
import type { ChipDescription } from '../../src/chip/description.ts';
import { aligned, chooseBatch, schedule } from '../../src/compiler/schedule.ts';
import { InputError } from '../../src/config/issue.ts';
import { chipWith, compileRandom, networkOf, stageOf } from './support.ts';

const chip = chipWith('ideal');
const withBytes = (bytes: number): ChipDescription => ({ ...chip, scratchpad: { ...chip.scratchpad, bytes } });
const window = {
  ...{ height: 8, width: 8, channels: 2, kernelHeight: 3, kernelWidth: 3, strideY: 1, strideX: 1 },
  ...{ padTop: 0, padLeft: 0, padBottom: 0, padRight: 0, dilation: 1 },
};
const map = stageOf(18, 4, { name: 'map', window, vectors: 36, inputElements: 128, outputElements: 144 });

describe('schedule', () => {
  it('takes a batch that divides the samples when one of at least 32 does', () => {
    expect([chooseBatch(2000, 128), chooseBatch(10000, 128), chooseBatch(10000, 60)]).toEqual([125, 125, 50]);
    expect([chooseBatch(131, 128), chooseBatch(7, 128), chooseBatch(1, 128)]).toEqual([128, 7, 1]);
  });

  it('law: batches and tail make up the samples, and all fits', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 });
    const bytes = fc.integer({ min: 1 << 14, max: 1 << 20 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 500 }), bytes, (widths, samples, spmBytes) => {
        const stages = widths.map((width) => stageOf(10, width, { bias: new Float32Array(width) }));
        const plan = schedule(stages, 64, samples, withBytes(spmBytes));
        expect(plan.batches * plan.batch + plan.tail).toBe(samples);
        expect(plan.batch).toBeGreaterThanOrEqual(1);
        const areas = [plan.input, plan.labels, ...plan.outputs].map((each) =>
          aligned(each.sampleBytes * each.samples * each.copies),
        );
        expect(areas.reduce((sum, area) => sum + area, aligned(plan.biasBytes))).toBe(plan.spmBytes);
        expect(plan.spmBytes).toBeLessThanOrEqual(spmBytes);
        expect([plan.input, ...plan.outputs].map(({ samples: each }) => each)).toEqual(
          new Array(widths.length + 1).fill(plan.batch),
        );
      }),
      { seed: 12 },
    );
  });

  it('law: areas of an emitted program never overlap and lie inside the scratchpad', () => {
    const layers = [
      '{ convolution: { channels: 2, kernel: 3 }, activation: relu }',
      'pool: { function: max, kernel: 2, stride: 2 }',
      'linear: 4',
      'linear: 3',
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.constantFrom(4, 16, 512), (samples, kib) => {
        const small = chipWith('ideal', [`scratchpad.bytes=${kib} KiB`]);
        const { program } = compileRandom({ network: networkOf([8, 8, 1], layers), chip: small, samples });
        for (const space of ['spm', 'dram'] as const) {
          const areas = program.symbols.filter((symbol) => symbol.space === space).sort((a, b) => a.address - b.address);
          let end = 0;
          for (const { address, bytes } of areas) {
            expect(address).toBeGreaterThanOrEqual(end);
            end = address + bytes;
          }
          if (space === 'spm') expect(end).toBeLessThanOrEqual(small.scratchpad.bytes);
        }
      }),
      { seed: 13, numRuns: 15 },
    );
  });

  it('runs maps image by image up to the last one, the rest on whole batches', () => {
    const later = { ...map, name: 'later' };
    const plan = schedule([map, later, stageOf(144, 10)], 128, 64, chip);
    expect(plan.mapStages.map(({ name }) => name)).toEqual(['map', 'later']);
    expect(plan.vectorStages.map(({ name }) => name)).toEqual(['m144x10']);
    expect(plan.outputs.map(({ samples, perImage }) => [samples, perImage])).toEqual([
      [1, true],
      [64, false],
      [64, false],
    ]);
  });

  it('keeps every walked area within the modulus of an address generator', () => {
    const plan = schedule([stageOf(4, 3000)], 3072, 120, withBytes(1 << 23));
    for (const { sampleBytes, samples, copies } of [plan.input, ...plan.outputs])
      expect(sampleBytes * samples * copies).toBeLessThanOrEqual(limits.maxLength);
    // an image too large for two copies still runs, in one
    const [output] = schedule([stageOf(4, 40000)], 4, 3, withBytes(1 << 23)).outputs;
    expect(output).toMatchObject({ samples: 1, copies: 1 });
  });

  it('refuses a scratchpad too small for one image, with the bytes it needs', () => {
    expect(() => schedule([stageOf(4, 1000)], 100, 50, withBytes(4096))).toThrow(InputError);
    // 2 x 100 and 2 x 1 bytes of input, 2 x 4000 of output, in words of 64
    expect(() => schedule([stageOf(4, 1000)], 100, 50, withBytes(4096))).toThrow(/4096 bytes, expected at least 8320 bytes/);
    expect(schedule([stageOf(4, 1000)], 100, 50, withBytes(8320)).batch).toBe(1);
  });
});
