import type { GroupShape } from '../sequence/issued-operation.ts';
import type { EvaluationResult, MachineContext, Specials } from './context.ts';
import type { DramPage } from './dram.ts';
import { groupForProgramming } from './group-state.ts';
import { type PulsedSave, restorePulsed, savePulsed } from './pulsed-save.ts';
import type { CellArray, GroupState, Trim } from './state.ts';

/** One group of a saved machine. */
export interface GroupSave {
  readonly shape: GroupShape;
  readonly event: number;
  readonly programmedAt: number;
  readonly meanShift: number;
  readonly drift: GroupState['drift'];
  readonly overwrittenBy: number | undefined;
  readonly range: GroupState['range'];
  readonly trims: readonly (readonly [string, Trim])[];
  /** Written siemens of the cell arrays, the reference columns last. */
  readonly writtenS: readonly Float32Array[];
  readonly targets: Float32Array;
  readonly pulsed: PulsedSave | undefined;
}

/** A machine between two instructions: plain objects and typed arrays, ready to be structured-cloned or written to a file. */
export interface MachineState {
  readonly scratchpad: Uint8Array;
  readonly dram: readonly DramPage[];
  readonly groups: readonly GroupSave[];
  readonly specials: Specials;
  readonly results: readonly EvaluationResult[];
  readonly ageSeconds: number;
}

const arraysOf = (state: GroupState): readonly CellArray[] =>
  state.reference === undefined ? state.cells : [...state.cells, state.reference];

function saveGroup(context: MachineContext, state: GroupState): GroupSave {
  const { kernels } = context;
  const { shape, event, programmedAt, meanShift, drift, overwrittenBy, range, trims } = state;
  return {
    ...{ shape, event, programmedAt, meanShift, drift, overwrittenBy, range },
    trims: [...trims].map(([key, { offset, gain }]) => [key, { offset: offset.slice(), gain: gain.slice() }] as const),
    writtenS: arraysOf(state).map(({ writtenS, rows, columns }) => kernels.f32(writtenS, rows * columns).slice()),
    targets: kernels.f32(state.targets, state.layout.rows * state.layout.columns).slice(),
    pulsed: state.pulsed === undefined ? undefined : savePulsed(context, state),
  };
}

function restoreGroup(context: MachineContext, saved: GroupSave): void {
  const { kernels } = context;
  const state = groupForProgramming(context, saved.shape);
  state.event = saved.event;
  state.programmedAt = saved.programmedAt;
  state.meanShift = saved.meanShift;
  state.drift = saved.drift;
  state.overwrittenBy = saved.overwrittenBy;
  state.range = saved.range;
  state.trims.clear();
  for (const [key, { offset, gain }] of saved.trims) state.trims.set(key, { offset: offset.slice(), gain: gain.slice() });
  for (const [i, array] of arraysOf(state).entries())
    kernels.f32(array.writtenS, array.rows * array.columns).set(saved.writtenS[i]!);
  kernels.f32(state.targets, saved.targets.length).set(saved.targets);
  state.seconds = undefined;
  state.version++;
  if (saved.pulsed !== undefined) restorePulsed(context, state, saved.pulsed);
}

/** Copies everything that later results depend on. */
export function saveMachine(context: MachineContext): MachineState {
  const { kernels, scratchpad, dram, groups, specials, results, ageSeconds } = context;
  return {
    scratchpad: kernels.u8(scratchpad.base, scratchpad.bytes).slice(),
    dram: dram.writtenPages(),
    groups: [...groups.values()].map((state) => saveGroup(context, state)),
    specials: { ...specials },
    results: [...results],
    ageSeconds,
  };
}

/** Puts a saved state back; the machine must have been created with the same options. */
export function restoreMachine(context: MachineContext, state: MachineState): void {
  const { kernels, scratchpad } = context;
  if (state.scratchpad.length !== scratchpad.bytes)
    throw new RangeError(`saved scratchpad has ${state.scratchpad.length} bytes; want ${scratchpad.bytes}`);
  kernels.u8(scratchpad.base, scratchpad.bytes).set(state.scratchpad);
  context.dram.restorePages(state.dram);
  for (const group of state.groups) restoreGroup(context, group);
  Object.assign(context.specials, state.specials);
  context.results.splice(0, context.results.length, ...state.results);
  context.ageSeconds = state.ageSeconds;
}
