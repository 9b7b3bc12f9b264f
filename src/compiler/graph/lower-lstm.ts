import type { Lstm } from '../../network/graph/graph.ts';
import type { LowerContext } from './lower-context.ts';
import type { NodeAtHand } from './node-at-hand.ts';

/**
 * One matrix holds all four gates, over rows of input and state joined: a step leaves its state in the row of the next. The rest of a
 * step is vector work on areas of its own.
 */
export function lowerLstm(context: LowerContext, { node, input, inputShape }: NodeAtHand, lstm: Lstm): void {
  const { inputs, units, weights } = lstm;
  const steps = inputShape[0]!;
  const width = inputs + units;
  const area = (elements: number): string => context.temporary(node.name, elements);
  const matrix = {
    ...({ kind: 'matrix', name: node.name, layer: -1, bias: undefined, activation: 'none', window: undefined } as const),
    ...{ vectors: steps, inputElements: steps * width, outputElements: steps * 4 * units },
    ...{ rows: width, columns: 4 * units, weights },
  };
  const constant = (values: Float32Array | undefined): number | undefined =>
    values === undefined ? undefined : context.constant(values);
  context.emit({
    layer: node.name,
    reads: [input, area((steps + 1) * width), area(4 * units), area(units), area(units)],
    writes: node.name,
    growth: 'none',
    operation: {
      ...{ kind: 'lstm', matrix, lstm, steps, bias: context.constant(lstm.bias) },
      ...{ hidden: constant(lstm.hidden), cell: constant(lstm.cell) },
    },
  });
}
