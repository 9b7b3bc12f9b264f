import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '../../../src/compiler/graph/allocate.ts';
import { checkSteps } from '../../../src/compiler/graph/check-steps.ts';
import { analyseGraph, mapGraph } from '../../../src/compiler/graph/compile-graph.ts';
import { dumpPass, passNames } from '../../../src/compiler/graph/dump-pass.ts';
import { foldConstants } from '../../../src/compiler/graph/fold-constants.ts';
import { foldFlatten } from '../../../src/compiler/graph/fold-flatten.ts';
import { lowerGraph } from '../../../src/compiler/graph/lower-graph.ts';
import { mergeAxes } from '../../../src/compiler/graph/lower-moves.ts';
import { replicate } from '../../../src/compiler/graph/replicate.ts';
import { splitBatches } from '../../../src/compiler/graph/split-batches.ts';
import { slice } from '../../../src/compiler/slice.ts';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import type { Graph, GraphNode, Operation } from '../../../src/network/graph/graph.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { chipWith, stageOf } from '../support.ts';
import { randomGraph } from './random-graph.ts';

const node = (name: string, inputs: readonly string[], shape: readonly number[], operation: Operation): GraphNode => ({
  name,
  inputs,
  shape,
  operation,
});
const graphOf = (inputShape: readonly number[], nodes: readonly GraphNode[]): Graph => ({
  ...{ name: 'g', input: 'x', inputShape, nodes, output: nodes.at(-1)!.name, loss: 'cross-entropy' },
});
const linear = (inputs: number, outputs: number): Operation => ({
  ...{ kind: 'linear', inputs, outputs, bias: undefined },
  weights: Float32Array.from({ length: inputs * outputs }, (_, at) => Math.sin(at + 1)),
});
const relu: Operation = { kind: 'unary', function: 'relu' };
const kernels = createKernels();

describe('folding', () => {
  test('keeps the values of random graphs and leaves no constant behind a lone matrix', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const folded = foldFlatten(foldConstants(graph));
        const input = Float32Array.from({ length: graph.inputShape.reduce((a, b) => a * b, 1) }, (_, at) => Math.cos(at));
        const [found, wanted] = [folded, graph].map((each) => evaluateGraph(kernels, each, input).get(each.output)!);
        const scale = wanted!.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-3);
        wanted!.forEach((x, at) => void expect(Math.abs(x - found![at]!) / scale).toBeLessThan(1e-4));
        expect(folded.nodes.length).toBeLessThanOrEqual(graph.nodes.length);
      }),
      { numRuns: 80, seed: 21 },
    );
  });

  test('a matrix read twice keeps its own values', () => {
    const shared = graphOf(
      [2],
      [
        node('m', ['x'], [2], linear(2, 2)),
        node('c', ['m'], [2], { kind: 'constant', function: 'mul', constant: Float32Array.of(2), reversed: false }),
        node('y', ['m', 'c'], [2], { kind: 'binary', function: 'add' }),
      ],
    );
    expect(foldConstants(shared).nodes.map(({ name }) => name)).toEqual(['m', 'c', 'y']);
  });

  test('a flattened map moves the rows of the next matrix instead of itself', () => {
    const flattened = graphOf(
      [2, 2, 3],
      [
        node('t', ['x'], [3, 2, 2], { kind: 'transpose', permutation: [2, 0, 1] }),
        node('f', ['t'], [12], { kind: 'reshape' }),
        node('y', ['f'], [2], linear(12, 2)),
      ],
    );
    expect(lowerGraph(foldFlatten(flattened)).steps.map(({ operation }) => operation.kind)).toEqual(['matrix']);
  });
});

describe('lowerGraph', () => {
  test('does a ReLU on the way out of the matrix that it alone reads', () => {
    const { steps } = lowerGraph(graphOf([3], [node('m', ['x'], [2], linear(3, 2)), node('y', ['m'], [2], relu)]));
    expect(steps.map(({ operation }) => operation.kind === 'matrix' && operation.relu)).toEqual([true]);
  });

  test('converts codes of the data set unless matrices alone read them', () => {
    const kinds = (nodes: readonly GraphNode[]) => lowerGraph(graphOf([3], nodes)).steps.map(({ operation }) => operation.kind);
    expect(kinds([node('y', ['x'], [2], linear(3, 2))])).toEqual(['matrix']);
    expect(kinds([node('r', ['x'], [3], relu), node('y', ['r'], [2], linear(3, 2))])).toEqual(['convert', 'act', 'matrix']);
  });

  test('puts groups of a convolution into blocks that fit a tile', () => {
    const depthwise: Operation = {
      ...{
        kind: 'convolution',
        kernel: [3, 3],
        stride: [1, 1],
        pad: [1, 1, 1, 1],
        dilation: 1,
        groups: 64,
        inChannels: 64,
        outChannels: 64,
      },
      ...{ weights: new Float32Array(9 * 64), bias: undefined },
    };
    const { steps } = lowerGraph(graphOf([4, 4, 64], [node('y', ['x'], [4, 4, 64], depthwise)]));
    const rows = steps.flatMap(({ operation }) => (operation.kind === 'matrix' ? [operation.matrix.rows] : []));
    expect(rows).toEqual([252, 252, 72]);
  });

  test('axes that stay together are one', () => {
    expect(mergeAxes([2, 3, 1, 5], [1, 2, 3, 0])).toEqual({ shape: [2, 15], permutation: [1, 0] });
    expect(mergeAxes([4, 5], [0, 1])).toEqual({ shape: [20], permutation: [0] });
  });
});

