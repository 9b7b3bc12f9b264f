import { registerIds } from '../../isa/limits.ts';
import type { Operand } from '../isa/codec.ts';
import { readFloatImmediate, readIntegerImmediate } from '../isa/immediates.ts';
import type { AddressGenerator } from './address-generators.ts';
import { addressAt } from './address-generators.ts';
import type { GroupTable } from './group-table.ts';
import type { Window } from './issued-operation.ts';
import type { LoopStack } from './loop-stack.ts';
import type { RegionStack } from './region-stack.ts';
import type { Registers } from './registers.ts';
import { outputRows } from './window-size.ts';

/** Ends the program at run time; the sequencer turns it into `trapped`, callers never see it. */
export class SequenceTrap extends Error {}

/** Specials live in the value machine; a run without values has none. */
export interface SpecialAccess {
  readonly read: ((id: number) => number) | undefined;
  readonly write: ((id: number, value: number) => void) | undefined;
}

/** A window descriptor as its words define it. */
export interface WindowDescriptor {
  readonly agu: number;
  readonly shape: Omit<Window, 'address'>;
  /** Only some output rows: the generator that counts to the first, how many, and bytes of one map row. */
  readonly part?: { readonly agu: number; readonly rows: number; readonly rowBytes: number };
}

/** Everything a program's control flow can change. */
export interface SequencerState {
  readonly registers: Registers;
  readonly loops: LoopStack;
  readonly regions: RegionStack;
  readonly groups: GroupTable;
  readonly generators: Map<number, AddressGenerator>;
  readonly windows: Map<number, WindowDescriptor>;
  readonly specials: SpecialAccess;
  /** Index of the word being run. */
  word: number;
  halted: boolean;
}

export const isSpecial = (id: number): boolean => id >= registerIds.loss && id <= registerIds.nonzeros;
const isCounter = (id: number): boolean => id >= registerIds.firstLoopCounter && id < registerIds.loss;

function readSpecial({ specials }: SequencerState, id: number): number {
  if (specials.read === undefined)
    throw new SequenceTrap('control flow depends on data, which a run without values does not have; use fidelity full or values');
  return specials.read(id);
}

export function readFloat(state: SequencerState, id: number): number {
  if (isSpecial(id)) return readSpecial(state, id);
  return isCounter(id) ? state.loops.counter(id - registerIds.firstLoopCounter) : state.registers.readFloat(id);
}

export function readInteger(state: SequencerState, id: number): number {
  if (isSpecial(id)) return Math.trunc(readSpecial(state, id));
  return isCounter(id) ? state.loops.counter(id - registerIds.firstLoopCounter) : state.registers.readInteger(id);
}

/** Value of an immediate or register operand. */
export const floatOf = (state: SequencerState, operand: Operand): number =>
  operand.kind === 'reg' ? readFloat(state, operand.value) : readFloatImmediate(operand.value);
export const integerOf = (state: SequencerState, operand: Operand): number =>
  operand.kind === 'reg' ? readInteger(state, operand.value) : readIntegerImmediate(operand.value);

export function generatorOf({ generators }: SequencerState, id: number): AddressGenerator {
  const generator = generators.get(id);
  if (generator === undefined) throw new SequenceTrap(`AGU $a${id} is used before it is defined`);
  return generator;
}

/** A window descriptor with the address of its map at this moment. */
export function windowOf(state: SequencerState, id: number): Window {
  const window = state.windows.get(id);
  if (window === undefined) throw new SequenceTrap(`window @w${id} is used before it is defined`);
  const { shape, part, agu } = window;
  const address = addressAt(generatorOf(state, agu), state.loops.counters);
  if (part === undefined) return { ...shape, address };
  const first = addressAt(generatorOf(state, part.agu), state.loops.counters);
  if (first >= shape.outputHeight)
    throw new SequenceTrap(`window @w${id} begins at output row ${first} of ${shape.outputHeight}`);
  const { below, ...rows } = outputRows(shape, first, part.rows);
  return { ...rows, address: address + below * part.rowBytes };
}
