import type { DeviceParameter, SourceTag } from './cell-model.ts';

/** A device number in a row: name, value, unit, kind of evidence, source, what it is. */
export type ParameterRow = readonly [name: string, value: number, unit: string, tag: SourceTag, source: string, doc: string];

export const parameterRows = (rows: readonly ParameterRow[]): readonly DeviceParameter[] =>
  rows.map(([name, value, unit, tag, source, doc]) => ({ name, value, unit, tag, source, doc }));

/** Coefficients of a polynomial, constant first, as rows `name0`, `name1` … */
export const coefficientRows = (
  name: string,
  coefficients: readonly number[],
  unit: string,
  tag: SourceTag,
  source: string,
  doc: string,
): readonly ParameterRow[] =>
  coefficients.map((value, power) => [`${name}${power}`, value, unit, tag, source, `${doc}, power ${power}`]);
