import type { ProgramBuilder } from '../isa/builder.ts';
import { integer } from '../isa/operands.ts';

/**
 * How drift is corrected at every age: nothing; the common shift of the weights taken off (single-device mappings); outputs scaled by what
 * one-hot readings lost since programming, for the array or column by column (pairs of cells that lose conductance in proportion).
 */
export const compensations = ['none', 'mean-shift', 'global', 'column'] as const;
export type Compensation = (typeof compensations)[number];

/** A group that is corrected. */
export interface CorrectedGroup {
  readonly group: number;
  readonly rows: number;
}

/** Calibration reads of one age. */
export function emitCorrection(builder: ProgramBuilder, compensation: Compensation, groups: readonly CorrectedGroup[]): void {
  for (const { group, rows } of groups) {
    const common = { flags: ['W'], unit: group };
    if (compensation === 'mean-shift') builder.emit('CAL', { ...common, fn: 'drift', length: 1 });
    else if (compensation === 'global') builder.emit('CAL', { ...common, fn: 'drift-global', length: rows });
    else if (compensation === 'column') builder.emit('CAL', { ...common, fn: 'drift-columns', length: rows });
  }
}

/** Readings right after programming that later ones are compared with. */
export function emitBaseline(builder: ProgramBuilder, compensation: Compensation, groups: readonly CorrectedGroup[]): void {
  if (compensation === 'global' || compensation === 'column') emitCorrection(builder, compensation, groups);
}

/** Emits readings in the phase they belong to; `region` undefined: no correction, no words. */
export function emitReadings(
  builder: ProgramBuilder,
  region: number | undefined,
  emit: typeof emitCorrection,
  ...[compensation, groups]: readonly [Compensation, readonly CorrectedGroup[]]
): void {
  if (region === undefined) return;
  builder.emit('MARK', { fn: 'begin', a: integer(region) });
  emit(builder, compensation, groups);
  builder.emit('FENCE');
  builder.emit('MARK', { fn: 'end', a: integer(region) });
}
