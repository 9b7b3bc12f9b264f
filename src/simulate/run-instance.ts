import type { CostTable, TimingParameters } from '../chip/cost-table.ts';
import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Instruction } from '../isa/instruction.ts';
import type { Program } from '../isa/program.ts';
import type { EvaluationResult } from '../machine/context.ts';
import { createMachine, type Machine } from '../machine/machine.ts';
import { Trap } from '../machine/trap.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Activity } from '../sequence/activity.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { createSequencer } from '../sequence/sequencer.ts';
import type { Ending, TimingOutcome } from '../timing/outcome.ts';
import { runTiming } from '../timing/run-timing.ts';
import type { Trace } from '../timing/trace.ts';
import { createDeclaredActivity } from './declared-activity.ts';
import type { GroupStatistics } from './manifest.ts';

export type Fidelity = 'full' | 'values' | 'timing';

export interface InstanceInput {
  readonly program: Program;
  /** The words of the program where they are decoded already. */
  readonly instructions?: readonly Instruction[];
  readonly chip: ChipDescription;
  readonly device: CellModel;
  readonly fidelity: Fidelity;
  readonly seed: number;
  readonly chipSeed: number;
  readonly parameters: TimingParameters;
  readonly costs: CostTable;
  readonly declared: readonly GroupStatistics[];
  /** Loop replay of runs without values; default true. The outcome is the same without. */
  readonly replay?: boolean;
  /** Sees the life of every word; loops are then not replayed. */
  readonly trace?: Trace;
  /** Called now and then with the operations issued so far. */
  readonly onOperations?: (count: number) => void;
}

/** Sums of the activity records of one run. */
export interface ActivityTotals {
  saturations: number;
  retries: number;
  pulses: number;
  verifyReads: number;
  failedCells: number;
  instructions: number;
  /** Multiply-accumulates of MVM and MVT words, by the logical matrix. */
  macs: number;
}

export interface InstanceRun {
  readonly ending: Ending;
  readonly snapshots: readonly EvaluationResult[];
  readonly totals: ActivityTotals;
  readonly timing: TimingOutcome | undefined;
  /** Copies scratchpad bytes as the program left them; undefined without values. */
  readonly scratchpad: ((address: number, bytes: number) => Uint8Array) | undefined;
}

const operationsPerNote = 1024;

export const emptyTotals = (): ActivityTotals => ({
  saturations: 0,
  retries: 0,
  pulses: 0,
  verifyReads: 0,
  failedCells: 0,
  instructions: 0,
  macs: 0,
});

export function addActivity(totals: ActivityTotals, { mnemonic, group, length }: IssuedOperation, activity: Activity): void {
  totals.instructions += 1;
  totals.saturations += activity.saturations;
  totals.pulses += activity.pulses;
  totals.verifyReads += activity.verifyReads;
  totals.failedCells += activity.failedCells;
  if (activity.retries !== undefined) for (const retries of activity.retries) totals.retries += retries;
  if (group !== undefined && (mnemonic === 'MVM' || mnemonic === 'MVT')) totals.macs += length * group.rows * group.columns;
}

export function totalsAsSums(totals: ActivityTotals) {
  const keys = Object.keys(totals) as (keyof ActivityTotals)[];
  return {
    read: () => keys.map((key) => totals[key]),
    add: (delta: readonly number[], times: number) =>
      keys.forEach((key, at) => {
        totals[key] += times * delta[at]!;
      }),
  };
}

/**
 * Runs one chip instance through the program: the sequencer resolves the words, the machine gives each its values, the
 * timing machine its time. At `timing` fidelity declared statistics stand in for the values; at `values` no time passes.
 */
export function runInstance(input: InstanceInput): InstanceRun {
  const { program, chip, device, fidelity, seed, chipSeed } = input;
  const machine: Machine | undefined =
    fidelity === 'timing' ? undefined : createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed });
  const declared = createDeclaredActivity(chip, device, input.declared);
  const sequencer = createSequencer({
    instructions: input.instructions ?? decodeProgram(program.words),
    regions: program.regions,
    scopes: program.scopes,
    groupDefaults: groupDefaults(chip),
    format: chip.vector.format,
    special: machine?.special,
    watchAccesses: machine === undefined,
    ...(machine === undefined ? {} : { setSpecial: machine.setSpecial }),
  });
  const totals = emptyTotals();
  let trap: Ending | undefined;
  let exitCode = 0;

  const next = (): { operation: IssuedOperation; activity: Activity } | undefined => {
    const operation = sequencer.next();
    if (operation === undefined) return undefined;
    try {
      const activity = machine === undefined ? declared(operation) : machine.execute(operation);
      addActivity(totals, operation, activity);
      if (operation.mnemonic === 'HALT' && operation.a.kind === 'value') exitCode = operation.a.value;
      if (totals.instructions % operationsPerNote === 0) input.onOperations?.(totals.instructions);
      return { operation, activity };
    } catch (error) {
      if (!(error instanceof Trap)) throw error;
      trap = { ended: 'trapped', word: operation.word, reason: error.reason };
      return undefined;
    }
  };

  let timing: TimingOutcome | undefined;
  if (fidelity === 'values') while (next() !== undefined);
  else {
    // Declared activity does not depend on addresses, so whole iterations may be added to the totals.
    const source = { next, loops: sequencer.loops, sums: totalsAsSums(totals) };
    timing = runTiming({
      parameters: input.parameters,
      costs: input.costs,
      regions: program.regions,
      source,
      ...(input.trace === undefined ? {} : { trace: input.trace }),
      replay: input.trace === undefined && (input.replay ?? true),
    });
  }
  if (sequencer.trapped !== undefined) trap = { ended: 'trapped', ...sequencer.trapped };
  const ending = trap ?? timing?.ending ?? { ended: 'halted', exitCode };
  return { ending, snapshots: machine?.results ?? [], totals, timing, scratchpad: machine?.readSpm };
}
