import type { Mnemonic } from '../../isa/instructions.ts';
import { instructions } from '../../isa/instructions.ts';
import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MvmTask } from './mvm-task.ts';

/** One issued operation with what its values mean for cost. */
export interface IssuedWord {
  readonly operation: IssuedOperation;
  readonly activity: Activity;
}

/** A word that is part of another. */
export interface WordStep extends IssuedWord {
  readonly task: MvmTask | undefined;
}

/** A word on its way through the machine. Times are offsets in picoseconds. */
export interface Word extends Omit<IssuedWord, 'operation'> {
  /** Replaced where loop replay moves its bytes on. */
  operation: IssuedOperation;
  /** Index in the fabric's word table, the first payload of every event of this word. */
  readonly slot: number;
  /** Resource ids of the units it occupies, each with an in-order queue. */
  readonly units: readonly number[];
  /** What a read of vectors asks for (MVM, MVT, RDV, CAL), set at issue. */
  task: MvmTask | undefined;
  /** The words a transfer stands for, set at issue. */
  steps?: readonly WordStep[];
  /** How many of its units still serve an older word. */
  behind: number;
  /** What it waits for that will never answer; undefined in a sound machine. */
  stuck: string | undefined;
  done: boolean;
  /** Set on a step of another word: called instead of leaving units. */
  readonly resume?: () => void;
  fetchedPs: number;
  issuedPs: number;
  startedPs: number;
}

/** Is a named flag of this operation's instruction set? */
export function hasFlag(operation: IssuedOperation, bit: number): boolean {
  return ((operation.flags >> bit) & 1) === 1;
}

export type UnitClass = 'control' | 'tile' | 'vector' | 'dma' | 'noc';

/** Bits of FENCE's unit mask. */
export const fenceBits: Readonly<Record<UnitClass, number>> = { control: 0, tile: 1, vector: 2, dma: 4, noc: 8 };

const classes = Object.fromEntries(
  Object.entries(instructions).map(([mnemonic, row]) => {
    const kind: UnitClass = row.class === 'simulation' ? 'control' : row.class;
    return [mnemonic, kind];
  }),
) as Readonly<Record<Mnemonic, UnitClass>>;

export function unitClassOf(operation: IssuedOperation): UnitClass {
  return classes[operation.mnemonic];
}

/** "MVM at word 12", the name of a word in every sentence. */
export function nameWord(operation: IssuedOperation): string {
  return `${operation.mnemonic} at word ${operation.word}`;
}
