import type { Operation } from '../../network/graph/graph.ts';
import type { LowerContext } from './lower-context.ts';
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
