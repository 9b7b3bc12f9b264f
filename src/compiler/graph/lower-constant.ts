import type { Operation } from '../../network/graph/graph.ts';
import { elementsOf } from '../../network/graph/rearrange.ts';
import type { LowerContext } from './lower-context.ts';
import type { RightOperand, VecFunction } from './steps.ts';

type Constant = Extract<Operation, { kind: 'constant' }>;

const commutes: readonly VecFunction[] = ['add', 'mul', 'max', 'min'];

/** Arithmetic with a constant: a number, a row or a whole tensor as right operand; as left operand it is written out first. */
export function lowerConstant(
  context: LowerContext,
  layer: string,
  input: string,
  shape: readonly number[],
  operation: Constant,
): void {
  const { function: name, constant, reversed } = operation;
  const elements = elementsOf(shape);
  const length = constant.length === 1 ? elements : constant.length;
  const rows = elements / length;
  const emit = (left: string, right: RightOperand): void =>
    context.emit({
      ...{ layer, reads: right.kind === 'value' ? [left, right.name] : [left], writes: layer, growth: 'rows' },
      operation: { kind: 'vec', function: name, right, rows, length },
    });
  if (!reversed || commutes.includes(name)) {
    if (constant.length === 1 && elements !== 1) emit(input, { kind: 'number', value: constant[0]! });
    else emit(input, { kind: 'constant', id: context.constant(constant) });
    return;
  }
  const written = context.temporary(layer, elements);
  const copies = {
    kind: 'broadcast',
    length: constant.length,
    count: elements / constant.length,
    constant: context.constant(constant),
  } as const;
  context.emit({ layer, reads: [], writes: written, growth: 'rows', operation: copies });
  emit(written, { kind: 'value', name: input });
}
