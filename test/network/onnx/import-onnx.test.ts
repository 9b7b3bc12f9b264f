import { create, fromBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/config/issue.ts';
import { importOnnx } from '../../../src/network/onnx/import-onnx.ts';
import { ModelProtoSchema, StringStringEntryProtoSchema } from '../../../src/network/onnx/onnx-schema.ts';
import { bytesOf, type ModelText, modelBytes, modelOf, noExternal, tensor } from './build-model.ts';

const read = (bytes: Uint8Array) => importOnnx(bytes, 'm.onnx', noExternal);
const perceptron: ModelText = {
  input: [1, 3],
  nodes: [
    { op: 'Gemm', inputs: ['x', 'w'], output: 'h' },
    { op: 'Relu', inputs: ['h'], output: 'y' },
  ],
  constants: [tensor('w', [3, 2], [1, 2, 3, 4, 5, 6])],
};

/** Every sentence of the refusal. */
function refusal(bytes: Uint8Array): readonly string[] {
  try {
    read(bytes);
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(({ found, expected }) => `${found} | ${expected}`);
    throw error;
  }
  throw new Error('the file was read');
}

const changed = (change: (model: ReturnType<typeof modelOf>) => void, text = perceptron): Uint8Array => {
  // A copy: tensors are shared between models.
  const model = fromBinary(ModelProtoSchema, bytesOf(modelOf(text)));
  change(model);
  return bytesOf(model);
};

describe('importOnnx', () => {
  test('gives nodes in order with their shapes', () => {
    const graph = read(modelBytes(perceptron));
    expect(graph.inputShape).toEqual([3]);
    expect(graph.nodes.map(({ name, shape, operation }) => [name, shape, operation.kind])).toEqual([
      ['h', [2], 'linear'],
      ['y', [2], 'unary'],
    ]);
  });

  test('names all nodes it cannot import at once, with shapes and the nearest form', () => {
    const sentences = refusal(
      modelBytes({
        input: [1, 4, 6, 6],
        nodes: [
          { op: 'Convolve', inputs: ['x'], output: 'a', name: 'first' },
          { op: 'Softmax', inputs: ['x'], output: 'b', name: 'second', attributes: { axis: 2 } },
          { op: 'Relu', inputs: ['a'], output: 'c' },
          { op: 'Slice', inputs: ['x', 'from', 'to', 'axes', 'steps'], output: 'y', name: 'third' },
        ],
        constants: ['from', 'to', 'axes', 'steps'].map((name, at) => tensor(name, [1], [[0, 4, 1, 2][at]!], true)),
      }),
    );
    expect(sentences).toHaveLength(3);
    expect(sentences[0]).toContain('node first: Convolve (1x4x6x6)');
    expect(sentences[1]).toContain('node second: Softmax (1x4x6x6) with axis 2');
    expect(sentences[1]).toContain('the last axis');
    expect(sentences[2]).toContain('steps of 1');
  });

  test('suggests the operator that was meant', () => {
    const text = { ...perceptron, nodes: [{ op: 'Reluu', inputs: ['x'], output: 'y' }] };
    expect(() => read(modelBytes(text))).toThrow(/did you mean Relu/);
  });

  test('drops nodes that nothing reads', () => {
    const nodes = [...perceptron.nodes, { op: 'Tanh', inputs: ['h'], output: 'unread' }];
    expect(read(modelBytes({ ...perceptron, nodes })).nodes).toHaveLength(2);
  });

  test('reads external data beside the model and nowhere else', () => {
    const outside = (location: string) =>
      changed(({ graph }) => {
        const weights = graph!.initializer[0]!;
        weights.externalData = [
          create(StringStringEntryProtoSchema, { key: 'location', value: location }),
          create(StringStringEntryProtoSchema, { key: 'offset', value: '4' }),
        ];
        weights.dataLocation = 1;
        weights.rawData = new Uint8Array();
      });
    const data = new Uint8Array(28);
    new DataView(data.buffer).setFloat32(4, 9, true);
    const [node] = importOnnx(outside('weights.bin'), 'm.onnx', () => data).nodes;
    expect(node!.operation.kind === 'linear' && node!.operation.weights[0]).toBe(9);
    for (const place of ['../weights.bin', '/etc/passwd', 'a/../../b', ''])
      expect(refusal(outside(place))[0]).toContain('a file beside the model');
    expect(() => importOnnx(outside('weights.bin'), 'm.onnx', () => data.subarray(8))).toThrow(InputError);
  });
});

describe('a broken or hostile file is refused', () => {
  test('when it is cut anywhere', () => {
    const whole = modelBytes(perceptron);
    for (let length = 0; length < whole.length; length++) {
      try {
        const graph = read(whole.subarray(0, length));
        // A cut between two fields of the graph's end can leave a smaller model, never another one.
        expect(graph.nodes.length).toBeLessThanOrEqual(2);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  });

  test('when bytes are changed at random', () => {
    const whole = modelBytes(perceptron);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (edits) => {
        const bytes = whole.slice();
        for (const [at, value] of edits) bytes[at] = value;
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 400, seed: 3 },
    );
  });

  test.each([
    ['an empty file', new Uint8Array(), 'no graph'],
    ['text', new TextEncoder().encode('name: not a model\n'), 'ONNX model'],
    ['a missing initialiser', modelBytes({ ...perceptron, constants: [] }), 'missing input w'],
    [
      'a cycle',
      modelBytes({
        ...perceptron,
        nodes: [
          { op: 'Add', inputs: ['x', 'y'], output: 'h' },
          { op: 'Relu', inputs: ['h'], output: 'y' },
        ],
      }),
      'missing input y',
    ],
    ['an old operator set', modelBytes({ ...perceptron, opset: 3 }), 'operator set 3'],
    [
      'a claim of terabytes',
      changed(({ graph }) => void (graph!.initializer[0]!.dims = [2n ** 40n, 2n])),
      'at most 2^29 elements',
    ],
    [
      'a claim of 2 GB without data',
      changed(({ graph }) => void (graph!.initializer[0]!.dims = [2n ** 28n, 2n])),
      'with 6 values',
    ],
    ['a negative size', changed(({ graph }) => void (graph!.initializer[0]!.dims = [-3n, -2n])), 'dimensions >= 0'],
    ['an unknown element type', changed(({ graph }) => void (graph!.initializer[0]!.dataType = 99)), 'element type 99'],
    [
      'a size of zero',
      changed(({ graph }) => void Object.assign(graph!.initializer[0]!, { dims: [3n, 0n], rawData: new Uint8Array() })),
      'at least 1',
    ],
    [
      'too large a filled constant',
      modelBytes({
        ...perceptron,
        nodes: [
          { op: 'ConstantOfShape', inputs: ['s'], output: 'c' },
          { op: 'Add', inputs: ['x', 'c'], output: 'y' },
        ],
        constants: [tensor('s', [1], [2 ** 40], true)],
      }),
      'elements',
    ],
    ['two inputs', changed(({ graph }) => void graph!.input.push({ ...graph!.input[0]!, name: 'z' })), '2 inputs'],
    ['a batch of 4', modelBytes({ ...perceptron, input: [4, 3] }), 'a batch of 4'],
  ])('%s', (_, bytes, part) => {
    expect(refusal(bytes).join('\n')).toContain(part);
  });
});
