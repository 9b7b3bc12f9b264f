import type { Operation } from '../../network/graph/graph.ts';
import type { LowerContext } from './lower-context.ts';
import type { StepOperation } from './steps.ts';

/** Codes as numbers: rounded by the format conversion, then moved by the zero point and held within the range. */
export function lowerQuantise(
  context: LowerContext,
  layer: string,
  input: string,
  elements: number,
  { scale, zero, low, high }: Extract<Operation, { kind: 'quantise' }>,
): void {
  const emit = (reads: readonly string[], writes: string, operation: StepOperation): string => {
    context.emit({ layer, reads, writes, growth: 'rows', operation });
    return writes;
  };
  const vec = (name: 'add' | 'max' | 'min', left: string, value: number, into?: string): string =>
    emit([left], into ?? context.temporary(layer, elements), {
      ...{ kind: 'vec', function: name, right: { kind: 'number', value }, rows: 1, length: elements },
    });
  const [codes, numbers] = [context.temporary(layer, elements), context.temporary(layer, elements)];
  const rounded = emit([input, codes], numbers, { kind: 'round', scale, elements });
  vec('min', vec('max', zero === 0 ? rounded : vec('add', rounded, zero), low), high, layer);
}
