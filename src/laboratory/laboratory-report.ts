import type { ValidationRow } from './row.ts';

/** An axis or a column: what it is and the unit its numbers are in (SI, `1`, or `share`). */
export interface Quantity {
  readonly name: string;
  readonly unit: string;
}

/** Curves over one axis, as plain points. */
export interface Series {
  /** File name, kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly x: Quantity & { readonly logarithmic?: boolean };
  readonly y: Quantity;
  readonly mark: 'line' | 'bar' | 'point';
  readonly points: readonly { readonly curve: string; readonly x: number; readonly y: number }[];
}

/** A table of numbers; text columns have no unit. */
export interface LaboratoryTable {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Quantity[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a characterisation or an experiment of a paper found. */
export interface LaboratoryReport {
  readonly schema: 'ohmic.laboratory/1';
  readonly name: string;
  readonly title: string;
  /** Published values beside ours; empty where nothing is published. */
  readonly rows: readonly ValidationRow[];
  readonly tables: readonly LaboratoryTable[];
  readonly series: readonly Series[];
  /** How it was measured and what it leaves out, one sentence each. */
  readonly notes: readonly string[];
}
