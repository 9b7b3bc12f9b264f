import { binary, clip, gelu, leakyRelu, pow, unary } from './elementwise-operators.ts';
import type { ImportedTensor, OperatorCall } from './import-context.ts';
import { conv, gemm, matMul } from './matrix-operators.ts';
import { batchNormalization, layerNormalization, localResponse, softmax } from './normalising-operators.ts';
import { averagePool, globalAveragePool, globalMaxPool, maxPool, reduceMean } from './pooling-operators.ts';
import { dequantizeLinear, quantizeLinear } from './quantising-operators.ts';
import { lstm } from './recurrent-operators.ts';
import { concat, flatten, identity, pad, reshape, slice, split, squeeze, transpose, unsqueeze } from './shape-operators.ts';

/** Adds what an operator does to the graph; one tensor an output. Throws UnsupportedForm. */
export type ImportOperator = (call: OperatorCall, outputs: number) => readonly (ImportedTensor | undefined)[];

/** The operators of the standard set that the importer knows, by their ONNX names. */
export const operators: Readonly<Record<string, ImportOperator>> = {
  Conv: conv,
  Gemm: gemm,
  MatMul: matMul,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
  ReduceMean: reduceMean,
  Relu: unary('relu'),
  LeakyRelu: leakyRelu,
  Sigmoid: unary('sigmoid'),
  Tanh: unary('tanh'),
  Exp: unary('exp'),
  Sqrt: unary('sqrt'),
  Log: unary('log'),
  Erf: unary('erf'),
  Gelu: gelu,
  Abs: unary('abs'),
  Neg: unary('neg'),
  Clip: clip,
  Add: binary('add'),
  Sum: binary('add'),
  Sub: binary('sub'),
  Mul: binary('mul'),
  Div: binary('div'),
  Max: binary('max'),
  Min: binary('min'),
  Softmax: softmax(false),
  LogSoftmax: softmax(true),
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  LRN: localResponse,
  LSTM: lstm,
  QuantizeLinear: quantizeLinear,
  DequantizeLinear: dequantizeLinear,
  Pow: pow,
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Concat: concat,
  Split: (call, outputs) => split(outputs)(call),
  Slice: slice,
  Pad: pad,
  Identity: identity,
  Dropout: identity,
  Cast: identity,
};
