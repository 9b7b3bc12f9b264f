import { create } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { evaluateGraph } from '../../../src/network/graph/evaluate-graph.ts';
import { importOnnx } from '../../../src/network/onnx/import-onnx.ts';
import { TensorProtoSchema } from '../../../src/network/onnx/onnx-schema.ts';
import { operators } from '../../../src/network/onnx/operators.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { createStream } from '../../../src/numeric/philox.ts';
import { purposes } from '../../../src/numeric/purposes.ts';
import { type ModelText, modelBytes, type NodeText, noExternal, tensor } from './build-model.ts';
import { elementsOf, inGraphOrder, oracleOf, worstDifference } from './oracle.ts';

const draw = createStream(7, purposes.initialisation);
const randoms = (count: number): number[] => Array.from({ length: count }, () => 2 * draw.uniform() - 1);
const weights = (name: string, ...dims: number[]) => tensor(name, dims, randoms(elementsOf(dims)));
const positive = (name: string, ...dims: number[]) =>
  tensor(
    name,
    dims,
    randoms(elementsOf(dims)).map((x) => Math.abs(x) + 0.5),
  );
const whole = (name: string, ...values: number[]) => tensor(name, [values.length], values, true);
const map = [1, 3, 9, 8];
const node = (
  op: string,
  inputs: readonly string[],
  attributes: NodeText['attributes'] = {},
  output: string | readonly string[] = 'y',
): NodeText => ({ op, inputs, output, attributes });
const one = (op: string, attributes: NodeText['attributes'] = {}, input: readonly number[] = map): ModelText => ({
  input,
  nodes: [node(op, ['x'], attributes)],
});
const withConstant = (op: string, dims: number[], input: readonly number[] = map, left = false): ModelText => ({
  ...{ input, nodes: [node(op, left ? ['c', 'x'] : ['x', 'c'])], constants: [positive('c', ...dims)] },
});
const conv = (attributes: NodeText['attributes'], dims: number[], input: readonly number[] = map): ModelText => ({
  ...{ input, nodes: [node('Conv', ['x', 'w', 'b'], attributes)], constants: [weights('w', ...dims), weights('b', dims[0]!)] },
});
const flat = (nodes: NodeText[], constants: ModelText['constants'] = []): ModelText => ({ input: map, nodes, constants });

const lstm = (direction: string, output: string | readonly string[], input = 'x'): ModelText => {
  const count = direction === 'bidirectional' ? 2 : 1;
  return {
    input: [7, 1, 3],
    nodes: [node('LSTM', [input, 'w', 'r', 'b'], { hidden_size: 4, direction }, output)],
    constants: [weights('w', count, 16, 3), weights('r', count, 16, 4), weights('b', count, 32)],
  };
};

