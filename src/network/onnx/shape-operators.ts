import { elementsOf } from '../graph/rearrange.ts';
import {
  constantInput,
  neededConstant,
  type OperatorCall,
  plain,
  UnsupportedForm,
  type ValueTensor,
  valueInput,
} from './import-context.ts';

type Operator = (call: OperatorCall) => readonly ValueTensor[];

/** -1 counts from the end. */
export const axisOf = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** Dims that Reshape asks for: 0 keeps, one -1 takes the rest. */
export function reshapedDims(dims: readonly number[], wanted: readonly number[], allowZero: boolean): readonly number[] {
  const kept = wanted.map((size, axis) => (size === 0 && !allowZero ? (dims[axis] ?? 0) : size));
  const rest = elementsOf(dims) / elementsOf(kept.filter((size) => size !== -1));
  const out = kept.map((size) => (size === -1 ? rest : size));
  if (elementsOf(out) !== elementsOf(dims) || !Number.isInteger(rest))
    throw new UnsupportedForm(`a reshape of ${dims.join(' x ')} to ${wanted.join(' x ')}`, 'equal numbers of elements');
  return out;
}

/** A map of one pixel or one channel lies as its dims say already. */
const reshaped = (call: OperatorCall, value: ValueTensor, dims: readonly number[]): ValueTensor =>
  call.add({ kind: 'reshape' }, [plain(call, value)], dims, false);

export const reshape: Operator = (call) => {
  const input = valueInput(call, 0);
  const shape = call.attributes.integers('shape') ?? [...neededConstant(call, 1).values];
  const dims = reshapedDims(input.dims, shape, call.attributes.integer('allowzero', 0) !== 0);
  return [dims.join() === input.dims.join() ? input : reshaped(call, input, dims)];
};

export const flatten: Operator = (call) => {
  const input = valueInput(call, 0);
  const axis = axisOf(call.attributes.integer('axis', 1), input.dims.length);
  return [reshaped(call, input, [elementsOf(input.dims.slice(0, axis)), elementsOf(input.dims.slice(axis))])];
};

const listOf = (call: OperatorCall, name: string, index: number): readonly number[] | undefined =>
  call.attributes.integers(name) ?? (call.inputs[index] === undefined ? undefined : [...neededConstant(call, index).values]);

export const squeeze: Operator = (call) => {
  const input = valueInput(call, 0);
  const axes = listOf(call, 'axes', 1)?.map((axis) => axisOf(axis, input.dims.length));
  const dims = input.dims.filter((size, axis) => (axes === undefined ? size !== 1 : !axes.includes(axis)));
  return [reshaped(call, input, dims)];
};

export const unsqueeze: Operator = (call) => {
  const input = valueInput(call, 0);
  const given = listOf(call, 'axes', 1) ?? [];
  const axes = given.map((axis) => axisOf(axis, input.dims.length + given.length)).sort((a, b) => a - b);
  const dims = [...input.dims];
  for (const axis of axes) dims.splice(axis, 0, 1);
  return [reshaped(call, input, dims)];
};

export const transpose: Operator = (call) => {
  const input = valueInput(call, 0);
  const rank = input.dims.length;
  const permutation = call.attributes.integers('perm') ?? input.dims.map((_, axis) => rank - 1 - axis);
  const dims = permutation.map((axis) => input.dims[axis]!);
  // Channels first to channels last and back change nothing in memory: that is how maps lie.
  if (!input.map && permutation.join() === '0,3,1,2') return [call.add({ kind: 'reshape' }, [input], dims, true)];
  if (input.map && permutation.join() === '0,2,3,1') return [call.add({ kind: 'reshape' }, [input], dims, false)];
  const value = plain(call, input);
  // Axes of length 1 may go anywhere: what lies in memory stays as it is.
  const long = permutation.filter((axis) => value.dims[axis] !== 1);
  if (long.every((axis, at) => at === 0 || axis > long[at - 1]!)) return [call.add({ kind: 'reshape' }, [value], dims, false)];
  if (value.dims[0] !== 1) return [call.add({ kind: 'transpose', permutation }, [value], dims, false)];
  if (permutation[0] !== 0) throw new UnsupportedForm(`permutation ${permutation.join(', ')}`, 'the batch left in front');
  return [call.add({ kind: 'transpose', permutation: permutation.slice(1).map((axis) => axis - 1) }, [value], dims, false)];
};

