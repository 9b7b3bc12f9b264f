import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meet } from '../../../src/compiler/graph/allocate.ts';
import { analyseGraph, compileGraph, mapGraph } from '../../../src/compiler/graph/compile-graph.ts';
import { evaluateSteps } from '../../../src/compiler/graph/evaluate-steps.ts';
import { validateProgram } from '../../../src/isa/validate.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import type { Graph } from '../../../src/network/graph/graph.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { logitsOf } from '../run-program.ts';
import { chipWith } from '../support.ts';
import { inputFor, largest, sampleOf } from './graph-input.ts';
import { randomGraph } from './random-graph.ts';

const chip = chipWith('ideal', ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'grid.rows=64', 'grid.columns=64']);
const kernels = createKernels();

const choices = fc.record({
  share: fc.constantFrom(0, 0.02),
  copiesFor: fc.constantFrom('sum' as const, 'slowest' as const),
  stages: fc.constantFrom(1, 2, 3, 100),
  placement: fc.constantFrom('in order' as const, 'by traffic' as const),
});

describe('random graphs', () => {
  test('an ideal chip computes the float reference, batches, tails and copies included', () => {
    fc.assert(
      fc.property(randomGraph, fc.integer({ min: 1, max: 9 }), choices, (graph, samples, choice) => {
        const input = inputFor(graph, samples, chip);
        const program = compileGraph(input, mapGraph(analyseGraph(kernels, input), input, choice), undefined);
        const { logits } = logitsOf(program, chip);
        const classes = graph.nodes.at(-1)!.shape[0]!;
        for (let sample = 0; sample < samples; sample++) {
          const wanted = evaluateGraph(kernels, graph, sampleOf(input.test, sample)).get(graph.output)!;
          const found = logits.slice(sample * classes, (sample + 1) * classes);
          const scale = Math.max(largest(wanted), 1e-3);
          wanted.forEach((x, index) => void expect(Math.abs(x - found[index]!) / scale).toBeLessThan(1e-4));
        }
      }),
      { numRuns: 120, seed: 11 },
    );
  }, 30_000);

  test('steps keep the values of the graph, the program is valid, cells and scratchpad bytes have one owner', () => {
    fc.assert(
      fc.property(randomGraph, choices, (graph, choice) => {
        const input = inputFor(graph, 5, chip);
        const mapping = mapGraph(analyseGraph(kernels, input), input, choice);
        const { lowered, matrices, schedule } = mapping;
        const sample = sampleOf(input.test, 0);
        const [found, wanted] = [
          evaluateSteps(kernels, lowered, sample).get(lowered.output)!,
          evaluateGraph(kernels, graph, sample).get(graph.output)!,
        ];
        const scale = Math.max(largest(wanted), 1e-3);
        wanted.forEach((x, index) => void expect(Math.abs(x - found[index]!) / scale).toBeLessThan(1e-4));
        const program = compileGraph(input, mapping, undefined);
        const { vector, scratchpad, dma, tile } = chip;
        const limits = {
          tiles: 4096,
          tileRows: tile.rows,
          spmBytes: scratchpad.bytes,
          vectorUnits: vector.units,
          dmaChannels: dma.channels,
        };
        expect(validateProgram(program, limits)).toEqual([]);
        const placed = [...matrices].sort((a, b) => a.firstTile - b.firstTile);
        const ends = placed.map(({ firstTile, tiles, replicas = 1 }) => firstTile + tiles * replicas);
        placed.forEach(({ firstTile }, at) => void expect(firstTile).toBe(at === 0 ? 0 : ends[at - 1]));
        for (const a of schedule.areas.values())
          for (const b of schedule.areas.values()) {
            if (a.name >= b.name || !meet(a, b)) continue;
            expect(a.address >= b.address + b.bytes || b.address >= a.address + a.bytes).toBe(true);
          }
      }),
      { numRuns: 60, seed: 12 },
    );
  }, 30_000);
});

test('a chip with too few tiles says what would fit', () => {
  const graph: Graph = {
    ...{ name: 'wide', input: 'x', inputShape: [600], output: 'y', loss: 'cross-entropy' },
    nodes: [
      {
        name: 'y',
        inputs: ['x'],
        shape: [9],
        operation: { kind: 'linear', inputs: 600, outputs: 9, weights: new Float32Array(5400), bias: undefined },
      },
    ],
  };
  const small = chipWith('ideal', ['grid.rows=1', 'grid.columns=2']);
  expect(() => analyseGraph(kernels, { ...inputFor(graph, 1, chip), chip: small })).toThrow(/at least 3 tiles/);
});

test('a scratchpad too small for one image says how many bytes it takes', () => {
  const graph: Graph = {
    ...{ name: 'map', input: 'x', inputShape: [64, 64, 4], output: 'y', loss: 'cross-entropy' },
    nodes: [
      { name: 'r', inputs: ['x'], shape: [64, 64, 4], operation: { kind: 'unary', function: 'relu' } },
      {
        name: 'y',
        inputs: ['r'],
        shape: [4, 4, 4],
        operation: { kind: 'pool', function: 'max', kernel: [16, 16], stride: [1, 1], pad: [0, 0, 0, 0], dilation: 1 },
      },
    ],
  };
  const small = chipWith('ideal', ['scratchpad.bytes=32 KiB']);
  const input = { ...inputFor(graph, 1, chip), chip: small };
  expect(() => mapGraph(analyseGraph(kernels, input), input)).toThrow(/at least \d+ bytes for one image of map/);
});
