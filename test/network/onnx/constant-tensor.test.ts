import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { constantTensor, fromHalf } from '../../../src/network/onnx/constant-tensor.ts';
import { type TensorProto, TensorProtoSchema } from '../../../src/network/onnx/onnx-schema.ts';
import { noExternal } from './build-model.ts';

const values = (fields: Partial<TensorProto>): readonly number[] => [
  ...constantTensor(
    create(TensorProtoSchema, { name: 't', ...fields } as Partial<TensorProto> & { $typeName?: never }),
    'm.onnx',
    noExternal,
  ).values,
];

test('half precision: normal, subnormal, infinite and signed numbers', () => {
  expect([0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555].map(fromHalf)).toEqual([
    1,
    -2,
    2 ** -24,
    Number.POSITIVE_INFINITY,
    0.333251953125,
  ]);
});

test.each([
  ['raw int8', { dims: [2n], dataType: 3, rawData: Uint8Array.of(255, 3) }, [-1, 3]],
  ['raw bf16', { dims: [1n], dataType: 16, rawData: Uint8Array.of(0x80, 0x3f) }, [1]],
  ['raw fp16', { dims: [1n], dataType: 10, rawData: Uint8Array.of(0x00, 0x3c) }, [1]],
  ['typed float', { dims: [2n], dataType: 1, floatData: [1.5, -2] }, [1.5, -2]],
  ['typed fp16 as bits', { dims: [1n], dataType: 10, int32Data: [0xc000] }, [-2]],
  ['typed int64', { dims: [2n], dataType: 7, int64Data: [4n, -1n] }, [4, -1]],
  ['typed double', { dims: [], dataType: 11, doubleData: [0.25] }, [0.25]],
])('%s', (_, fields, wanted) => {
  expect(values(fields)).toEqual(wanted);
});
