import { binaryFunctions, unaryFunctions } from '../graph/functions.ts';
import { elementsOf, permute } from '../graph/rearrange.ts';
import type { Attributes } from './attributes.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import { broadcastDims, spreadConstant } from './elementwise-operators.ts';
import { UnsupportedForm } from './import-context.ts';
import { axisOf, reshapedDims } from './shape-operators.ts';

type Evaluate = (inputs: readonly ConstantTensor[], attributes: Attributes) => ConstantTensor;

const make = (dims: readonly number[], values: ConstantTensor['values']): ConstantTensor => ({ kind: 'constant', dims, values });
const listFrom = (tensor: ConstantTensor | undefined): readonly number[] | undefined => tensor && [...tensor.values];

/** More constants than this are a hostile file. */
const mostElements = 2 ** 27;

const arithmetic =
  (name: 'add' | 'sub' | 'mul' | 'div'): Evaluate =>
  ([a, b]) => {
    const dims = broadcastDims(a!.dims, b!.dims);
    const [left, right] = [a!, b!].map((tensor) => spreadConstant(tensor, dims, false));
    const at = (values: Float32Array, index: number): number => values[index % values.length]!;
    return make(
      dims,
      Float32Array.from({ length: elementsOf(dims) }, (_, index) => binaryFunctions[name](at(left!, index), at(right!, index))),
    );
  };

function filled([shape]: readonly ConstantTensor[], attributes: Attributes): ConstantTensor {
  const dims = [...shape!.values];
  const count = elementsOf(dims);
  if (dims.some((size) => !(size >= 0)) || count > mostElements)
    throw new UnsupportedForm(`a constant of ${dims.join(' x ')}`, `dimensions >= 0 and at most ${mostElements} elements`);
  return make(dims, new Float32Array(count).fill(attributes.tensor('value')?.values[0] ?? 0));
}

/** Weights stored as integers: (code - zero point) x scale, one scale or one for each position of an axis. */
function dequantised([codes, scale, zero]: readonly ConstantTensor[], attributes: Attributes): ConstantTensor {
  const { dims, values } = codes!;
  const axis = axisOf(attributes.integer('axis', 1), dims.length);
  const inner = elementsOf(dims.slice(axis + 1));
  const count = scale!.values.length;
  if (count !== 1 && count !== dims[axis])
    throw new UnsupportedForm(`${count} scales on ${dims.join(' x ')}`, 'one scale, or one for each position of the axis');
  const at = (index: number): number => (count === 1 ? 0 : Math.floor(index / inner) % count);
  return make(
    dims,
    Float32Array.from(values, (code, index) => (code - (zero?.values[at(index)] ?? 0)) * scale!.values[at(index)]!),
  );
}

function gathered([data, indices]: readonly ConstantTensor[], attributes: Attributes): ConstantTensor {
  const axis = axisOf(attributes.integer('axis', 0), data!.dims.length);
  const inner = elementsOf(data!.dims.slice(axis + 1));
  const [outer, size] = [elementsOf(data!.dims.slice(0, axis)), data!.dims[axis]!];
  const picks = [...indices!.values].map((index) => axisOf(index, size));
  if (picks.some((pick) => !(pick >= 0 && pick < size)))
    throw new UnsupportedForm(`indices ${picks.join(', ')}`, `0 to ${size - 1}`);
  const values = Array.from({ length: outer }, (_, o) =>
    picks.flatMap((pick) => [...data!.values.subarray((o * size + pick) * inner, (o * size + pick + 1) * inner)]),
  ).flat();
  return make([...data!.dims.slice(0, axis), ...indices!.dims, ...data!.dims.slice(axis + 1)], Float64Array.from(values));
}

function sliced([data, starts, ends]: readonly ConstantTensor[], attributes: Attributes): ConstantTensor {
  if (data!.dims.length !== 1) throw new UnsupportedForm('a slice of a constant with several axes', 'a list');
  const from = listFrom(starts) ?? attributes.integers('starts') ?? [0];
  const to = listFrom(ends) ?? attributes.integers('ends') ?? [data!.values.length];
  const values = data!.values.slice(from[0], to[0]);
  return make([values.length], values);
}

/** Operators over constants alone, which exporters use to work out shapes and weights. */
export const constantOperators: Readonly<Record<string, Evaluate>> = {
  Add: arithmetic('add'),
  Sub: arithmetic('sub'),
  Mul: arithmetic('mul'),
  Div: arithmetic('div'),
  Sqrt: ([x]) =>
    make(
      x!.dims,
      Float32Array.from(x!.values, (value) => unaryFunctions.sqrt(value, 0)),
    ),
  Neg: ([x]) =>
    make(
      x!.dims,
      x!.values.map((value) => -value),
    ),
  Identity: ([x]) => x!,
  Cast: ([x], attributes) => ([6, 7].includes(attributes.integer('to', 1)) ? make(x!.dims, x!.values.map(Math.trunc)) : x!),
  Constant: (_, attributes) => {
    const tensor = attributes.tensor('value');
    if (tensor !== undefined) return tensor;
    const list = attributes.integers('value_ints');
    if (list !== undefined && list.length > 0) return make([list.length], Float64Array.from(list));
    return make(
      [],
      Float64Array.of(attributes.has('value_int') ? attributes.integer('value_int', 0) : attributes.float('value_float', 0)),
    );
  },
  ConstantOfShape: filled,
  Reshape: ([x, shape], attributes) => {
    const wanted = listFrom(shape) ?? attributes.integers('shape') ?? [];
    return make(reshapedDims(x!.dims, wanted, attributes.integer('allowzero', 0) !== 0), x!.values);
  },
  Flatten: ([x]) => make([x!.dims[0] ?? 1, elementsOf(x!.dims.slice(1))], x!.values),
  Squeeze: ([x, axes], attributes) => {
    const gone = (listFrom(axes) ?? attributes.integers('axes'))?.map((axis) => axisOf(axis, x!.dims.length));
    return make(
      x!.dims.filter((size, axis) => (gone === undefined ? size !== 1 : !gone.includes(axis))),
      x!.values,
    );
  },
  Unsqueeze: ([x, axes], attributes) => {
    const given = listFrom(axes) ?? attributes.integers('axes') ?? [];
    const dims = [...x!.dims];
    for (const axis of given.map((at) => axisOf(at, x!.dims.length + given.length)).sort((a, b) => a - b))
      dims.splice(axis, 0, 1);
    return make(dims, x!.values);
  },
  Concat: (parts) => {
    if (parts.some(({ dims }) => dims.length > 1)) throw new UnsupportedForm('constants with several axes', 'lists');
    const values = Float64Array.from(parts.flatMap(({ values: own }) => [...own]));
    return make([values.length], values);
  },
  DequantizeLinear: dequantised,
  Gather: gathered,
  Slice: sliced,
  Transpose: ([x], attributes) => {
    const permutation = attributes.integers('perm') ?? x!.dims.map((_, axis) => x!.dims.length - 1 - axis);
    const values = permute(Float32Array.from(x!.values), x!.dims, permutation);
    return make(
      permutation.map((axis) => x!.dims[axis]!),
      values,
    );
  },
};
