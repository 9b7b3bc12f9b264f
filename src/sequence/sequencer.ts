import { type Mnemonic, instructions as table } from '../../isa/instructions.ts';
import type { Format } from '../../isa/limits.ts';
import type { Instruction } from '../isa/codec.ts';
import { readIntegerImmediate } from '../isa/immediates.ts';
import type { Region, RegionScope } from '../isa/program.ts';
import { type AccessRanges, createAccessRanges } from './access-ranges.ts';
import { runControlWord } from './control-words.ts';
import { createIntern, describeState } from './describe-state.ts';
import { extentsOf } from './extents.ts';
import { createGroupTable } from './group-table.ts';
import type { GroupCsrs, GroupShape, IssuedOperation } from './issued-operation.ts';
import { coverSkipped, loopPeriod, movedOn } from './loop-pattern.ts';
import { createLoopStack, type Loop } from './loop-stack.ts';
import { createRegionStack } from './region-stack.ts';
import { createRegisters } from './registers.ts';
import { resolveOperand } from './resolve-operand.ts';
import { movedRows, rowWalks } from './row-walks.ts';
import { createScopeWalk } from './scope-walk.ts';
import { type SequencerState, SequenceTrap } from './sequencer-state.ts';

/** What the sequencer needs to run a decoded program. */
export interface SequencerInput {
  readonly instructions: readonly Instruction[];
  readonly regions: readonly Region[];
  readonly scopes?: readonly RegionScope[] | undefined;
  readonly groupDefaults: GroupCsrs;
  readonly format: Format;
  /** Reads a special (loss, hits …); undefined where the run has no values, which traps a program that needs one. */
  readonly special: ((id: number) => number) | undefined;
  /** Resets a special. */
  readonly setSpecial?: (id: number, value: number) => void;
  /** Keep what `Sequencer.loops` needs: a run without values may leave out iterations. */
  readonly watchAccesses?: boolean;
}

/** What is left out, once or several times. */
export interface LoopRound {
  readonly iterations: number;
  /** Sequence numbers it takes: one an operation, and one for each scope opened or closed. */
  readonly numbers: number;
  /** See `LoopControl.rows`: at the start of the round. */
  readonly earlierRows: readonly number[];
}

/** What a machine needs to leave out iterations that would change nothing but a loop's counter. */
export interface LoopControl {
  /** The loop whose next iteration is about to begin; undefined anywhere else. */
  readonly crossed: Loop | undefined;
  /** Sequence number of the next operation. */
  readonly sequence: number;
  /** Appends the state of control flow, see `describeState`. */
  describe(loop: Loop, into: number[]): void;
  /** See `loopPeriod`. */
  period(loop: Loop, bankBytes: number): number | undefined;
  /** The rows that transfers are at. */
  rows(loop: Loop): readonly number[];
  /** An operation of the body as it would be so many rounds later, as far as its bytes go. Call before `skip`. */
  moved(loop: Loop, operation: IssuedOperation, rounds: number, round: LoopRound): IssuedOperation;
  /** Leaves out `rounds` times what ran since the rows were `earlierRows`. */
  skip(loop: Loop, rounds: number, round: LoopRound): void;
}

export interface Sequencer {
  /** The next operation in program order; undefined after HALT or a trap. */
  next(): IssuedOperation | undefined;
  readonly trapped: { readonly word: number; readonly reason: string } | undefined;
  /** Undefined unless the sequencer was asked to watch accesses. */
  readonly loops: LoopControl | undefined;
}

/** Mnemonics whose unit field names a group they work on. */
const usesGroup: ReadonlySet<Mnemonic> = new Set(
  (Object.keys(table) as Mnemonic[]).filter(
    (mnemonic) => table[mnemonic].unit === 'group' && table[mnemonic].class !== 'control',
  ),
);

function groupFor({ groups }: SequencerState, { mnemonic, unit }: Instruction): GroupShape | undefined {
  if (!usesGroup.has(mnemonic)) return undefined;
  const group = groups.get(unit);
  if (group === undefined) throw new SequenceTrap(`group W${unit} is used before GRP defines it`);
  return group;
}

