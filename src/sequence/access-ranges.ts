import { registerIds } from '../../isa/limits.ts';
import type { Instruction } from '../isa/codec.ts';
import { unpackAguOperand } from '../isa/immediates.ts';
import { type AddressGenerator, addressAt } from './address-generators.ts';
import type { Interval, IssuedOperation, ResolvedOperand } from './issued-operation.ts';
import type { SequencerState } from './sequencer-state.ts';
import { transferBuffer } from './training-extents.ts';

/** Everything one byte interval of one word has covered so far, and what moves it. */
export interface AccessRange {
  readonly space: Interval['space'];
  readonly writes: boolean;
  /** Undefined for an address that nothing moves. */
  readonly generator: AddressGenerator | undefined;
  /** Hull of the bytes so far, and the longest single access. */
  from: number;
  to: number;
  longest: number;
  /** Where the last access began, and where it would at offset 0 of the generator. */
  last: number;
  readonly origin: number;
  /** Of a transfer, which walks through the rows of its buffer: bytes of the rows of one call; 0 for all others. */
  readonly walk: number;
}

/** Accesses of every word that has run; `undefined` for a word whose accesses follow no one pattern. */
export interface AccessRanges {
  record(state: SequencerState, instruction: Instruction, operation: IssuedOperation): void;
  /** Of one word, in the order reads, writes; empty when it has not run, undefined when it follows no one pattern. */
  of(word: number): readonly AccessRange[] | undefined;
}

const operandFields = ['d', 'a', 'b'] as const;

function generatorAt({ generators, windows }: SequencerState, { kind, value }: Instruction['d']): AddressGenerator | undefined {
  if (kind === 'agu') return generators.get(unpackAguOperand(value).id);
  if (kind !== 'reg' || value < registerIds.firstWindow) return undefined;
  const window = windows.get(value - registerIds.firstWindow);
  return window === undefined ? undefined : generators.get(window.agu);
}

function beginsAt(operand: ResolvedOperand, { space, from }: Interval): boolean {
  if (operand.kind === 'window') return space === 'spm' && operand.window.address === from;
  return operand.kind === space && operand.address === from;
}

const same = (left: AddressGenerator | undefined, right: AddressGenerator | undefined): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right);

/** A window on some rows of a map, which its own generator does not move: taken as the whole map. */
function wholeMap(state: SequencerState, instruction: Instruction, operation: IssuedOperation, interval: Interval): Interval {
  for (const field of operandFields) {
    const { kind, value } = instruction[field];
    const window = kind === 'reg' ? state.windows.get(value - registerIds.firstWindow) : undefined;
    if (window?.part === undefined || !beginsAt(operation[field], interval)) continue;
    const from = addressAt(state.generators.get(window.agu)!, state.loops.counters);
    return { space: interval.space, from, to: from + window.shape.height * window.part.rowBytes };
  }
  return interval;
}

/** The generator behind an interval; null when several that differ begin there, or moving ones and none of them. */
function moverOf(state: SequencerState, instruction: Instruction, operation: IssuedOperation, interval: Interval) {
  let found: AddressGenerator | undefined;
  let matched = false;
  let moving = false;
  for (const field of operandFields) {
    const generator = generatorAt(state, instruction[field]);
    moving ||= generator !== undefined;
    if (!beginsAt(operation[field], interval)) continue;
    if (matched && !same(found, generator)) return null;
    matched = true;
    found = generator;
  }
  return matched || !moving ? found : null;
}

function widen(range: AccessRange, { from, to }: Interval): void {
  if (from < range.from) range.from = from;
  if (to > range.to) range.to = to;
  if (to - from > range.longest) range.longest = to - from;
  range.last = from;
}

export function createAccessRanges(): AccessRanges {
  const byWord: (AccessRange[] | null | undefined)[] = [];

  function rangesOf(state: SequencerState, instruction: Instruction, operation: IssuedOperation): AccessRange[] | null {
    const made: AccessRange[] = [];
    if (operation.mnemonic === 'XFR') {
      const buffer = transferBuffer(operation);
      const generator = buffer === undefined ? undefined : moverOf(state, instruction, operation, buffer);
      if (buffer === undefined || generator === null) return generator === null ? null : [];
      const { from, to } = buffer;
      const walk = 4 * operation.length * operation.group!.columns;
      return [{ ...buffer, writes: true, generator, longest: to - from, last: from, origin: from, walk }];
    }
    for (const intervals of [operation.reads, operation.writes]) {
      for (const interval of intervals) {
        const generator = moverOf(state, instruction, operation, interval);
        if (generator === null) return null;
        const { space, from, to } = wholeMap(state, instruction, operation, interval);
        const writes = intervals === operation.writes;
        const moved = generator === undefined ? 0 : addressAt(generator, state.loops.counters) - generator.base;
        made.push({ space, writes, generator, from, to, longest: to - from, last: from, origin: from - moved, walk: 0 });
      }
    }
    return made;
  }

  /** False when the word's accesses are no longer those of its first run. */
  function extend(known: AccessRange[], fresh: AccessRange[]): boolean {
    if (known.length !== fresh.length) return false;
    for (let at = 0; at < known.length; at++) {
      const [old, now] = [known[at]!, fresh[at]!];
      if (old.space !== now.space || old.writes !== now.writes || !same(old.generator, now.generator)) return false;
      if (old.origin !== now.origin) return false;
      widen(old, now);
    }
    return true;
  }

  return {
    record(state, instruction, operation) {
      if (operation.reads.length + operation.writes.length === 0) return;
      const known = byWord[operation.word];
      if (known === null) return;
      const fresh = rangesOf(state, instruction, operation);
      if (known === undefined || fresh === null) byWord[operation.word] = fresh;
      else if (!extend(known, fresh)) byWord[operation.word] = null;
    },
    of(word) {
      const known = byWord[word];
      return known === null ? undefined : (known ?? []);
    },
  };
}
