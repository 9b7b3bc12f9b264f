import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseGraph, compileGraph } from '../../../src/compiler/graph/compile-graph.ts';
import { splitChips } from '../../../src/compiler/graph/split-chips.ts';
import { InputError } from '../../../src/config/issue.ts';
import { deviceNamed } from '../../../src/device/devices.ts';
import { validateProgram } from '../../../src/isa/validate.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { runChipValues } from '../../../src/simulate/chip-values.ts';
import { chipWith } from '../support.ts';
import { inputFor, largest, sampleOf } from './graph-input.ts';
import { randomGraph } from './random-graph.ts';

const kernels = createKernels();
const chip = chipWith('ideal', ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'grid.rows=64', 'grid.columns=64']);
const device = deviceNamed(chip.device);

test('chips that share a network compute what the float reference does, and each one has a part of the tiles', () => {
  let split = 0;
  fc.assert(
    fc.property(randomGraph, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 4 }), (graph, samples, count) => {
      const input = inputFor(graph, samples, chip);
      const analysis = analyseGraph(kernels, input);
      let parts: ReturnType<typeof splitChips>;
      try {
        parts = splitChips(analysis, input, count);
      } catch (error) {
        // Fewer steps than chips, or fewer parts that can be cut.
        if (error instanceof InputError) return;
        throw error;
      }
      split += 1;
      const whole = analysis.sliced.reduce((sum, { tiles }) => sum + tiles, 0);
      expect(parts.reduce((sum, part) => sum + part.sliced.reduce((all, { tiles }) => all + tiles, 0), 0)).toBe(whole);
      const programs = parts.map((part) => compileGraph(input, part, undefined));
      const { vector, scratchpad, dma, tile } = chip;
      programs.forEach((program, own) => {
        const limits = { tiles: 4096, tileRows: tile.rows, spmBytes: scratchpad.bytes, vectorUnits: vector.units };
        const controllers = { count, own };
        expect(validateProgram(program, { ...limits, dmaChannels: dma.channels, controllers })).toEqual([]);
      });
      const { controllers: values } = runChipValues(
        programs.map((program) => ({ program, chip, device, chipSeed: 1, declared: [] })),
        { seed: 1, fidelity: 'full', sharedDram: false },
      );
      expect(values.map(({ ending }) => ending.ended)).toEqual(values.map(() => 'halted'));
      const last = parts.findIndex(({ lowered }) => lowered.steps.some(({ writes }) => writes === lowered.output));
      const results = programs[last]!.symbols.find(({ name }) => name === 'results')!;
      const found = new Float32Array(values[last]!.machine!.readDram(results.address, results.bytes).buffer);
      const classes = graph.nodes.at(-1)!.shape[0]!;
      // The lone image at the end writes the place of the first sample again: the same numbers.
      for (let sample = 0; sample < samples; sample++) {
        const wanted = evaluateGraph(kernels, graph, sampleOf(input.test, sample)).get(graph.output)!;
        const scale = Math.max(largest(wanted), 1e-3);
        wanted.forEach((x, at) => void expect(Math.abs(x - found[sample * classes + at]!) / scale).toBeLessThan(1e-4));
      }
    }),
    { numRuns: 60, seed: 61 },
  );
  expect(split).toBeGreaterThan(20);
}, 30_000);

test('chips too small for their parts: how many would do is said', () => {
  let said = 0;
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const input = inputFor(graph, 2, chip);
      const analysis = analyseGraph(kernels, input);
      // As many tiles as the largest matrix needs.
      const most = Math.max(...analysis.sliced.map(({ tiles }) => tiles));
      const small = { ...input, chip: { ...chip, grid: { ...chip.grid, rows: 1, columns: most } } };
      const attempt = (count: number): readonly number[] | string => {
        try {
          return splitChips(analysis, small, count).map(({ matrices }) => matrices.reduce((sum, { tiles }) => sum + tiles, 0));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          return error.message;
        }
      };
      const enough = /^--chips found 2 chips of .* needs .*, expected at least (\d+) chips/.exec(String(attempt(2)))?.[1];
      if (enough === undefined) return;
      said += 1;
      expect(attempt(Number(enough) - 1)).toEqual(expect.any(String));
      expect(Math.max(...(attempt(Number(enough)) as readonly number[]))).toBeLessThanOrEqual(most);
    }),
    { numRuns: 40, seed: 63 },
  );
  expect(said).toBeGreaterThan(3);
}, 30_000);
