import { elementsOf } from '../graph/rearrange.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import {
  asMap,
  constantInput,
  neededConstant,
  type OperatorCall,
  plain,
  UnsupportedForm,
  type ValueTensor,
  valueInput,
} from './import-context.ts';
import { slidingOf } from './sliding.ts';

/** [outputs, inputs of the group, kernel height, kernel width] to one input-major matrix a group. */
function convolutionWeights({ dims, values }: ConstantTensor, groups: number): Float32Array {
  const [all, channels, height, width] = [dims[0]!, dims[1]!, dims[2]!, dims[3] ?? 1];
  const pixels = height * width;
  const outputs = all / groups;
  const out = new Float32Array(values.length);
  for (let output = 0; output < all; output++) {
    const base = Math.floor(output / outputs) * outputs * channels * pixels + (output % outputs);
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        out[base + (pixel * channels + channel) * outputs] = values[(output * channels + channel) * pixels + pixel]!;
  }
  return out;
}

export function conv(call: OperatorCall): readonly ValueTensor[] {
  const input = asMap(call, valueInput(call, 0));
  const weights = neededConstant(call, 1);
  const bias = constantInput(call, 2);
  const groups = call.attributes.integer('group', 1);
  const [inChannels, outChannels] = [input.dims[1]!, weights.dims[0]!];
  if (
    weights.dims.length !== input.dims.length ||
    groups < 1 ||
    weights.dims[1]! * groups !== inChannels ||
    outChannels % groups !== 0
  )
    throw new UnsupportedForm(
      `weights of ${weights.dims.join(' x ')} in ${groups} groups on ${input.dims.join(' x ')}`,
      'outputs x (channels / groups) x kernel, with both channel counts divisible by the groups',
    );
  const { sliding, sizes } = slidingOf(call, input.dims.slice(2), weights.dims.slice(2));
  const operation = {
    ...({ kind: 'convolution', ...sliding, groups, inChannels, outChannels } as const),
    weights: convolutionWeights(weights, groups),
    bias: bias === undefined ? undefined : Float32Array.from(bias.values),
  };
  return [call.add(operation, [input], [1, outChannels, ...sizes], true)];
}

function transposed({ dims, values }: ConstantTensor): Float32Array {
  const [rows, columns] = dims as readonly [number, number];
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * rows + row] = values[row * columns + column]!;
  return out;
}

const scaled = (values: Float32Array, factor: number): Float32Array => (factor === 1 ? values : values.map((x) => x * factor));

/** A bias of 1 or `outputs` values. */
function biasOf(tensor: ConstantTensor | undefined, outputs: number, factor: number): Float32Array | undefined {
  if (tensor === undefined) return undefined;
  const { values } = tensor;
  if (values.length !== 1 && values.length !== outputs)
    throw new UnsupportedForm(`a bias of ${tensor.dims.join(' x ')}`, `1 or ${outputs} values`);
  return Float32Array.from({ length: outputs }, (_, index) => values[index % values.length]! * factor);
}

export function gemm(call: OperatorCall): readonly ValueTensor[] {
  const { attributes } = call;
  const input = plain(call, valueInput(call, 0));
  const weights = neededConstant(call, 1);
  if (weights.dims.length !== 2) throw new UnsupportedForm(`weights of ${weights.dims.join(' x ')}`, 'a matrix');
  if (attributes.integer('transA', 0) !== 0 && input.dims[0] !== 1)
    throw new UnsupportedForm('transA = 1', 'transA = 0, with the input in rows');
  const turn = attributes.integer('transB', 0) !== 0;
  const [inputs, outputs] = turn ? [weights.dims[1]!, weights.dims[0]!] : [weights.dims[0]!, weights.dims[1]!];
  checkInner(input, inputs, weights);
  const matrix = turn ? transposed(weights) : Float32Array.from(weights.values);
  const bias = biasOf(constantInput(call, 2), outputs, attributes.float('beta', 1));
  const operation = { kind: 'linear', inputs, outputs, weights: scaled(matrix, attributes.float('alpha', 1)), bias } as const;
  return [call.add(operation, [input], [...input.dims.slice(0, -1), outputs], false)];
}

