import type { LoweredGraph, Step } from './steps.ts';

function split(step: Step): readonly Step[] {
  const { operation } = step;
  if (operation.kind !== 'matrix' || operation.bias === undefined) return [step];
  const { matrix, vectors, bias } = operation;
  const broadcast: Step = {
    ...step,
    reads: [],
    operation: { kind: 'broadcast', length: matrix.columns, count: vectors, constant: bias },
  };
  return [broadcast, { ...step, partial: true, operation: { ...operation, biasAhead: true } }];
}

/** Biases become steps of their own, so that a pipeline can put them where a matrix writes while the matrix works on the image before. */
export const biasAhead = (lowered: LoweredGraph): LoweredGraph => ({ ...lowered, steps: lowered.steps.flatMap(split) });
