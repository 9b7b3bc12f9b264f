import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChipDescription } from '../../../src/chip/description.ts';
import { analyseGraph, compileGraph, type GraphMapping, mapGraph } from '../../../src/compiler/graph/compile-graph.ts';
import { InputError } from '../../../src/config/issue.ts';
import { validateProgram } from '../../../src/isa/validate.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import type { Graph, Operation } from '../../../src/network/graph/graph.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { logitsOf } from '../run-program.ts';
import { chipWith } from '../support.ts';
import { inputFor, largest, sampleOf } from './graph-input.ts';
import { randomGraph } from './random-graph.ts';

const kernels = createKernels();
const settings = ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'scratchpad.banks=1'];
/** Scratchpads smaller than the settings allow: random graphs are small too. */
function chipOf(tiles: number, bytes: number): ChipDescription {
  const grid = [`grid.rows=${Math.ceil(tiles / 64)}`, `grid.columns=${Math.min(tiles, 64)}`];
  const chip = chipWith('ideal', [...settings, ...grid]);
  return { ...chip, scratchpad: { ...chip.scratchpad, bytes } };
}
const roomy = chipOf(4096, 2 ** 20);

/** Undefined where the network does not fit even so: one matrix larger than the chip, one step larger than the scratchpad. */
function mapped(make: () => GraphMapping): GraphMapping | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

test('turns on too few tiles and values in DRAM leave the answers of random graphs as they are', () => {
  let turned = 0;
  const share = fc.double({ min: 0.2, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      randomGraph,
      fc.integer({ min: 1, max: 5 }),
      share,
      fc.oneof(fc.double({ min: 0.7, max: 1, noNaN: true }), fc.constant(4)),
      (graph, samples, tileShare, byteShare) => {
        const whole = inputFor(graph, samples, roomy);
        const most = mapGraph(analyseGraph(kernels, whole), whole);
        const tiles = most.matrices.reduce((sum, matrix) => sum + matrix.tiles, 0);
        const one = mapGraph(analyseGraph(kernels, whole), { ...whole, samples: 1 }).schedule.spmBytes;
        const largestMatrix = Math.max(...most.matrices.map((matrix) => matrix.tiles));
        const chip = chipOf(Math.max(largestMatrix, Math.ceil(tiles * tileShare)), Math.ceil((one * byteShare) / 64) * 64);
        const input = { ...whole, chip };
        const mapping = mapped(() => mapGraph(analyseGraph(kernels, input), input));
        if (mapping === undefined) return;
        if (mapping.rounds.rounds.length > 1) turned += 1;
        const program = compileGraph(input, mapping, undefined);
        const { grid, tile, scratchpad, vector, dma } = chip;
        const limits = {
          ...{ tiles: grid.rows * grid.columns, tileRows: tile.rows, spmBytes: scratchpad.bytes },
          ...{ vectorUnits: vector.units, dmaChannels: dma.channels },
        };
        expect(validateProgram(program, limits)).toEqual([]);
        const { logits } = logitsOf(program, chip);
        const classes = graph.nodes.at(-1)!.shape[0]!;
        for (let sample = 0; sample < samples; sample++) {
          const wanted = evaluateGraph(kernels, graph, sampleOf(input.test, sample)).get(graph.output)!;
          const scale = Math.max(largest(wanted), 1e-3);
          wanted.forEach((x, at) => void expect(Math.abs(x - logits[sample * classes + at]!) / scale).toBeLessThan(1e-4));
        }
      },
    ),
    { numRuns: 150, seed: 41 },
  );
  expect(turned).toBeGreaterThan(10);
}, 30_000);

describe('a residual around wide maps', () => {
  const convolution = (inChannels: number, outChannels: number): Operation => ({
    ...{ kind: 'convolution', kernel: [3, 3], stride: [1, 1], pad: [1, 1, 1, 1], dilation: 1, groups: 1, bias: undefined },
    ...{ inChannels, outChannels },
    weights: Float32Array.from({ length: 9 * inChannels * outChannels }, (_, at) => Math.sin(at + outChannels) / 3),
  });
  const node = (name: string, inputs: readonly string[], operation: Operation, shape: readonly number[] = [8, 8, 2]) => ({
    ...{ name, inputs, shape, operation },
  });
  const whole: Operation = { kind: 'pool', function: 'max', kernel: [8, 8], stride: [1, 1], pad: [0, 0, 0, 0], dilation: 1 };
  const graph: Graph = {
    ...{ name: 'residual', input: 'x', inputShape: [8, 8, 2], output: 'y', loss: 'cross-entropy' },
    nodes: [
      node('a', ['x'], { kind: 'unary', function: 'relu' }),
      node('b', ['a'], convolution(2, 8), [8, 8, 8]),
      node('c', ['b'], convolution(8, 2)),
      node('d', ['c', 'a'], { kind: 'binary', function: 'add' }),
      node('f', ['d'], whole, [1, 1, 2]),
      node('y', ['f'], { kind: 'reshape' }, [2]),
    ],
  };
  const inputOn = (bytes: number) => inputFor(graph, 3, chipOf(64, bytes));
  const map = (bytes: number) => mapGraph(analyseGraph(kernels, inputOn(bytes)), inputOn(bytes));
  const moves = (bytes: number) =>
    map(bytes).lowered.steps.filter(({ operation }) => operation.kind === 'store' || operation.kind === 'load');

  test('waits in DRAM where the scratchpad is too small, and nothing else changes', () => {
    expect(moves(8192)).toEqual([]);
    expect(moves(3200).map(({ operation }) => operation)).toEqual([
      { kind: 'store', value: 'a', elements: 128 },
      { kind: 'load', value: 'a', elements: 128 },
    ]);
    const [roomyLogits, tightLogits] = [8192, 3200].map(
      (bytes) => logitsOf(compileGraph(inputOn(bytes), map(bytes), undefined), chipOf(64, bytes)).logits,
    );
    expect(tightLogits).toEqual(roomyLogits);
  });

  test('a step that alone takes more than the scratchpad says how many bytes it takes', () => {
    expect(() => map(1000)).toThrow(/at least \d+ bytes for one image of residual, values moved to DRAM where they can be/);
  });
});