function checkInner(input: ValueTensor, inputs: number, weights: ConstantTensor): void {
  if (input.dims.at(-1) !== inputs)
    throw new UnsupportedForm(`${input.dims.join(' x ')} times ${weights.dims.join(' x ')}`, 'equal inner dimensions');
}

/** Values times a constant matrix; a constant matrix times column vectors is the same with the matrix transposed. */
export function matMul(call: OperatorCall): readonly ValueTensor[] {
  const [left, right] = call.inputs;
  if (left?.kind === 'constant' && right?.kind === 'value') return constantTimesColumn(call, left, plain(call, right));
  const input = plain(call, valueInput(call, 0));
  if (right?.kind === 'value') return productOf(call, input, plain(call, right));
  const weights = neededConstant(call, 1);
  if (elementsOf(weights.dims.slice(0, -2)) !== 1 || weights.dims.length < 2)
    throw new UnsupportedForm(`weights of ${weights.dims.join(' x ')}`, 'one matrix');
  const [inputs, outputs] = weights.dims.slice(-2) as [number, number];
  checkInner(input, inputs, weights);
  const operation = { kind: 'linear', inputs, outputs, weights: Float32Array.from(weights.values), bias: undefined } as const;
  return [call.add(operation, [input], [...input.dims.slice(0, -1), outputs], false)];
}

function constantTimesColumn(call: OperatorCall, weights: ConstantTensor, input: ValueTensor): readonly ValueTensor[] {
  const [outputs, inputs] = weights.dims.slice(-2) as [number, number];
  if (weights.dims.length !== 2 || elementsOf(input.dims) !== inputs)
    throw new UnsupportedForm(
      `constant ${weights.dims.join(' x ')} times ${input.dims.join(' x ')}`,
      'a constant matrix times one column, or the constant as the right factor',
    );
  const row = call.add({ kind: 'reshape' }, [input], [1, inputs], false);
  const operation = { kind: 'linear', inputs, outputs, weights: transposed(weights), bias: undefined } as const;
  const product = call.add(operation, [row], [1, outputs], false);
  const dims = input.dims.at(-1) === 1 ? [...input.dims.slice(0, -2), outputs, 1] : [...input.dims.slice(0, -1), outputs];
  return [call.add({ kind: 'reshape' }, [product], dims, false)];
}

/** Two computed tensors, as in attention: a product for each position of the leading axes, which are equal. */
function productOf(call: OperatorCall, left: ValueTensor, right: ValueTensor): readonly ValueTensor[] {
  const [leading, other] = [left.dims.slice(0, -2), right.dims.slice(0, -2)];
  const [rows, inner] = left.dims.slice(-2) as [number, number];
  const [height, columns] = right.dims.slice(-2) as [number, number];
  if (left.dims.length < 2 || right.dims.length < 2 || inner !== height || elementsOf(leading) !== elementsOf(other))
    throw new UnsupportedForm(
      `${left.dims.join(' x ')} times ${right.dims.join(' x ')}`,
      'matrices with equal inner sizes and equal leading axes',
    );
  const times = elementsOf(leading);
  // Graph shapes leave a leading 1 out: matrices keep both their axes by a reshape.
  const stacked = (value: ValueTensor, height: number, width: number): ValueTensor =>
    call.add({ kind: 'reshape' }, [value], [1, times, height, width], false);
  const [a, b] = [stacked(left, rows, inner), stacked(right, inner, columns)];
  const product = call.add({ kind: 'product', transposed: false }, [a, b], [1, times, rows, columns], false);
  return [call.add({ kind: 'reshape' }, [product], [...leading, rows, columns], false)];
}
