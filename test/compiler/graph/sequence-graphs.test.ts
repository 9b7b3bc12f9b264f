import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseGraph, compileGraph, type GraphCompileInput, mapGraph } from '../../../src/compiler/graph/compile-graph.ts';
import { evaluateSteps } from '../../../src/compiler/graph/evaluate-steps.ts';
import { validateProgram } from '../../../src/isa/validate.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import type { Graph } from '../../../src/network/graph/graph.ts';
import { elementsOf } from '../../../src/network/graph/rearrange.ts';
import type { DataSet } from '../../../src/network/layer-graph.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { logitsOf } from '../run-program.ts';
import { chipWith } from '../support.ts';
import { attention, graphBuilder } from './sequence-graphs.ts';

const chip = chipWith('ideal', ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'grid.rows=16', 'grid.columns=16']);
const kernels = createKernels();

const sampleOf = ({ images, unit, shape }: DataSet, at: number): Float32Array =>
  Float32Array.from(images.subarray(at * elementsOf(shape), (at + 1) * elementsOf(shape)), (code) => code * unit);

/** Largest difference of scores between the ideal chip and the float graph, and of the steps, in units of the largest score. */
function worst(graph: Graph, samples = 3): number {
  const classes = graph.nodes.at(-1)!.shape[0]!;
  const images = Uint8Array.from({ length: samples * elementsOf(graph.inputShape) }, (_, at) => (at * 73 + 11) % 256);
  const test: DataSet = {
    ...{ name: 'random', shape: graph.inputShape, classes, unit: 1 / 255, images, count: samples, digest: 'none' },
    labels: new Uint8Array(samples),
  };
  const input: GraphCompileInput = { graph, chip, test, samples, ages: [1], calibration: [sampleOf(test, 0)] };
  const analysis = analyseGraph(kernels, input);
  const program = compileGraph(input, mapGraph(analysis, input), undefined);
  const { vector, scratchpad, dma, tile } = chip;
  const limits = {
    tiles: 256,
    tileRows: tile.rows,
    spmBytes: scratchpad.bytes,
    vectorUnits: vector.units,
    dmaChannels: dma.channels,
  };
  expect(validateProgram(program, limits)).toEqual([]);
  const { logits } = logitsOf(program, chip);
  let most = 0;
  for (let sample = 0; sample < samples; sample++) {
    const values = sampleOf(test, sample);
    const wanted = evaluateGraph(kernels, graph, values).get(graph.output)!;
    const stepped = evaluateSteps(kernels, analysis.lowered, values).get(analysis.lowered.output)!;
    const scale = wanted.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-3);
    wanted.forEach((x, at) => {
      most = Math.max(most, Math.abs(x - logits[sample * classes + at]!) / scale, Math.abs(x - stepped[at]!) / scale);
    });
  }
  return most;
}

const size = fc.integer({ min: 1, max: 7 });

test('an ideal chip runs recurrences of any length, width and direction as the float graph does', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.nat(99), (steps, inputs, units, reverse, states, seed) => {
      const build = graphBuilder([steps, inputs], seed);
      const first = build.lstm(build.input, units, reverse, states);
      const second = build.lstm(first, 3, !reverse);
      expect(worst(build.finish(second, 4))).toBeLessThan(1e-4);
    }),
    { numRuns: 25, seed: 5 },
  );
});

test('an ideal chip attends as the float graph does, keys turned or not', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 3 }), size, fc.boolean(), fc.nat(99), (rows, heads, width, transposed, seed) => {
      const build = graphBuilder([rows, heads * width], seed);
      expect(worst(build.finish(attention(build, build.input, heads, transposed), 3))).toBeLessThan(1e-4);
    }),
    { numRuns: 25, seed: 6 },
  );
});

test('an ideal chip normalises neighbouring channels', () => {
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 9 }), (height, channels, neighbours) => {
      const build = graphBuilder([height, 2, channels], neighbours);
      const shape = [height, 2, channels];
      const moved = build.linear(build.input, channels);
      const normal = build.add([moved], shape, { kind: 'lrn', size: neighbours, alpha: 0.5, beta: 0.75, bias: 1.2 });
      expect(worst(build.finish(normal, 3))).toBeLessThan(1e-4);
    }),
    { numRuns: 20, seed: 7 },
  );
});

test('codes of activations are the same on the chip, beyond their range and at the zero point too', () => {
  for (const zero of [-100, 0, 127]) {
    const build = graphBuilder([5, 4], 3);
    // Steps far wider than the rounding of a float: no value lies on the border of two codes.
    const moved = build.linear(build.input, 6);
    const codes = build.add([moved], moved.shape, { kind: 'quantise', scale: 0.013, zero, low: -128, high: 127 });
    expect(worst(build.finish(codes, 3))).toBeLessThan(1e-4);
  }
});

test('sizes that no program holds are refused, however they got into a file', () => {
  const heads = graphBuilder([5000 * 2, 1], 1);
  const many = heads.add([heads.input], [5000, 2, 1], { kind: 'reshape' });
  const product = heads.add([many, many], [5000, 2, 2], { kind: 'product', transposed: true });
  expect(() => worst(heads.finish(product, 2))).toThrow(/5000 products, expected at most 4096/);
  const wide = graphBuilder([2, 1, 3], 1);
  const lrn = { kind: 'lrn', size: 2 ** 31, alpha: 1e9, beta: 0.5, bias: 1 } as const;
  expect(worst(wide.finish(wide.add([wide.linear(wide.input, 3)], [2, 1, 3], lrn), 2))).toBeLessThan(1e-4);
});
