import type { CostTable, TimingParameters } from '../chip/cost-table.ts';
import type { ChipDescription } from '../chip/description.ts';
import { trainingRegions } from '../compiler/training/training-program.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import type { EvaluationResult } from '../machine/context.ts';
import { createMachine, type Machine } from '../machine/machine.ts';
import { Trap } from '../machine/trap.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { createSequencer, type Sequencer } from '../sequence/sequencer.ts';
import { functionCode } from '../sequence/table-lookup.ts';
import type { Ending, TimingOutcome } from '../timing/outcome.ts';
import { runTiming } from '../timing/run-timing.ts';
import type { CalibrationMeter } from './calibration-meter.ts';
import type { Manifest } from './manifest.ts';
import { type ActivityTotals, addActivity, emptyTotals, type Fidelity, totalsAsSums } from './run-instance.ts';
import { createTrainingActivity } from './training-declared.ts';
import { shuffleTraining } from './training-order.ts';
import { type Wear, wearOf } from './training-wear.ts';

export interface TrainingRunInput {
  readonly program: Program;
  readonly manifest: Manifest;
  readonly chip: ChipDescription;
  readonly device: CellModel;
  readonly fidelity: Fidelity;
  /** Loop replay of runs without values; default true. The outcome is the same without. */
  readonly replay?: boolean;
  readonly seed: number;
  readonly chipSeed: number;
  readonly parameters: TimingParameters;
  readonly costs: CostTable;
  /** Measures the activity of a run with values. */
  readonly meter?: CalibrationMeter | undefined;
}

/** One part of a training program between instants when the chip is idle: set-up, an epoch with its test, an ageing with its test. */
export interface TrainingPass {
  readonly kind: 'set-up' | 'epoch' | 'age';
  /** Scores by name of the evaluation region; absent without values. */
  readonly training: EvaluationResult | undefined;
  readonly test: EvaluationResult | undefined;
  readonly totals: ActivityTotals;
  readonly timing: TimingOutcome | undefined;
  readonly ending: Ending;
  /** Of the cells at the end of an epoch; absent without values. */
  readonly wear?: Wear;
}

/** A training run that goes pass by pass, so that it can be watched, saved and continued. */
export interface TrainingRun {
  /** Undefined when the program has ended. */
  next(): TrainingPass | undefined;
  /** Leaves out passes that an earlier run has made; the machine must then be restored. */
  skip(passes: number): void;
  readonly machine: Machine | undefined;
}

/** What the chip knows when training is over, before it ages: weights by group, and all biases in layer order. */
export interface LearntState {
  readonly weights: ReadonlyMap<number, Float32Array>;
  readonly biases: Float32Array;
}

/** Takes the learnt state out of the machine: the host reads it without cost or noise. */
export function learntState(machine: Machine, { symbols }: Program, { training }: Manifest): LearntState {
  const area = symbols.find(({ name, space }) => name === 'biases' && space === 'spm');
  return {
    weights: new Map((training?.layers ?? []).map(({ group }) => [group, machine.weights(group)])),
    biases: area === undefined ? new Float32Array(0) : new Float32Array(machine.readSpm(area.address, area.bytes).buffer),
  };
}

const setupPass = 0;

export function createTrainingRun(input: TrainingRunInput): TrainingRun {
  const { program, chip, device, fidelity, seed, chipSeed, manifest } = input;
  const machine =
    fidelity === 'timing' ? undefined : createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed });
  const declared = createTrainingActivity(chip, device, manifest);
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    scopes: program.scopes,
    ...{ format: chip.vector.format, special: machine?.special, watchAccesses: machine === undefined },
    ...(machine === undefined ? {} : { setSpecial: machine.setSpecial }),
  });
  const boundary = createBoundary(program);
  const epochs = manifest.training?.epochs ?? 0;
  let passes = 0;
  let ended = false;

  const kindOf = (pass: number): TrainingPass['kind'] => (pass === setupPass ? 'set-up' : pass <= epochs ? 'epoch' : 'age');

  return {
    machine,
    skip(count) {
      for (; passes < count; passes++) skipPass(sequencer, boundary);
    },
    next() {
      if (ended) return undefined;
      const pass = passes++;
      if (machine !== undefined && pass > setupPass + 1 && pass <= epochs)
        shuffleTraining(machine, program, manifest.training!, pass - 1);
      const activity = declared(Math.min(Math.max(0, pass - 1), epochs - 1));
      const made = runPass(input, { machine, sequencer, declared: activity, boundary });
      ended = made.last;
      const kind = kindOf(pass);
      if (machine === undefined || kind !== 'epoch' || made.pass.ending.ended !== 'halted') return { ...made.pass, kind };
      return { ...made.pass, kind, wear: wearOf(machine, manifest.training!.layers) };
    },
  };
}

