import { formatBytes, limits } from '../../../isa/limits.ts';
import { integer } from '../../isa/operands.ts';
import { type GraphEmission, operandOf, type SampleMode } from './graph-emission.ts';
import type { Step, StepOperation } from './steps.ts';

/** A value to another chip, or from one: one message for a sample, or for a batch, in pieces that a length field holds. */
export function emitMessage(
  emission: GraphEmission,
  step: Step,
  operation: Extract<StepOperation, { kind: 'send' | 'receive' }>,
  mode: SampleMode,
): void {
  const { builder, format } = emission;
  const size = formatBytes[format];
  const bytes = operation.elements * mode.samples * size;
  const most = limits.maxLength - (limits.maxLength % limits.dramUnitBytes);
  for (let at = 0; at < bytes; at += most) {
    const near = operandOf(emission, step.writes, mode, at / size);
    const fields = { b: integer(operation.tag), length: Math.min(most, bytes - at) };
    if (operation.kind === 'send') builder.emit('SEND', { ...fields, a: near, unit: operation.to });
    else builder.emit('RECV', { ...fields, d: near, unit: operation.from });
  }
}
