import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { Peers } from '../sequence/message-box.ts';
import { ageCells } from './age-cells.ts';
import type { EvaluationResult, MachineContext } from './context.ts';
import { dispatch } from './dispatch.ts';
import { createDram, type DramImage } from './dram.ts';
import { type Endurance, enduranceOf } from './endurance.ts';
import { heldWeights } from './held-weights.ts';
import { type MachineState, restoreMachine, saveMachine } from './machine-state.ts';
import { createScratchpad } from './memory.ts';
import { createSpecials, specialName } from './specials.ts';

export interface MachineOptions {
  readonly chip: ChipDescription;
  readonly device: CellModel;
  /** Its memory grows by the scratchpad and the groups; nothing allocated by the machine is freed before the kernels are. */
  readonly kernels: Kernels;
  readonly program: Program;
  /** Whole number 0 … 2^53 - 1: per-read noise. */
  readonly seed: number;
  /** Whole number 0 … 2^53 - 1: everything that belongs to one chip instance. */
  readonly chipSeed: number;
  /** Other controllers it exchanges messages with. */
  readonly peers?: Peers;
  /** A memory that several machines share, with the data of all their programs; absent: one of its own. */
  readonly dram?: DramImage;
}

/** WHAT a program computes. It never learns of time or energy, except that it says what its cells drew. */
export interface Machine {
  /** Values of one operation; operations must come in program order. Throws Trap where the program cannot go on. */
  execute(op: IssuedOperation): Activity;
  /** Counter behind a special register id (isa/limits.ts, registerIds). */
  special(id: number): number;
  setSpecial(id: number, value: number): void;
  /** Copies of memory. */
  readSpm(address: number, bytes: number): Uint8Array;
  readDram(address: number, bytes: number): Uint8Array;
  /** Host access, for tests and validation: no instruction, no cost. */
  writeSpm(address: number, bytes: Uint8Array): void;
  writeDram(address: number, bytes: Uint8Array): void;
  /** Copies of a group's conductances at the present device age, S: slice by slice and device by device, logical rows x columns. */
  conductances(groupId: number): readonly Float32Array[];
  /** Copy of the weights a group holds at the present device age, weight units, logical rows x columns; without read noise. */
  weights(groupId: number): Float32Array;
  /** Pulses the cells of a group have taken so far, and the most of any; 0 before it can be pulsed. */
  endurance(groupId: number): Endurance;
  /** Everything later results depend on, as plain objects and copied typed arrays. */
  save(): MachineState;
  /** Continues from a state saved by a machine of the same options: later results have the same bytes. */
  restore(state: MachineState): void;
  readonly ageSeconds: number;
  /** Snapshots taken at the ends and points of evaluation regions, in program order. */
  readonly results: readonly EvaluationResult[];
}

export function createMachine(options: MachineOptions): Machine {
  const { chip, kernels, program, dram } = options;
  const context: MachineContext = {
    ...options,
    scratchpad: createScratchpad(kernels, chip.scratchpad.bytes),
    dram: dram ?? createDram(program.data),
    groups: new Map(),
    specials: createSpecials(),
    results: [],
    ageSeconds: 0,
  };
  return {
    execute: (op) => dispatch(context, op),
    special: (id) => context.specials[specialName(id)],
    setSpecial: (id, value) => {
      context.specials[specialName(id)] = value;
    },
    readSpm: (address, bytes) => spmBytes(context, address, bytes).slice(),
    writeSpm: (address, bytes) => spmBytes(context, address, bytes.length).set(bytes),
    writeDram: (address, bytes) => context.dram.write(address, bytes),
    readDram: (address, bytes) => {
      const out = new Uint8Array(bytes);
      context.dram.read(address, out);
      return out;
    },
    conductances: (groupId) => conductances(context, groupId),
    weights: (groupId) => heldWeights(context, groupId),
    endurance: (groupId) => enduranceOf(context, groupId),
    save: () => saveMachine(context),
    restore: (state) => restoreMachine(context, state),
    get ageSeconds() {
      return context.ageSeconds;
    },
    results: context.results,
  };
}

function spmBytes(context: MachineContext, address: number, bytes: number): Uint8Array {
  const { base, bytes: size } = context.scratchpad;
  if (address < 0 || address + bytes > size)
    throw new RangeError(`address is ${address}; want ${bytes} bytes inside the ${size} of the scratchpad`);
  return context.kernels.u8(base + address, bytes);
}

function conductances(context: MachineContext, groupId: number): readonly Float32Array[] {
  const state = context.groups.get(groupId);
  if (state === undefined) throw new RangeError(`group is ${groupId}; want one that PRG has programmed`);
  ageCells(context, state, state.shape.csrs.driftOn);
  return state.cells.map((array) => context.kernels.f32(array.nowS, array.rows * array.columns).slice());
}