/** Tells where a pass ends: before the first epoch begins, and at the end of every epoch. */
function createBoundary({ regions }: Program) {
  const id = regions.find(({ kind, name }) => kind === 'evaluation' && name === trainingRegions.epoch)?.id;
  const begin = functionCode('MARK', 'begin');
  const end = functionCode('MARK', 'end');
  let begun = false;
  return (operation: IssuedOperation): boolean => {
    if (operation.mnemonic !== 'MARK' || operation.a.kind !== 'value' || operation.a.value !== id) return false;
    const first = !begun && operation.fn === begin;
    begun ||= first;
    return first || operation.fn === end;
  };
}

type Boundary = ReturnType<typeof createBoundary>;

function skipPass(sequencer: Sequencer, boundary: Boundary): void {
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) if (boundary(operation)) return;
}

interface PassParts {
  readonly machine: Machine | undefined;
  readonly sequencer: Sequencer;
  readonly declared: (operation: IssuedOperation) => Activity;
  readonly boundary: Boundary;
}

/** The word that ends a pass for the timing machine: it waits for everything in flight, as the end of a program does. */
const halt = (operation: IssuedOperation) => ({
  operation: { ...operation, mnemonic: 'HALT', a: { kind: 'none' }, fn: 0, flags: 0 } as const,
  activity: idleActivity,
});

function runPass(
  input: TrainingRunInput,
  parts: PassParts,
): { readonly pass: Omit<TrainingPass, 'kind'>; readonly last: boolean } {
  const { machine, sequencer, declared, boundary } = parts;
  const totals = emptyTotals();
  const scores = machine?.results.length ?? 0;
  let trap: Ending | undefined;
  let end: IssuedOperation | undefined;
  let last = false;

  const next = () => {
    if (end !== undefined) return halt(end);
    const operation = sequencer.next();
    if (operation === undefined) {
      last = true;
      return undefined;
    }
    try {
      input.meter?.reach(operation);
      const activity = machine === undefined ? declared(operation) : machine.execute(operation);
      input.meter?.add(operation, activity);
      addActivity(totals, operation, activity);
      if (operation.mnemonic === 'HALT') last = true;
      if (boundary(operation)) end = operation;
      return { operation, activity };
    } catch (error) {
      if (!(error instanceof Trap)) throw error;
      trap = { ended: 'trapped', word: operation.word, reason: error.reason };
      last = true;
      return undefined;
    }
  };

  const timing = input.fidelity === 'values' ? undefined : runPassTiming(input, parts, next, totals);
  if (timing === undefined) while (end === undefined && next() !== undefined);
  if (sequencer.trapped !== undefined) trap = { ended: 'trapped', ...sequencer.trapped };
  const ending = trap ?? timing?.ending ?? { ended: 'halted', exitCode: 0 };
  const results = machine?.results.slice(scores) ?? [];
  const score = (name: string): EvaluationResult | undefined => {
    const id = input.program.regions.find((region) => region.kind === 'evaluation' && region.name === name)?.id;
    return results.find(({ region, count }) => region === id && count > 0);
  };
  return {
    pass: { training: score(trainingRegions.training), test: score(trainingRegions.testSet), totals, timing, ending },
    last: last || ending.ended !== 'halted',
  };
}

function runPassTiming(
  { parameters, costs, program, replay }: TrainingRunInput,
  { sequencer }: PassParts,
  next: () => ReturnType<typeof halt> | { operation: IssuedOperation; activity: Activity } | undefined,
  totals: ActivityTotals,
): TimingOutcome {
  const source = { next, loops: sequencer.loops, sums: totalsAsSums(totals) };
  return runTiming({ parameters, costs, regions: program.regions, source, replay: replay ?? true });
}
