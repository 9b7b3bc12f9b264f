import type { ChipPath, ParameterValue } from './chip-path.ts';
import type { ChipDescription } from './description.ts';

/** A value somebody wrote down, in the stored unit, as written, and why. */
export interface GivenValue {
  readonly value: ParameterValue;
  readonly text: string;
  readonly source: string;
}

/** What files and options say about a chip; everything else takes its standard value. The thing that sweeps vary. */
export type ChipSource = Readonly<Partial<Record<ChipPath, GivenValue>>>;

export interface ValueSource {
  /** The value as a file would give it. */
  readonly text: string;
  readonly source: string;
  /** The source admits that nobody measured it. */
  readonly assumed: boolean;
  /** Written in a file or option rather than a standard value. */
  readonly given: boolean;
}

/** A complete, checked chip with the origin of every number. */
export interface Chip {
  readonly description: ChipDescription;
  readonly sources: Readonly<Record<ChipPath, ValueSource>>;
  readonly given: ChipSource;
}

/** A source names an assumption by this word. */
export const isAssumed = (source: string): boolean => /\bassumed\b/.test(source);
