import { instructions, type Mnemonic } from '../../isa/instructions.ts';
import type { ComponentName, CostTable, TimingParameters } from '../../src/chip/cost-table.ts';
import { actionNames } from '../../src/chip/cost-table.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import type { Region } from '../../src/isa/program.ts';
import { type Activity, idleActivity } from '../../src/sequence/activity.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import type { GroupCsrs, GroupShape, Interval, IssuedOperation, ResolvedOperand } from '../../src/sequence/issued-operation.ts';
import type { TimingOutcome } from '../../src/timing/outcome.ts';
import type { TimingRun } from '../../src/timing/run-timing.ts';
import { runTiming } from '../../src/timing/run-timing.ts';
import type { IssuedWord } from '../../src/timing/word.ts';

/** A chip like the 130 nm preset: 200 MHz, 8 x 8 tiles of 256 x 256 cells, 264 ns reads, 8 columns per 50 ns converter. */
export const chip130: TimingParameters = {
  clockHz: 200e6,
  gridRows: 8,
  gridColumns: 8,
  tileRows: 256,
  tileColumns: 256,
  readPs: 264_000,
  passes: 1,
  conversionPs: 50_000,
  adcMux: 8,
  adcIntegrates: false,
  spmBanks: 8,
  spmWidthBytes: 32,
  spmInterleaveBytes: 32,
  spmAccessCycles: 1,
  vectorUnits: 2,
  lanes: 16,
  vectorStartCycles: 4,
  tableCycles: 4,
  divideCycles: 8,
  accumulatorLanes: 16,
  flitBytes: 16,
  routerCycles: 2,
  linkCycles: 1,
  topology: 'mesh',
  concentration: 4,
  dmaChannels: 2,
  dmaSetupCycles: 10,
  dramBytesPerSecond: 12.8e9,
  dramLatencyPs: 80_000,
  queueDepth: 4,
  pulsePs: 1_000_000,
  verifyPs: 100_000,
  gapPs: 100_000,
  updateSetupPs: 100_000,
  bufferWidthBytes: 32,
  partialBytes: 2,
};

export const groupCsrs: GroupCsrs = {
  ...groupDefaults(chipPreset('cmo-130nm').description),
  inFormat: 'u8',
  outFormat: 'f32',
  inUnit: 1 / 255,
  boundManagement: 0,
  irDrop: 'off',
  programTolerance: 0.02,
  programLimit: 100,
};

/** A group just large enough for its matrix on `chip130`. */
export function group(id: number, rows: number, columns: number, change: Partial<GroupShape> = {}): GroupShape {
  const rowBlocks = Math.ceil(rows / 256);
  const columnBlocks = Math.ceil(columns / 128);
  const place = { firstTile: 0, rowBlocks, columnBlocks, replicas: 1, rowOffset: 0, columnOffset: 0, csrs: groupCsrs };
  return { id, rows, columns, ...place, ...change };
}

/** One joule more or less per action does not matter to order: every action costs its own small prime of femtojoules. */
export const costs: CostTable = {
  components: Object.entries(actionNames).map(([component, names], index) => ({
    component: component as ComponentName,
    actions: Object.fromEntries(names.map((name, at) => [name, (2 * index + at + 1) * 1e-15])),
    count: 1,
    area: 1e-9,
    leakage: 1e-6 * (index + 1),
    digital: component !== 'crossbar' && component !== 'adc',
  })),
  cellEnergyFactor: 1,
  clockTreeFraction: 0.25,
  totalArea: 1e-8,
  totalLeakage: 78e-6,
};

export const regions: readonly Region[] = [
  { id: 0, kind: 'phase', name: 'forward' },
  { id: 1, kind: 'layer', name: 'fc1' },
  { id: 2, kind: 'phase', name: 'update' },
];

export const spm = (address: number): ResolvedOperand => ({ kind: 'spm', address });
export const dram = (address: number): ResolvedOperand => ({ kind: 'dram', address });
export const value = (number: number): ResolvedOperand => ({ kind: 'value', value: number });
export const bytes = (from: number, count: number, space: Interval['space'] = 'spm'): Interval => ({
  space,
  from,
  to: from + count,
});

const none: ResolvedOperand = { kind: 'none' };

/** One operation; everything not given is empty. Sequence and word are set by `program`. */
export function operation(mnemonic: Mnemonic, change: Partial<IssuedOperation> = {}): IssuedOperation {
  const empty = { fn: 0, flags: 0, unit: 0, length: 0, d: none, a: none, b: none, group: undefined, reads: [], writes: [] };
  return { sequence: 0, word: 0, mnemonic, ...empty, format: 'f32', rows: 1, layer: 1, phase: 0, ...change };
}

export function mvm(
  shape: GroupShape,
  from: number,
  to: number,
  vectors: number,
  change: Partial<IssuedOperation> = {},
): IssuedOperation {
  const reads = [bytes(from, vectors * shape.rows)];
  const writes = [bytes(to, vectors * shape.columns * 4)];
  return operation('MVM', { group: shape, a: spm(from), d: spm(to), length: vectors, reads, writes, ...change });
}

export function vecAdd(from: number, to: number, elements: number, unit = 0): IssuedOperation {
  const reads = [bytes(from, elements * 4)];
  return operation('VEC', { fn: 0, a: spm(from), d: spm(to), length: elements, unit, reads, writes: [bytes(to, elements * 4)] });
}

export function load(from: number, to: number, count: number, unit = 0): IssuedOperation {
  const reads = [bytes(from, count, 'dram')];
  return operation('DLD', { a: dram(from), d: spm(to), length: count, unit, reads, writes: [bytes(to, count)] });
}

export const halt = operation('HALT', { a: value(0) });
export const fence = operation('FENCE');
export const flag = (bit: number): number => 1 << bit;
export const accumulate = flag(instructions.MVM.flags.ACC.bit);

export type Step = IssuedOperation | readonly [IssuedOperation, Partial<Activity>];

/** Steps as the sequencer would yield them, numbered in order. */
export function program(steps: readonly Step[]): IssuedWord[] {
  return steps.map((step, sequence) => {
    const [bare, activity] = Array.isArray(step)
      ? (step as readonly [IssuedOperation, Partial<Activity>])
      : [step as IssuedOperation, {}];
    return { operation: { ...bare, sequence, word: sequence }, activity: { ...idleActivity, ...activity } };
  });
}

export function sourceOf(words: readonly IssuedWord[]): { next(): IssuedWord | undefined } {
  let at = 0;
  return { next: () => words[at++] };
}

export function time(
  steps: readonly Step[],
  parameters: TimingParameters = chip130,
  options: Partial<TimingRun> = {},
): TimingOutcome {
  return runTiming({ parameters, costs, regions, source: sourceOf(program(steps)), ...options });
}

export function unitUse(outcome: TimingOutcome, unit: string) {
  const found = outcome.units.find((use) => use.unit === unit);
  if (found === undefined)
    throw new RangeError(`unit is ${unit}; want one of ${outcome.units.map((use) => use.unit).join(', ')}`);
  return found;
}