/** Axis of the graph's value that is axis `axis` of the model's. */
function graphAxis({ dims, map }: ValueTensor, axis: number): number {
  if (axis === 0 && dims[0] === 1) throw new UnsupportedForm('the batch axis', 'another axis');
  if (!map) return dims[0] === 1 ? axis - 1 : axis;
  return axis === 1 ? 2 : dims.length === 3 ? 1 : axis - 2;
}

export const concat: Operator = (call) => {
  const given = call.inputs.map((_, index) => valueInput(call, index));
  const allMaps = given.every(({ map }) => map);
  const parts = allMaps ? given : given.map((value) => plain(call, value));
  const axis = axisOf(call.attributes.integer('axis', 1), parts[0]!.dims.length);
  const dims = parts[0]!.dims.map((size, at) => (at === axis ? parts.reduce((sum, part) => sum + part.dims[at]!, 0) : size));
  return [call.add({ kind: 'concat', axis: graphAxis(parts[0]!, axis) }, parts, dims, allMaps)];
};

const cut = (call: OperatorCall, input: ValueTensor, axis: number, start: number, size: number): ValueTensor =>
  call.add(
    { kind: 'slice', axis: graphAxis(input, axis), start },
    [input],
    input.dims.map((whole, at) => (at === axis ? size : whole)),
    input.map,
  );

export const split =
  (outputs: number): Operator =>
  (call) => {
    const input = valueInput(call, 0);
    const axis = axisOf(call.attributes.integer('axis', 0), input.dims.length);
    const whole = input.dims[axis]!;
    const even = Math.ceil(whole / outputs);
    const sizes = listOf(call, 'split', 1) ?? Array.from({ length: outputs }, (_, at) => Math.min(even, whole - at * even));
    let start = 0;
    return sizes.map((size) => {
      const part = cut(call, input, axis, start, size);
      start += size;
      return part;
    });
  };

export const slice: Operator = (call) => {
  let value = valueInput(call, 0);
  const starts = listOf(call, 'starts', 1) ?? [];
  const ends = listOf(call, 'ends', 2) ?? [];
  const axes = listOf(call, 'axes', 3) ?? starts.map((_, axis) => axis);
  const steps = constantInput(call, 4)?.values ?? [];
  if ([...steps].some((step) => step !== 1)) throw new UnsupportedForm(`steps ${[...steps].join(', ')}`, 'steps of 1');
  axes.forEach((given, at) => {
    const axis = axisOf(given, value.dims.length);
    const size = value.dims[axis]!;
    const place = (position: number): number => Math.min(size, Math.max(0, position < 0 ? position + size : position));
    const [start, end] = [place(starts[at]!), place(ends[at]!)];
    if (end <= start) throw new UnsupportedForm(`positions ${start} to ${end} of axis ${axis}`, 'at least one position');
    if (end - start < size) value = cut(call, value, axis, start, end - start);
  });
  return [value];
};

export const pad: Operator = (call) => {
  let value = valueInput(call, 0);
  const pads = listOf(call, 'pads', 1) ?? [];
  const rank = value.dims.length;
  const filler = constantInput(call, 2)?.values[0] ?? call.attributes.float('value', 0);
  const mode = call.attributes.text('mode', 'constant');
  if (mode !== 'constant' || filler !== 0 || pads.length !== 2 * rank || pads.some((size) => size < 0))
    throw new UnsupportedForm(
      `mode ${mode} with ${filler}, pads ${pads.join(', ')}`,
      'zeros, pads >= 0 at both ends of each axis',
    );
  for (let axis = 0; axis < rank; axis++) {
    const [before, after] = [pads[axis]!, pads[rank + axis]!];
    if (before + after === 0) continue;
    const dims = value.dims.map((size, at) => (at === axis ? size + before + after : size));
    value = call.add({ kind: 'pad', axis: graphAxis(value, axis), before }, [value], dims, value.map);
  }
  return [value];
};

/** What inference leaves alone. */
export const identity: Operator = (call) => [valueInput(call, 0)];
