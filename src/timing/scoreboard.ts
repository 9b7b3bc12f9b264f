import { instructions } from '../../isa/instructions.ts';
import { registerIds } from '../../isa/limits.ts';
import type { Interval, IssuedOperation, ResolvedOperand } from '../sequence/issued-operation.ts';
import { transferBuffer } from '../sequence/training-extents.ts';
import { searchesSymmetry } from './symmetry-steps.ts';
import { hasFlag, nameWord } from './word.ts';

const labelSpecials = 1;
const converterSpecials = 2;
const updateSpecials = 4;

/** Special registers an operation's unit adds to when it runs. */
function specialsWritten(operation: IssuedOperation): number {
  switch (operation.mnemonic) {
    case 'LOSS':
      return labelSpecials;
    case 'OPU':
    case 'PUL':
      return updateSpecials;
    case 'XFR':
      return updateSpecials | converterSpecials;
    case 'THA':
      return updateSpecials;
    case 'MVM':
    case 'MVT':
    case 'RDV':
      return converterSpecials;
    case 'CAL':
      return converterSpecials | (searchesSymmetry(operation) ? updateSpecials : 0);
    default:
      return 0;
  }
}

function specialOf(operand: ResolvedOperand): number {
  if (operand.kind !== 'register') return 0;
  if (operand.id === registerIds.loss || operand.id === registerIds.hits || operand.id === registerIds.count)
    return labelSpecials;
  if (operand.id === registerIds.pulses || operand.id === registerIds.nonzeros) return updateSpecials;
  return operand.id === registerIds.saturations || operand.id === registerIds.retries ? converterSpecials : 0;
}

/** Special registers a scalar instruction reads or resets. */
function specialsTouched(operation: IssuedOperation): number {
  if (operation.mnemonic !== 'SETR' && operation.mnemonic !== 'BR') return 0;
  return specialOf(operation.a) | specialOf(operation.b) | (operation.mnemonic === 'SETR' ? specialOf(operation.d) : 0);
}

function overlap(left: readonly Interval[], right: readonly Interval[]): Interval | undefined {
  for (let i = 0; i < left.length; i++) {
    const x = left[i]!;
    for (let j = 0; j < right.length; j++) {
      const y = right[j]!;
      if (x.from < y.to && y.from < x.to && x.space === y.space) return x;
    }
  }
  return undefined;
}

/** Does it change the cells or the correction tables of its group? */
function writesGroup(operation: IssuedOperation): boolean {
  if (operation.mnemonic === 'CAL') return searchesSymmetry(operation) || hasFlag(operation, instructions.CAL.flags.W.bit);
  return operation.mnemonic === 'PRG';
}

function groupsConflict(younger: IssuedOperation, older: IssuedOperation): boolean {
  if (younger.group === undefined || older.group === undefined || younger.group.id !== older.group.id) return false;
  return writesGroup(younger) || writesGroup(older);
}

const range = ({ space, from, to }: Interval) => `${space} bytes ${from} to ${to - 1}`;

/**
 * Must `younger` wait for `older`, which is in flight? Read after write, write after read and write after write on dense byte
 * intervals; group reads (MVM, MVT, RDV, CAL) against group writes (PRG, CAL.W); special registers.
 */
export function mustWait(younger: IssuedOperation, older: IssuedOperation): boolean {
  return (
    overlap(younger.reads, older.writes) !== undefined ||
    overlap(younger.writes, older.writes) !== undefined ||
    overlap(younger.writes, older.reads) !== undefined ||
    groupsConflict(younger, older) ||
    (specialsTouched(younger) & specialsWritten(older)) !== 0
  );
}

/** Everything a word may meet: of a transfer the whole buffer, whatever rows it is at. */
function reach(operation: IssuedOperation): readonly Interval[] {
  if (operation.mnemonic !== 'XFR') return [...operation.reads, ...operation.writes];
  const buffer = transferBuffer(operation);
  return buffer === undefined ? [] : [buffer];
}

/**
 * May `mustWait` hang on the rows that a transfer is at? Of two calls of one transfer only their distance matters, modulo the rows,
 * and it stays as they walk.
 */
export function rowsDecide(younger: IssuedOperation, older: IssuedOperation): boolean {
  if (younger.mnemonic !== 'XFR' && older.mnemonic !== 'XFR') return false;
  if (younger.word === older.word && transferBuffer(younger)?.from === transferBuffer(older)?.from) return false;
  return overlap(reach(younger), reach(older)) !== undefined;
}

/** The reason of `mustWait` as part of a sentence; RangeError when there is none. */
export function describeWait(younger: IssuedOperation, older: IssuedOperation): string {
  const raw = overlap(younger.reads, older.writes);
  if (raw !== undefined) return `${nameWord(older)}, which writes ${range(raw)} that it reads`;
  const waw = overlap(younger.writes, older.writes);
  if (waw !== undefined) return `${nameWord(older)}, which writes ${range(waw)} too`;
  const war = overlap(younger.writes, older.reads);
  if (war !== undefined) return `${nameWord(older)}, which reads ${range(war)} that it writes`;
  if (groupsConflict(younger, older)) return `${nameWord(older)}, which uses group ${older.group!.id}`;
  if (specialsTouched(younger) & specialsWritten(older)) return `${nameWord(older)}, which adds to a special register it uses`;
  throw new RangeError(`${nameWord(younger)} need not wait for ${nameWord(older)}`);
}
