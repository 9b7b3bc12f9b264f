import type { BinaryFunction, UnaryFunction } from '../graph/graph.ts';
import { elementsOf } from '../graph/rearrange.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import {
  constantInput,
  graphShape,
  neededConstant,
  type OperatorCall,
  plain,
  UnsupportedForm,
  type ValueTensor,
  valueInput,
} from './import-context.ts';

type Operator = (call: OperatorCall) => readonly ValueTensor[];

export const unary =
  (name: UnaryFunction): Operator =>
  (call) => {
    const input = valueInput(call, 0);
    return [call.add({ kind: 'unary', function: name }, [input], input.dims, input.map)];
  };

export const leakyRelu: Operator = (call) => {
  const input = valueInput(call, 0);
  const slope = call.attributes.float('alpha', 0.01);
  return [call.add({ kind: 'unary', function: 'leaky', slope }, [input], input.dims, input.map)];
};

export const clip: Operator = (call) => {
  const input = valueInput(call, 0);
  const bound = (index: number, name: string, otherwise: number) =>
    constantInput(call, index)?.values[0] ?? call.attributes.float(name, otherwise);
  const [low, high] = [bound(1, 'min', Number.NEGATIVE_INFINITY), bound(2, 'max', Number.POSITIVE_INFINITY)];
  return [call.add({ kind: 'clip', low, high }, [input], input.dims, input.map)];
};

/** x (1 + erf(x / sqrt 2)) / 2, or its tanh form (Hendrycks and Gimpel 2016). */
export const gelu: Operator = (call) => {
  const input = valueInput(call, 0);
  const { dims, map } = input;
  if (call.attributes.text('approximate', 'none') === 'tanh') return unary('gelu')(call);
  const scaled = (from: ValueTensor, name: 'mul' | 'add', value: number): ValueTensor =>
    call.add({ kind: 'constant', function: name, constant: Float32Array.of(value), reversed: false }, [from], dims, map);
  const bell = call.add({ kind: 'unary', function: 'erf' }, [scaled(input, 'mul', Math.SQRT1_2)], dims, map);
  const half = scaled(scaled(bell, 'add', 1), 'mul', 0.5);
  return [call.add({ kind: 'binary', function: 'mul' }, [half, input], dims, map)];
};

/** Dims of two tensors broadcast against each other. */
export function broadcastDims(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  const padTo = (dims: readonly number[]) => [...Array<number>(rank - dims.length).fill(1), ...dims];
  const right = padTo(b);
  return padTo(a).map((size, axis) => {
    const other = right[axis]!;
    if (size !== other && size !== 1 && other !== 1)
      throw new UnsupportedForm(`${a.join(' x ')} with ${b.join(' x ')}`, 'shapes that broadcast');
    return Math.max(size, other);
  });
}

/** The constant spread over `dims` in the order of the graph's value, shortened to one number or one row where it repeats. */
export function spreadConstant(constant: ConstantTensor, dims: readonly number[], map: boolean): Float32Array {
  if (constant.values.length === 1) return Float32Array.from(constant.values);
  const own = [...Array<number>(dims.length - constant.dims.length).fill(1), ...constant.dims];
  const order = map ? [...dims.map((_, axis) => axis).filter((axis) => axis !== 1), 1] : dims.map((_, axis) => axis);
  const strides = own.map((size, axis) => (size === 1 ? 0 : elementsOf(own.slice(axis + 1))));
  const row = order.slice(0, -1).every((axis) => own[axis] === 1);
  const axes = row ? order.slice(-1) : order;
  const sizes = axes.map((axis) => dims[axis]!);
  return Float32Array.from({ length: elementsOf(sizes) }, (_, index) => {
    let [rest, from] = [index, 0];
    for (let at = axes.length - 1; at >= 0; at--) {
      from += (rest % sizes[at]!) * strides[axes[at]!]!;
      rest = Math.floor(rest / sizes[at]!);
    }
    return constant.values[from]!;
  });
}

function withConstant(
  call: OperatorCall,
  name: BinaryFunction,
  input: ValueTensor,
  constant: ConstantTensor,
  reversed: boolean,
): ValueTensor {
  const dims = broadcastDims(input.dims, constant.dims);
  const whole = elementsOf(dims) === elementsOf(input.dims) ? input : spreadValue(call, input, dims);
  const values = spreadConstant(constant, dims, whole.map && dims.length === whole.dims.length);
  return call.add({ kind: 'constant', function: name, constant: values, reversed }, [whole], dims, whole.map);
}

/** The value broadcast to `dims`: copies along leading or trailing axes; other axes are copied in front and brought into place. */
function spreadValue(call: OperatorCall, value: ValueTensor, dims: readonly number[]): ValueTensor {
  const [from, to] = [graphShape(value), graphShape({ dims, map: value.map })];
  const count = elementsOf(to) / elementsOf(from);
  if (count === 1) return value;
  const own = [...Array<number>(to.length - from.length).fill(1), ...from];
  const changed = to.map((size, axis) => size !== own[axis]);
  const [leading, trailing] = [changed.lastIndexOf(true), changed.indexOf(true)];
  const each = own.slice(trailing).every((size) => size === 1);
  if (each || own.slice(0, leading + 1).every((size) => size === 1))
    return call.add({ kind: 'repeat', count, each }, [value], dims, value.map);
  // Copies come first, in the order of the axes they fill; the permutation takes each to its place.
  const copied = to.flatMap((_, axis) => (changed[axis] ? [axis] : []));
  const order = [...copied, ...to.flatMap((_, axis) => (changed[axis] ? [] : [axis]))];
  const front = [1, ...order.map((axis) => to[axis]!)];
  const copies = call.add({ kind: 'repeat', count, each: false }, [value], front, false);
  const permutation = to.map((_, axis) => order.indexOf(axis));
  return call.add({ kind: 'transpose', permutation }, [copies], dims, value.map);
}

/** Squares and roots; no other power is one operation of the vector units. */
export const pow: Operator = (call) => {
  const input = valueInput(call, 0);
  const exponents = neededConstant(call, 1).values;
  const [exponent] = exponents;
  if (exponents.length === 1 && exponent === 2)
    return [call.add({ kind: 'binary', function: 'mul' }, [input, input], input.dims, input.map)];
  if (exponents.length === 1 && exponent === 0.5) return unary('sqrt')(call);
  throw new UnsupportedForm(`exponent ${[...exponents].slice(0, 4).join(', ')}`, 'exponent 2 or 0.5');
};

function pair(call: OperatorCall, name: BinaryFunction, left: ValueTensor, right: ValueTensor): ValueTensor {
  const dims = broadcastDims(left.dims, right.dims);
  const same = left.map === right.map && left.dims.length === right.dims.length;
  const [a, b] = same ? [left, right] : [plain(call, left), plain(call, right)];
  return call.add({ kind: 'binary', function: name }, [spreadValue(call, a, dims), spreadValue(call, b, dims)], dims, a.map);
}

/** Two or more inputs, constants among them, taken from left to right. */
export const binary =
  (name: BinaryFunction): Operator =>
  (call) => {
    const present = call.inputs.filter((input) => input !== undefined);
    let result = present[0]!;
    for (const next of present.slice(1)) {
      if (result.kind === 'value')
        result = next.kind === 'value' ? pair(call, name, result, next) : withConstant(call, name, result, next, false);
      else if (next.kind === 'value') result = withConstant(call, name, next, result, true);
      else throw new UnsupportedForm('constants alone before a computed input', 'the computed input first');
    }
    if (result.kind === 'constant') throw new UnsupportedForm('constants alone', 'a computed input');
    return [result];
  };
