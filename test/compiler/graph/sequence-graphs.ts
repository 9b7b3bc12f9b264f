import type { Graph, GraphNode, Operation } from '../../../src/network/graph/graph.ts';
import { elementsOf } from '../../../src/network/graph/rearrange.ts';
import { createStream } from '../../../src/numeric/philox.ts';
import { purposes } from '../../../src/numeric/purposes.ts';

type Value = { readonly name: string; readonly shape: readonly number[] };

/** Builds a graph node by node; random weights are those of the seed. */
export function graphBuilder(inputShape: readonly number[], seed: number) {
  const stream = createStream(seed, purposes.initialisation);
  const nodes: GraphNode[] = [];
  const random = (count: number, scale = 1): Float32Array =>
    Float32Array.from({ length: count }, () => scale * (2 * stream.uniform() - 1));
  const add = (inputs: readonly Value[], shape: readonly number[], operation: Operation): Value => {
    const name = `n${nodes.length} ${operation.kind}`;
    nodes.push({ name, inputs: inputs.map((value) => value.name), shape, operation });
    return { name, shape };
  };
  const linear = (input: Value, outputs: number): Value => {
    const inputs = input.shape.at(-1)!;
    const weights = random(inputs * outputs, 1 / Math.sqrt(inputs));
    return add([input], [...input.shape.slice(0, -1), outputs], {
      kind: 'linear',
      inputs,
      outputs,
      weights,
      bias: random(outputs),
    });
  };
  const lstm = (input: Value, units: number, reverse: boolean, states = false): Value => {
    const [steps, inputs] = input.shape as [number, number];
    const weights = random((inputs + units) * 4 * units, 1);
    const state = (): Float32Array | undefined => (states ? random(units) : undefined);
    return add([input], [steps, units], {
      ...{ kind: 'lstm', inputs, units, reverse, weights, bias: random(4 * units) },
      ...{ hidden: state(), cell: state() },
    });
  };
  const finish = (last: Value, classes: number): Graph => {
    const flat = add([last], [elementsOf(last.shape)], { kind: 'reshape' });
    const scores = linear(flat, classes);
    return { name: 'sequence', input: 'x', inputShape, nodes, output: scores.name, loss: 'cross-entropy' };
  };
  return { input: { name: 'x', shape: inputShape }, add, linear, lstm, random, finish };
}

export type GraphBuilder = ReturnType<typeof graphBuilder>;

/** Heads of rows of `width`: scores of rows against rows, softmax, weighted rows. */
export function attention({ add, linear }: GraphBuilder, input: Value, heads: number, transposed: boolean): Value {
  const [rows, width] = input.shape as [number, number];
  const size = width / heads;
  const split = (value: Value): Value =>
    add([add([value], [rows, heads, size], { kind: 'reshape' })], [heads, rows, size], {
      kind: 'transpose',
      permutation: [1, 0, 2],
    });
  const [queries, keys, values] = [1, 2, 3].map(() => split(linear(input, width))) as [Value, Value, Value];
  const turned = transposed ? keys : add([keys], [heads, size, rows], { kind: 'transpose', permutation: [0, 2, 1] });
  const scores = add([queries, turned], [heads, rows, rows], { kind: 'product', transposed });
  const weights = add([scores], scores.shape, { kind: 'softmax', log: false });
  const heard = add([weights, values], [heads, rows, size], { kind: 'product', transposed: false });
  const together = add([heard], [rows, heads, size], { kind: 'transpose', permutation: [1, 0, 2] });
  return linear(add([together], [rows, width], { kind: 'reshape' }), width);
}
