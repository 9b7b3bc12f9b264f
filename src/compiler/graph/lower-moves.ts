import { aroundAxis, elementsOf } from '../../network/graph/rearrange.ts';
import type { LowerContext } from './lower-context.ts';

interface Made {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Zeros around one axis, in a value of its own; the input itself where there are none. */
export function lowerPad(
  context: LowerContext,
  layer: string,
  input: string,
  shape: readonly number[],
  axis: number,
  before: number,
  after: number,
  into?: string,
): Made {
  if (before + after === 0 && into === undefined) return { name: input, shape };
  const { outer, size, inner } = aroundAxis(shape, axis);
  const padded = shape.map((length, at) => (at === axis ? length + before + after : length));
  const name = into ?? context.temporary(layer, elementsOf(padded));
  context.emit({ layer, reads: [], writes: name, growth: 'none', operation: { kind: 'zero', elements: elementsOf(padded) } });
  const pitch = (size + before + after) * inner;
  const operation = { kind: 'spread', rows: outer, length: size * inner, pitch, from: 0, to: before * inner } as const;
  context.emit({ layer, reads: [input], writes: name, partial: true, growth: 'none', operation });
  return { name, shape: padded };
}

/** Parts one after the other along an axis. */
export function lowerConcat(
  context: LowerContext,
  layer: string,
  inputs: readonly string[],
  shapes: readonly (readonly number[])[],
  axis: number,
): void {
  const { outer } = aroundAxis(shapes[0]!, axis);
  const lengths = shapes.map((shape) => elementsOf(shape.slice(axis)));
  const pitch = lengths.reduce((sum, length) => sum + length, 0);
  let to = 0;
  inputs.forEach((input, index) => {
    const operation = { kind: 'spread', rows: outer, length: lengths[index]!, pitch, from: 0, to } as const;
    context.emit({ layer, reads: [input], writes: layer, partial: index > 0, growth: 'rows', operation });
    to += lengths[index]!;
  });
}

export function lowerSlice(
  context: LowerContext,
  layer: string,
  input: string,
  shape: readonly number[],
  axis: number,
  start: number,
  size: number,
): void {
  const { outer, size: whole, inner } = aroundAxis(shape, axis);
  const operation = {
    kind: 'strided',
    rows: outer,
    length: size * inner,
    pitch: whole * inner,
    from: start * inner,
    to: 0,
  } as const;
  context.emit({ layer, reads: [input], writes: layer, growth: 'rows', operation });
}

/** Axes that stay neighbours are one; axes of length 1 are none. */
export function mergeAxes(
  shape: readonly number[],
  permutation: readonly number[],
): { readonly shape: readonly number[]; readonly permutation: readonly number[] } {
  const kept = permutation.filter((axis) => shape[axis] !== 1);
  const runs: number[][] = [];
  for (const axis of kept) {
    const run = runs.at(-1);
    const next = run === undefined ? undefined : shape.findIndex((size, at) => at > run.at(-1)! && size !== 1);
    if (run !== undefined && next === axis) run.push(axis);
    else runs.push([axis]);
  }
  const order = [...runs].sort((a, b) => a[0]! - b[0]!);
  return {
    shape: order.map((run) => run.reduce((product, axis) => product * shape[axis]!, 1)),
    permutation: runs.map((run) => order.indexOf(run)),
  };
}

/** Brings the axes into order from the front: the one that belongs there is moved past those before it, the rest follow. */
export function lowerTranspose(
  context: LowerContext,
  layer: string,
  input: string,
  whole: readonly number[],
  wanted: readonly number[],
): void {
  const { shape, permutation } = mergeAxes(whole, wanted);
  const elements = elementsOf(shape);
  if (permutation.length <= 1) {
    const operation = { kind: 'strided', rows: 1, length: elements, pitch: elements, from: 0, to: 0 } as const;
    context.emit({ layer, reads: [input], writes: layer, growth: 'length', operation });
    return;
  }
  const fixed = permutation.findIndex((axis, at) => axis !== at);
  const outer = elementsOf(shape.slice(0, fixed));
  const axis = permutation[fixed]!;
  const before = elementsOf(shape.slice(fixed, axis));
  const size = shape[axis]!;
  const inner = elementsOf(shape.slice(axis + 1));
  const moved = [...shape.slice(0, fixed), size, ...shape.slice(fixed, axis), ...shape.slice(axis + 1)];
  const rest = permutation.map((from) => (from === axis ? fixed : from >= fixed && from < axis ? from + 1 : from));
  const done = rest.every((from, at) => from === at);
  const target = done ? layer : context.temporary(layer, elements);
  if (inner === 1)
    context.emit({
      layer,
      reads: [input],
      writes: target,
      growth: 'none',
      operation: { kind: 'transpose', rows: before, length: size, times: outer },
    });
  else
    for (let block = 0; block < outer; block++)
      for (let at = 0; at < size; at++) {
        const base = block * before * size * inner;
        const operation = {
          kind: 'strided',
          rows: before,
          length: inner,
          pitch: size * inner,
          from: base + at * inner,
          to: base + at * before * inner,
        } as const;
        context.emit({ layer, reads: [input], writes: target, partial: block + at > 0, growth: 'none', operation });
      }
  if (!done) lowerTranspose(context, layer, target, moved, rest);
}
