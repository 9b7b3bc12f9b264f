import type { Mnemonic } from '../../isa/instructions.ts';
import type { Engine } from './engine.ts';
import type { Word } from './word.ts';

/** Life of one word, absolute picoseconds. */
export interface WordRecord {
  readonly sequence: number;
  readonly word: number;
  readonly mnemonic: Mnemonic;
  readonly layer: number;
  readonly phase: number;
  /** Reached the controller; left it; had its units to itself; was finished. */
  readonly fetchedPs: bigint;
  readonly issuedPs: bigint;
  readonly startedPs: bigint;
  readonly endedPs: bigint;
  readonly units: readonly string[];
}

export type Trace = (record: WordRecord) => void;

/** `baseMoved`: how far the engine's base moved, beyond rebasing, since the word was fetched. */
export function recordOf(
  word: Word,
  engine: Engine,
  names: readonly string[],
  endedPs = engine.now(),
  baseMoved = 0n,
): WordRecord {
  const { operation, fetchedPs, issuedPs, startedPs, units } = word;
  return {
    sequence: operation.sequence,
    word: operation.word,
    mnemonic: operation.mnemonic,
    layer: operation.layer,
    phase: operation.phase,
    fetchedPs: engine.absolute(fetchedPs) - baseMoved,
    issuedPs: engine.absolute(issuedPs) - baseMoved,
    startedPs: engine.absolute(startedPs) - baseMoved,
    endedPs: engine.absolute(endedPs),
    units: units.map((unit) => names[unit]!),
  };
}
