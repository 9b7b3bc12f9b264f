import { type Mnemonic, instructions as table } from '../../isa/instructions.ts';
import type { Format } from '../../isa/limits.ts';
import type { Instruction } from '../isa/codec.ts';
import type { Region } from '../isa/program.ts';
import { runControlWord } from './control-words.ts';
import { extentsOf } from './extents.ts';
import { createGroupTable } from './group-table.ts';
import type { GroupCsrs, GroupShape, IssuedOperation } from './issued-operation.ts';
import { createLoopStack } from './loop-stack.ts';
import { createRegionStack } from './region-stack.ts';
import { createRegisters } from './registers.ts';
import { resolveOperand } from './resolve-operand.ts';
import { type SequencerState, SequenceTrap } from './sequencer-state.ts';

/** What the sequencer needs to run a decoded program. */
export interface SequencerInput {
  readonly instructions: readonly Instruction[];
  readonly regions: readonly Region[];
  readonly groupDefaults: GroupCsrs;
  readonly format: Format;
  /** Reads a special (loss, hits …); undefined where the run has no values, which traps a program that needs one. */
  readonly special: ((id: number) => number) | undefined;
  /** Resets a special. */
  readonly setSpecial?: (id: number, value: number) => void;
}

export interface Sequencer {
  /** The next operation in program order; undefined after HALT or a trap. */
  next(): IssuedOperation | undefined;
  readonly trapped: { readonly word: number; readonly reason: string } | undefined;
}

/** Mnemonics whose unit field names a group they work on. */
const usesGroup: ReadonlySet<Mnemonic> = new Set(
  (Object.keys(table) as Mnemonic[]).filter((mnemonic) => table[mnemonic].unit === 'group' && table[mnemonic].class === 'tile'),
);

function groupFor({ groups }: SequencerState, { mnemonic, unit }: Instruction): GroupShape | undefined {
  if (!usesGroup.has(mnemonic)) return undefined;
  const group = groups.get(unit);
  if (group === undefined) throw new SequenceTrap(`group W${unit} is used before GRP defines it`);
  return group;
}

function issue(state: SequencerState, instruction: Instruction, sequence: number): IssuedOperation {
  const { mnemonic, fn, flags, unit, length } = instruction;
  const located = {
    ...{ mnemonic, fn, flags, unit, length },
    d: resolveOperand(state, instruction, 'd'),
    a: resolveOperand(state, instruction, 'a'),
    b: resolveOperand(state, instruction, 'b'),
    group: groupFor(state, instruction),
    format: state.groups.format,
    rows: state.groups.rows,
  };
  const { layer, phase } = state.regions;
  const { reads, writes } = extentsOf(located);
  return { ...located, reads, writes, sequence, word: state.word, layer, phase };
}

function initialState(input: SequencerInput): SequencerState {
  return {
    registers: createRegisters(),
    loops: createLoopStack(),
    regions: createRegionStack(input.regions),
    groups: createGroupTable(input.groupDefaults, input.format),
    generators: new Map(),
    windows: new Map(),
    specials: { read: input.special, write: input.setSpecial },
    word: 0,
    halted: false,
  };
}

/**
 * Resolves loops, branches, registers, address generators and windows into issued operations. Both machines consume this
 * one stream, so control flow exists once. Nothing here knows time or energy.
 */
export function createSequencer(input: SequencerInput): Sequencer {
  const state = initialState(input);
  let sequence = 0;
  let trapped: Sequencer['trapped'];

  const step = (): IssuedOperation => {
    state.word = state.loops.leave(state.word);
    const instruction = input.instructions[state.word];
    if (instruction === undefined) throw new SequenceTrap('the program runs past its last word; want HALT');
    const operation = issue(state, instruction, sequence++);
    state.word = runControlWord(state, instruction);
    return operation;
  };

  return {
    get trapped() {
      return trapped;
    },
    next: () => {
      if (state.halted || trapped !== undefined) return undefined;
      try {
        return step();
      } catch (error) {
        if (!(error instanceof SequenceTrap)) throw error;
        trapped = { word: state.word, reason: error.message };
        return undefined;
      }
    },
  };
}