const cases: Readonly<Record<string, ModelText>> = {
  'Conv plain': conv({ kernel_shape: [3, 3] }, [4, 3, 3, 3]),
  'Conv strides, pads, dilation': conv({ strides: [2, 1], pads: [1, 2, 0, 3], dilations: [2, 2] }, [4, 3, 3, 2]),
  'Conv SAME_LOWER': conv({ auto_pad: 'SAME_LOWER', strides: [2, 2] }, [2, 3, 4, 4]),
  'Conv groups': conv({ group: 3, pads: [1, 1, 1, 1] }, [6, 1, 3, 3]),
  'Conv 1-D': conv({ strides: [2], pads: [1, 2] }, [5, 3, 3], [1, 3, 11]),
  'Gemm transB, alpha, beta': {
    input: [1, 6],
    nodes: [node('Gemm', ['x', 'w', 'b'], { transB: 1, alpha: { float: 0.5 }, beta: { float: 2 } })],
    constants: [weights('w', 4, 6), weights('b', 4)],
  },
  MatMul: { input: [1, 5, 6], nodes: [node('MatMul', ['x', 'w'])], constants: [weights('w', 6, 3)] },
  'MatMul constant left': { input: [1, 6, 1], nodes: [node('MatMul', ['w', 'x'])], constants: [weights('w', 4, 6)] },
  'MaxPool ceil': one('MaxPool', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
  'MaxPool pads': one('MaxPool', { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2] }),
  'AveragePool excludes padding': one('AveragePool', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
  'AveragePool counts padding': one('AveragePool', { kernel_shape: [3, 2], pads: [1, 0, 1, 1], count_include_pad: 1 }),
  GlobalAveragePool: one('GlobalAveragePool'),
  GlobalMaxPool: one('GlobalMaxPool'),
  'ReduceMean of a map': one('ReduceMean', { axes: [2, 3], keepdims: 0 }),
  'ReduceMean of rows': one('ReduceMean', { axes: [-1] }, [1, 4, 5]),
  ...Object.fromEntries(
    ['Relu', 'LeakyRelu', 'Sigmoid', 'Tanh', 'Exp', 'Abs', 'Neg', 'Identity', 'Dropout'].map((op) => [op, one(op)]),
  ),
  Erf: one('Erf'),
  Log: { input: map, nodes: [node('Exp', ['x'], {}, 'e'), node('Log', ['e'])] },
  Gelu: { ...one('Gelu'), opset: 20 },
  'Gelu, tanh form': { ...one('Gelu', { approximate: 'tanh' }), opset: 20 },
  Sqrt: { input: map, nodes: [node('Abs', ['x'], {}, 'a'), node('Sqrt', ['a'])] },
  Cast: one('Cast', { to: 1 }),
  Clip: {
    input: map,
    nodes: [node('Clip', ['x', 'low', 'high'])],
    constants: [tensor('low', [], [-0.5]), tensor('high', [], [0.25])],
  },
  'Add scalar': withConstant('Add', [1]),
  'Sub per channel': withConstant('Sub', [3, 1, 1]),
  'Sub from a constant': withConstant('Sub', [3, 1, 1], map, true),
  'Mul whole': withConstant('Mul', [1, 3, 9, 8]),
  'Mul by row': withConstant('Mul', [8]),
  Div: withConstant('Div', [1, 3, 1, 1]),
  'Div constant by value': {
    input: map,
    nodes: [node('Exp', ['x'], {}, 'e'), node('Div', ['c', 'e'])],
    constants: [weights('c', 3, 1, 1)],
  },
  'Max and Min': flat([node('Max', ['x', 'c'], {}, 'm'), node('Min', ['m', 'x'])], [weights('c', 3, 1, 1)]),
  'Sum of three': flat([node('Relu', ['x'], {}, 'r'), node('Sum', ['x', 'r', 'x'])]),
  'Mul by a value of each channel': flat([node('GlobalAveragePool', ['x'], {}, 'p'), node('Mul', ['x', 'p'])]),
  'Softmax of rows': one('Softmax', { axis: -1 }, [1, 4, 5]),
  LogSoftmax: one('LogSoftmax', { axis: 1 }, [1, 7]),
  'Softmax, old': { ...one('Softmax', { axis: 1 }), opset: 11 },
  BatchNormalization: {
    input: map,
    nodes: [node('BatchNormalization', ['x', 's', 'b', 'm', 'v'])],
    constants: [weights('s', 3), weights('b', 3), weights('m', 3), positive('v', 3)],
  },
  LayerNormalization: {
    opset: 17,
    input: [1, 4, 6],
    nodes: [node('LayerNormalization', ['x', 's', 'b'], { axis: -1 })],
    constants: [weights('s', 6), weights('b', 6)],
  },
  'Reshape a map': flat([node('Reshape', ['x', 'shape'])], [whole('shape', 0, -1)]),
  Flatten: one('Flatten'),
  'Squeeze and Unsqueeze': flat(
    [node('GlobalAveragePool', ['x'], {}, 'p'), node('Squeeze', ['p', 'axes'], {}, 's'), node('Unsqueeze', ['s', 'ahead'])],
    [whole('axes', 2, 3), whole('ahead', 1)],
  ),
  'Transpose a map': one('Transpose', { perm: [0, 3, 1, 2] }),
  'Transpose channels last': one('Transpose', { perm: [0, 2, 3, 1] }),
  'Transpose heads': one('Transpose', { perm: [0, 2, 1, 3] }, [1, 5, 6, 7]),
  'Concat channels': flat([node('Relu', ['x'], {}, 'r'), node('Concat', ['x', 'r', 'x'], { axis: 1 })]),
  'Concat width': flat([node('Relu', ['x'], {}, 'r'), node('Concat', ['x', 'r'], { axis: 3 })]),
  'Split channels': flat([node('Split', ['x', 'sizes'], { axis: 1 }, ['a', 'b']), node('Relu', ['b'])], [whole('sizes', 1, 2)]),
  Slice: flat([node('Slice', ['x', 'from', 'to', 'axes'])], [whole('from', 1, -3), whole('to', 3, 99), whole('axes', 1, 2)]),
  LRN: one('LRN', { size: 3, alpha: { float: 0.3 }, beta: { float: 0.6 }, bias: { float: 1.5 } }),
  'LRN, wider than the map': one('LRN', { size: 7, alpha: { float: 0.3 } }),
  Pow: flat(
    [node('Pow', ['x', 'two'], {}, 'p'), node('Pow', ['p', 'half'])],
    [tensor('two', [], [2]), tensor('half', [], [0.5])],
  ),
  'Product of computed matrices': {
    input: [1, 4, 5],
    nodes: [node('Transpose', ['x'], { perm: [0, 2, 1] }, 't'), node('MatMul', ['x', 't'])],
  },
  'Products of heads': {
    input: [1, 3, 4, 5],
    nodes: [node('Transpose', ['x'], { perm: [0, 1, 3, 2] }, 't'), node('MatMul', ['t', 'x'])],
  },
  'Add over a middle axis': {
    input: [1, 3, 4, 5],
    nodes: [
      node('ReduceMean', ['x'], { axes: [-1] }, 'm'),
      node('Transpose', ['m'], { perm: [0, 3, 2, 1] }, 't'),
      node('Add', ['t', 'm']),
    ],
  },
  'Sub of rows and columns': {
    input: [1, 6, 1],
    nodes: [node('Transpose', ['x'], { perm: [0, 2, 1] }, 't'), node('Sub', ['x', 't'])],
  },
  'LSTM, all states': lstm('forward', 'y'),
  'LSTM, last state': lstm('forward', ['', 'y']),
  'LSTM from the end': lstm('reverse', ['', 'y']),
  'LSTM both ways': lstm('bidirectional', ['y', 'h']),
  'LSTM both ways, last states': lstm('bidirectional', ['', 'y']),
  'LSTM, batch in front': {
    input: [1, 7, 3],
    nodes: [node('Transpose', ['x'], { perm: [1, 0, 2] }, 't'), ...lstm('forward', 'y', 't').nodes],
    constants: lstm('forward', 'y').constants!,
  },
  'LSTM with states given': {
    ...lstm('forward', 'y'),
    nodes: [node('LSTM', ['x', 'w', 'r', 'b', '', 'h0', 'c0'], { hidden_size: 4, activations: ['Sigmoid', 'Tanh', 'Tanh'] })],
    constants: [...lstm('forward', 'y').constants!, weights('h0', 1, 1, 4), weights('c0', 1, 1, 4)],
  },
  Pad: flat([node('Pad', ['x', 'pads'])], [whole('pads', 0, 1, 2, 0, 0, 0, 1, 3)]),
};

const quantised = create(TensorProtoSchema, {
  name: 'q',
  dims: [6n, 2n],
  dataType: 3,
  rawData: Uint8Array.from({ length: 12 }, (_, at) => at * 40),
});
const dequantise = node('DequantizeLinear', ['q', 's'], { axis: 1 }, 'w');
const quantisedModel: ModelText = {
  input: [1, 6],
  nodes: [dequantise, node('MatMul', ['x', 'w'])],
  constants: [quantised, positive('s', 2)],
};

const zero = (name: string, type: number, value: number) =>
  create(TensorProtoSchema, { name, dims: [], dataType: type, rawData: Uint8Array.of(value & 255) });
const throughCodes = (type: number, at: number): ModelText => ({
  input: map,
  nodes: [node('QuantizeLinear', ['x', 's', 'z'], {}, 'codes'), node('DequantizeLinear', ['codes', 's', 'z'])],
  constants: [tensor('s', [], [0.0037]), zero('z', type, at)],
});
const codesOf: Readonly<Record<string, ModelText>> = {
  'QuantizeLinear to int8 and back': throughCodes(3, -7),
  'QuantizeLinear to uint8 and back': throughCodes(2, 120),
};

describe('imported operators agree with onnxruntime', () => {
  test.each(Object.entries({ ...cases, ...codesOf, 'DequantizeLinear of weights': quantisedModel }))('%s', async (_, text) => {
    // Flattened, results of maps come in the model's own order.
    const nodes = [...text.nodes, node('Flatten', ['y'], {}, 'flat')];
    const bytes = modelBytes({ ...text, nodes, output: 'flat' });
    const graph = importOnnx(bytes, 'test.onnx', noExternal);
    const oracle = await oracleOf(bytes, text.input);
    const input = Float32Array.from(randoms(elementsOf(text.input)));
    const wanted = await oracle.run(input);
    const found = evaluateGraph(createKernels(), graph, inGraphOrder(input, text.input, graph.inputShape)).get(graph.output)!;
    expect(worstDifference(found, wanted)).toBeLessThan(1e-5);
  });

  test('every operator of the table is tried', () => {
    const tried = new Set(Object.values({ ...cases, ...codesOf }).flatMap(({ nodes }) => nodes.map(({ op }) => op)));
    expect(Object.keys(operators).filter((name) => !tried.has(name))).toEqual([]);
  });
});
