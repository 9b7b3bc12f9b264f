/** The in-memory form of a program: what the assembler and compiler make, `.obin` stores and the sequencer runs. */

/** Where a region is charged. Phases partition time; layers split energy. */
export type RegionKind = 'phase' | 'layer' | 'evaluation';

/** Phases the report knows; idle leakage is what no instruction was running for. */
export const phases = [
  'load',
  'program',
  'forward',
  'backward',
  'accumulate',
  'update',
  'transfer',
  'verify',
  'evaluate',
  'idle',
] as const;
export type Phase = (typeof phases)[number];

/** Target of MARK instructions. `evaluation` regions snapshot hits and count at their end. */
export interface Region {
  readonly id: number;
  readonly kind: RegionKind;
  /** A phase name for `phase`, a layer name for `layer`, a free label for `evaluation`. */
  readonly name: string;
}

/**
 * Words `start` to `end - 1` belong to a layer or phase: the same as MARK.begin before them and MARK.end behind them, without words.
 * Scopes nest, in each other and in loops, and stand in the order of their starts, the outer first.
 */
export interface RegionScope {
  /** Id of the region. */
  readonly region: number;
  readonly start: number;
  readonly end: number;
}

/** Named scratchpad or DRAM area; addresses and sizes in bytes. */
export interface ProgramSymbol {
  readonly name: string;
  readonly space: 'spm' | 'dram';
  readonly address: number;
  readonly bytes: number;
}

/** Bytes placed in DRAM before the program starts. */
export interface DataSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Source position of a word. */
export interface LineEntry {
  readonly word: number;
  readonly line: number;
  /** Of its mnemonic or directive, from 1. */
  readonly column?: number;
}

/** Where a word stands in its source: `file:line:column` as far as known, else its number. */
export function placeOf({ lines, sourceName }: Program, word: number): string {
  const entry = lines.find((line) => line.word === word);
  if (entry === undefined) return `${sourceName} word ${word}`;
  return [sourceName, entry.line, ...(entry.column === undefined ? [] : [entry.column])].join(':');
}

export interface Program {
  /** Four little-endian u32 per instruction word. */
  readonly words: Uint32Array;
  readonly symbols: readonly ProgramSymbol[];
  readonly regions: readonly Region[];
  readonly scopes?: readonly RegionScope[];
  readonly data: readonly DataSegment[];
  readonly sourceName: string;
  readonly lines: readonly LineEntry[];
  /** What `simulate` needs to repeat a `run`: see simulate/manifest.ts. Plain JSON; undefined for hand-written programs. */
  readonly manifest?: unknown;
}