test('what instruction words cannot hold is reported, all of it', () => {
  const window = { kernel: [3, 3], stride: [1, 1], pad: [1, 0, 1, 0], dilation: 1 } as const;
  const pools = graphOf(
    [6, 6, 2],
    [
      node('lopsided', ['x'], [6, 4, 2], { kind: 'pool', function: 'max', ...window }),
      node('wide', ['lopsided'], [1, 1, 2], {
        kind: 'pool',
        function: 'max',
        kernel: [40, 4],
        stride: [1, 1],
        pad: [0, 0, 0, 0],
        dilation: 1,
      }),
    ],
  );
  expect(() => checkSteps(lowerGraph(pools), 'g')).toThrow(/lopsided with window padding[\s\S]*wide with window kernelHeight 40/);
});

test('the end of a network on vectors runs on whole batches, what reads maps does not', () => {
  const pooled = graphOf(
    [4, 4, 2],
    [
      node('p', ['x'], [2, 2, 2], {
        kind: 'pool',
        function: 'max',
        kernel: [2, 2],
        stride: [2, 2],
        pad: [0, 0, 0, 0],
        dilation: 1,
      }),
      node('f', ['p'], [8], { kind: 'reshape' }),
      node('m', ['f'], [3], linear(8, 3)),
      node('y', ['m'], [3], { kind: 'softmax', log: false }),
    ],
  );
  const { imageSteps, batchSteps, wide } = splitBatches(lowerGraph(pooled));
  expect(imageSteps.map(({ layer }) => layer)).toEqual(['x', 'p']);
  expect(new Set(batchSteps.map(({ layer }) => layer))).toEqual(new Set(['m', 'y']));
  expect(wide.has('p')).toBe(true);
});

describe('allocate', () => {
  const range = fc.record({ from: fc.nat(20), length: fc.nat(8), bytes: fc.integer({ min: 1, max: 500 }) });

  test('values alive together never share a byte, others may', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), (ranges) => {
        const areas = allocate(
          ranges.map(({ from, length, bytes }, at) => ({ name: `v${at}`, from, to: from + length, bytes })),
          64,
        );
        for (const a of areas)
          for (const b of areas)
            if (a.name < b.name && a.from <= b.to && b.from <= a.to)
              expect(a.address + a.bytes <= b.address || b.address + b.bytes <= a.address).toBe(true);
        for (const area of areas) expect(area.address % 64).toBe(0);
      }),
      { seed: 22 },
    );
  });

  test('reuses the bytes of what is dead', () => {
    const areas = allocate(
      [
        { name: 'a', from: 0, to: 1, bytes: 100 },
        { name: 'b', from: 2, to: 3, bytes: 100 },
      ],
      0,
    );
    expect(areas.map(({ address }) => address)).toEqual([0, 0]);
  });
});

describe('replicate', () => {
  const chip = chipWith('ideal');
  const sliced = slice(
    [
      stageOf(20, 10, { name: 'many', vectors: 900 }),
      stageOf(20, 10, { name: 'few', vectors: 100 }),
      stageOf(20, 10, { name: 'one' }),
    ],
    chip,
  );

  test('gives copies where they save most, and none to a matrix with one vector', () => {
    const copies = replicate(sliced, 8).map(({ replicas }) => replicas);
    expect(copies[2]).toBe(1);
    expect(copies[0]!).toBeGreaterThan(copies[1]!);
    expect(copies.reduce((sum, count) => sum + count, 0)).toBe(11);
  });

  test('takes at most the spare tiles', () => {
    fc.assert(
      fc.property(fc.nat(500), (spare) => {
        const used = replicate(sliced, spare).reduce((sum, { tiles, replicas }) => sum + tiles * (replicas - 1), 0);
        expect(used).toBeLessThanOrEqual(spare);
      }),
    );
    expect(() => replicate(sliced, -1)).toThrow(RangeError);
  });
});

test('every pass can be looked at', () => {
  const graph = graphOf([3], [node('y', ['x'], [2], linear(3, 2))]);
  const data = {
    name: 'd',
    shape: [3],
    classes: 2,
    unit: 1,
    images: new Uint8Array(3),
    labels: new Uint8Array(1),
    count: 1,
    digest: '',
  };
  const input = { graph, chip: chipWith('ideal'), test: data, samples: 1, ages: [1], calibration: [new Float32Array(3)] };
  const mapping = mapGraph(analyseGraph(kernels, input), input);
  for (const pass of passNames) expect(JSON.parse(dumpPass(mapping, pass))).toBeTypeOf('object');
  expect(dumpPass(mapping, 'lower')).toContain('Float32Array[6]');
});
