import type { Operation } from '../../network/graph/graph.ts';
import { localReach } from '../../network/graph/row-operations.ts';
import type { LowerContext } from './lower-context.ts';
import { lowerPad } from './lower-moves.ts';
import type { ActFunction, RightOperand, StepOperation, VecFunction } from './steps.ts';

/** Writes the small programs that row-wise functions are: each line is one step. */
function writer(context: LowerContext, layer: string, rows: number, length: number) {
  const emit = (
    reads: readonly string[],
    writes: string,
    operation: StepOperation,
    growth: 'rows' | 'length' = 'rows',
  ): string => {
    context.emit({ layer, reads, writes, growth, operation });
    return writes;
  };
  const wide = (): string => context.temporary(layer, rows * length);
  const thin = (): string => context.temporary(layer, rows);
  return {
    reduce: (input: string, name: 'sum' | 'mean' | 'max'): string =>
      emit([input], thin(), { kind: 'reduce', function: name, rows, length }),
    /** One number a row, repeated along the row. */
    stretch: (column: string): string => {
      const copies = emit([column], wide(), { kind: 'broadcast', length: rows, count: length, constant: undefined }, 'length');
      return emit([copies], wide(), { kind: 'transpose', rows: length, length: rows, times: 1 }, 'length');
    },
    vec: (name: VecFunction, left: string, right: RightOperand, into = wide()): string =>
      emit(right.kind === 'value' ? [left, right.name] : [left], into, { kind: 'vec', function: name, right, rows, length }),
    /** On one number a row. */
    column: (name: VecFunction, left: string, right: RightOperand): string =>
      emit([left], thin(), { kind: 'vec', function: name, right, rows, length: 1 }),
    act: (name: ActFunction, input: string, elements: number, into?: string): string =>
      emit([input], into ?? context.temporary(layer, elements), { kind: 'act', function: name, slope: 0, elements }),
  };
}

const value = (name: string): RightOperand => ({ kind: 'value', name });

export function lowerSoftmax(
  context: LowerContext,
  layer: string,
  input: string,
  rows: number,
  length: number,
  log: boolean,
): void {
  const w = writer(context, layer, rows, length);
  const shifted = w.vec('sub', input, value(w.stretch(w.reduce(input, 'max'))));
  const powers = w.act('exp', shifted, rows * length);
  const sums = w.reduce(powers, 'sum');
  if (log) w.vec('sub', shifted, value(w.stretch(w.act('log', sums, rows))), layer);
  else w.vec('div', powers, value(w.stretch(sums)), layer);
}

export function lowerLayerNorm(
  context: LowerContext,
  layer: string,
  input: string,
  rows: number,
  { scale, shift, epsilon }: Extract<Operation, { kind: 'layer-norm' }>,
): void {
  const w = writer(context, layer, rows, scale.length);
  const centred = w.vec('sub', input, value(w.stretch(w.reduce(input, 'mean'))));
  const variance = w.reduce(w.vec('mul', centred, value(centred)), 'mean');
  const safe = w.column('add', variance, { kind: 'number', value: epsilon });
  const factor = w.act('rsqrt', safe, rows);
  const normal = w.vec('mul', centred, value(w.stretch(factor)));
  const scaled = w.vec('mul', normal, { kind: 'constant', id: context.constant(scale) });
  w.vec('add', scaled, { kind: 'constant', id: context.constant(shift) }, layer);
}

/** Sums of neighbouring squares are sums of shifted copies of the squares, zeros around them; the power goes by logarithm. */
export function lowerLocalResponse(
  context: LowerContext,
  layer: string,
  input: string,
  rows: number,
  length: number,
  { size, alpha, beta, bias }: Extract<Operation, { kind: 'lrn' }>,
): void {
  const w = writer(context, layer, rows, length);
  // What reaches beyond all channels adds nothing.
  const [before, behind] = localReach(size).map((reach) => Math.min(reach, length - 1)) as [number, number];
  const squares = w.vec('mul', input, value(input));
  const wide = lowerPad(context, layer, squares, [rows, length], 1, before, behind);
  const shifted = Array.from({ length: before + 1 + behind }, (_, from) => {
    const writes = context.temporary(layer, rows * length);
    const operation = { kind: 'strided', rows, length, pitch: length + before + behind, from, to: 0 } as const;
    context.emit({ layer, reads: [wide.name], writes, growth: 'rows', operation });
    return writes;
  });
  const sum = shifted.reduce((left, right) => w.vec('add', left, value(right)));
  const number = (x: number): RightOperand => ({ kind: 'number', value: x });
  const base = w.vec('add', w.vec('mul', sum, number(alpha / size)), number(bias));
  const factor = w.act('exp', w.vec('mul', w.act('log', base, rows * length), number(-beta)), rows * length);
  w.vec('mul', input, value(factor), layer);
}