/** The group XFR writes to; nothing for other instructions. */
function targetFor({ groups }: SequencerState, { mnemonic, b }: Instruction): GroupShape | undefined {
  if (mnemonic !== 'XFR') return undefined;
  const id = readIntegerImmediate(b.value);
  const target = groups.get(id);
  if (target === undefined) throw new SequenceTrap(`XFR writes to group W${id} before GRP defines it`);
  return target;
}

function issue(state: SequencerState, instruction: Instruction, sequence: number): IssuedOperation {
  const { mnemonic, fn, flags, unit, length } = instruction;
  const d = resolveOperand(state, instruction, 'd');
  const a = resolveOperand(state, instruction, 'a');
  const b = resolveOperand(state, instruction, 'b');
  const group = groupFor(state, instruction);
  const target = targetFor(state, instruction);
  const { format, rows, columns } = state.groups;
  const { layer, phase } = state.regions;
  const { word } = state;
  // Written out: copying objects here was a tenth of a run without values.
  const located = { mnemonic, fn, flags, length, d, a, b, group, format, rows, columns };
  const { reads, writes } = extentsOf(located);
  const issued = {
    mnemonic,
    fn,
    flags,
    unit,
    length,
    d,
    a,
    b,
    group,
    format,
    rows,
    columns,
    reads,
    writes,
    sequence,
    word,
    layer,
    phase,
  };
  return target === undefined ? issued : { ...issued, target };
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
  const ranges = input.watchAccesses ? createAccessRanges() : undefined;
  const scopes = createScopeWalk(input.scopes ?? [], (fn, region) => state.regions.mark(fn, region));
  let sequence = 0;
  let trapped: Sequencer['trapped'];

  const step = (): IssuedOperation => {
    const instruction = input.instructions[state.word];
    if (instruction === undefined) throw new SequenceTrap('the program runs past its last word; want HALT');
    const { word } = state;
    scopes.enter(word);
    const operation = issue(state, instruction, sequence++ + scopes.turns);
    ranges?.record(state, instruction, operation);
    state.word = state.loops.leave(runControlWord(state, instruction));
    scopes.leave(word, state.word);
    return operation;
  };

  const loopControl = (watched: AccessRanges): LoopControl => {
    const intern = createIntern();
    const walksOf = (loop: Loop) => rowWalks(input.instructions, state, loop);
    const rowsPerRound = (loop: Loop, { earlierRows }: LoopRound) =>
      walksOf(loop).map(({ register, rows }, at) => (state.registers.readInteger(register) - earlierRows[at]! + rows) % rows);
    return {
      get crossed() {
        return state.loops.crossed;
      },
      get sequence() {
        return sequence + scopes.turns;
      },
      describe: (loop, into) => describeState(state, loop, walksOf(loop), intern, into),
      rows: (loop) => walksOf(loop).map(({ register }) => state.registers.readInteger(register)),
      period: (loop, bankBytes) => loopPeriod(input.instructions, watched, loop, bankBytes),
      moved: (loop, operation, rounds, round) => {
        const { d } = input.instructions[operation.word]!;
        const inside = operation.word >= loop.start && operation.word < loop.end;
        const at = inside && d.kind === 'reg' ? walksOf(loop).findIndex(({ register }) => register === d.value) : -1;
        if (at < 0) return movedOn(input.instructions, watched, loop, operation, rounds * round.iterations);
        return movedRows(operation, walksOf(loop)[at]!, rounds * rowsPerRound(loop, round)[at]!);
      },
      skip: (loop, rounds, round) => {
        const { iterations, numbers } = round;
        const steps = rowsPerRound(loop, round);
        coverSkipped(input.instructions, watched, loop, rounds * iterations);
        state.loops.skip(loop, rounds * iterations);
        sequence += rounds * numbers;
        walksOf(loop).forEach(({ register, rows }, at) => {
          state.registers.writeInteger(register, (state.registers.readInteger(register) + rounds * steps[at]!) % rows);
        });
      },
    };
  };

  return {
    loops: ranges === undefined ? undefined : loopControl(ranges),
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
