import type { Instruction } from '../isa/codec.ts';
import { readFloatImmediate, readIntegerImmediate } from '../isa/immediates.ts';
import { modulusUnit, unpackGroup, unpackLevels, unpackWindow } from '../isa/pack-fields.ts';
import { defineGenerator, extendGenerator } from './address-generators.ts';
import { compare, computeFloat, computeInteger } from './scalar.ts';
import {
  floatOf,
  generatorOf,
  integerOf,
  isSpecial,
  readFloat,
  readInteger,
  type SequencerState,
  SequenceTrap,
  type WindowDescriptor,
} from './sequencer-state.ts';
import { functionCode, hasFlag } from './table-lookup.ts';
import { outputSize } from './window-size.ts';

function defineAgu(state: SequencerState, { unit, fn, flags, d, a, b, length }: Instruction): void {
  const levels = unpackLevels(fn);
  const strides = [readIntegerImmediate(a.value), readIntegerImmediate(b.value)] as const;
  if (hasFlag('AGU', 'X', flags)) {
    const ring = hasFlag('AGU', 'M', flags) ? { modulus: length * modulusUnit } : {};
    state.generators.set(unit, extendGenerator(generatorOf(state, unit), { offset: d.value, levels, strides, ...ring }));
    return;
  }
  const modulus = hasFlag('AGU', 'M', flags) ? length : 0;
  state.generators.set(unit, defineGenerator({ dram: hasFlag('AGU', 'DRAM', flags), base: d.value, levels, strides, modulus }));
}

/** What WIN words say: a loop meets the same word again and again. */
const unpackedWindows = new WeakMap<Instruction, WindowDescriptor>();

function windowOf(instruction: Instruction): WindowDescriptor {
  const known = unpackedWindows.get(instruction);
  if (known !== undefined) return known;
  const { fn, d, a, b } = instruction;
  const shape = unpackWindow(d.value, a.value, b.value);
  const window = { agu: fn, shape: { ...shape, ...outputSize(shape) } };
  unpackedWindows.set(instruction, window);
  return window;
}

function defineWindow(state: SequencerState, instruction: Instruction): void {
  const { unit, fn, flags, d, a } = instruction;
  if (hasFlag('WIN', 'X', flags)) {
    const window = state.windows.get(unit);
    if (window === undefined) throw new SequenceTrap(`window @w${unit} is narrowed before WIN defines it`);
    state.windows.set(unit, { ...window, part: { agu: fn, rows: d.value, rowBytes: a.value } });
    return;
  }
  state.windows.set(unit, windowOf(instruction));
}

function defineGroup(state: SequencerState, { unit, flags, d, a, b, length }: Instruction): void {
  if (hasFlag('GRP', 'X', flags)) {
    if (state.groups.get(unit) === undefined) throw new SequenceTrap(`group W${unit} is moved before GRP defines it`);
    state.groups.offset(unit, d.value, a.value);
  } else
    state.groups.define({ id: unit, ...unpackGroup(d.value, a.value, b.value), rows: length, rowOffset: 0, columnOffset: 0 });
}

function setCsr(state: SequencerState, { fn, unit, a }: Instruction): void {
  const bits =
    a.kind === 'reg'
      ? { asFloat: readFloat(state, a.value), asInteger: readInteger(state, a.value) }
      : { asFloat: readFloatImmediate(a.value), asInteger: readIntegerImmediate(a.value) };
  const error = state.groups.setCsr(fn, unit, bits);
  if (error !== undefined) throw new SequenceTrap(error);
}

function setRegister(state: SequencerState, { fn, flags, d, a, b }: Instruction): void {
  const { registers, specials } = state;
  if (fn === functionCode('SETR', 'lit')) {
    registers.writeBits(d.value, ((a.value & 0xffff) << 16) | (b.value & 0xffff));
    return;
  }
  const integer = hasFlag('SETR', 'I', flags);
  const value = integer
    ? computeInteger(fn, integerOf(state, a), integerOf(state, b))
    : computeFloat(fn, floatOf(state, a), floatOf(state, b));
  if (isSpecial(d.value)) specials.write?.(d.value, value);
  else if (integer) registers.writeInteger(d.value, value);
  else registers.writeFloat(d.value, value);
}

function branch(state: SequencerState, { fn, flags, d, a, b }: Instruction): number {
  const read = hasFlag('BR', 'I', flags) ? integerOf : floatOf;
  return compare(fn, read(state, a), read(state, b)) ? state.word + readIntegerImmediate(d.value) : state.word + 1;
}

/** XFR goes on where it ended: a register that names its first row is advanced, modulo the rows of the group. */
function advanceRow(state: SequencerState, { unit, d, length }: Instruction): void {
  const group = state.groups.get(unit);
  if (group !== undefined && d.kind === 'reg') state.registers.writeInteger(d.value, (integerOf(state, d) + length) % group.rows);
}

/** Runs a word that moves control flow or configuration; returns the word to go to next. Other words fall through. */
export function runControlWord(state: SequencerState, instruction: Instruction): number {
  const next = state.word + 1;
  switch (instruction.mnemonic) {
    case 'HALT':
      state.halted = true;
      break;
    case 'SETC':
      setCsr(state, instruction);
      break;
    case 'SETR':
      setRegister(state, instruction);
      break;
    case 'LOOP':
      return state.loops.enter(
        instruction.unit,
        next,
        next + instruction.length,
        integerOf(state, instruction.d),
        integerOf(state, instruction.a),
      );
    case 'BR':
      return branch(state, instruction);
    case 'AGU':
      defineAgu(state, instruction);
      break;
    case 'WIN':
      defineWindow(state, instruction);
      break;
    case 'GRP':
      defineGroup(state, instruction);
      break;
    case 'XFR':
      advanceRow(state, instruction);
      break;
    case 'MARK':
      state.regions.mark(instruction.fn, integerOf(state, instruction.a));
      break;
    default:
      break;
  }
  return next;
}
