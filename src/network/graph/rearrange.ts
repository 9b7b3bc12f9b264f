/** Product of the sizes; 1 for none. */
export const elementsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** A tensor around one axis: what lies before it, itself, what lies after it. */
export function aroundAxis(shape: readonly number[], axis: number) {
  return { outer: elementsOf(shape.slice(0, axis)), size: shape[axis]!, inner: elementsOf(shape.slice(axis + 1)) };
}

/** Tensors of equal shape but for one axis, one after the other along it. */
export function concatenate(parts: readonly Float32Array[], shapes: readonly (readonly number[])[], axis: number): Float32Array {
  const { outer } = aroundAxis(shapes[0]!, axis);
  const rows = shapes.map((shape) => elementsOf(shape.slice(axis)));
  const pitch = rows.reduce((sum, row) => sum + row, 0);
  const out = new Float32Array(outer * pitch);
  let offset = 0;
  parts.forEach((part, index) => {
    const row = rows[index]!;
    for (let o = 0; o < outer; o++) out.set(part.subarray(o * row, (o + 1) * row), o * pitch + offset);
    offset += row;
  });
  return out;
}

/** `size` positions of one axis from `start`. */
export function sliceAxis(
  input: Float32Array,
  shape: readonly number[],
  axis: number,
  start: number,
  size: number,
): Float32Array {
  const { outer, size: whole, inner } = aroundAxis(shape, axis);
  const out = new Float32Array(outer * size * inner);
  for (let o = 0; o < outer; o++) {
    const from = (o * whole + start) * inner;
    out.set(input.subarray(from, from + size * inner), o * size * inner);
  }
  return out;
}

/** Zeros around one axis: `before` of them first, the axis then `padded` long. */
export function padAxis(
  input: Float32Array,
  shape: readonly number[],
  axis: number,
  before: number,
  padded: number,
): Float32Array {
  const { outer, size, inner } = aroundAxis(shape, axis);
  const out = new Float32Array(outer * padded * inner);
  for (let o = 0; o < outer; o++)
    out.set(input.subarray(o * size * inner, (o + 1) * size * inner), (o * padded + before) * inner);
  return out;
}

/** Axis i of the result is axis permutation[i] of the input. */
export function permute(input: Float32Array, shape: readonly number[], permutation: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
  const sizes = permutation.map((axis) => shape[axis]!);
  const steps = permutation.map((axis) => strides[axis]!);
  const out = new Float32Array(input.length);
  const at = sizes.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = input[from]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++at[axis]! < sizes[axis]!) break;
      from -= sizes[axis]! * steps[axis]!;
      at[axis] = 0;
    }
  }
  return out;
}

/** The whole tensor `count` times, or each element `count` times. */
export function repeat(input: Float32Array, count: number, each: boolean): Float32Array {
  const out = new Float32Array(input.length * count);
  if (each) for (let i = 0; i < input.length; i++) out.fill(input[i]!, i * count, (i + 1) * count);
  else for (let i = 0; i < count; i++) out.set(input, i * input.length);
  return out;
}
