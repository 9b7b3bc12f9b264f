import { chipHash } from '../chip/chip-hash.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import type { Program } from '../isa/program.ts';
import type { Machine } from '../machine/machine.ts';
import { buildReport } from './build-report.ts';
import { type CalibrationExtent, createCalibrationMeter } from './calibration-meter.ts';
import type { Manifest } from './manifest.ts';
import { mergeTimings } from './merge-timings.ts';
import { programHash } from './program-hash.ts';
import type { Progress } from './progress.ts';
import type { Report } from './report.ts';
import { emptyTotals, type Fidelity, type InstanceRun } from './run-instance.ts';
import { ownWork, type SharedWork, sharedDevice } from './shared-work.ts';
import { timingDeviation } from './training-deviation.ts';
import { epochReports } from './training-report.ts';
import { createTrainingRun, type LearntState, learntState, type TrainingPass, type TrainingRunInput } from './training-run.ts';
import { enduranceReport } from './training-wear.ts';
import { version } from './version.ts';
import { runWarnings } from './warnings.ts';

export interface TrainingOptions {
  readonly fidelity?: Fidelity;
  readonly seed?: number;
  readonly progress: Progress;
  /** Milliseconds, for the wall time in `run`. */
  readonly now: () => number;
  /** Measure that much of the run with values, for what its program says about runs without. */
  readonly calibrate?: CalibrationExtent | undefined;
  /** Work in common with other runs; absent: this run does its own. */
  readonly shared?: SharedWork;
}

/** Everything a training run needs to go on where another stopped. Plain data with typed arrays. */
export interface SavedTraining {
  readonly version: string;
  readonly programHash: string;
  readonly fidelity: Fidelity;
  readonly seed: number;
  readonly passes: readonly TrainingPass[];
  readonly machine: ReturnType<Machine['save']> | undefined;
  readonly learnt: LearntState | undefined;
}

/** A training program on one chip, pass by pass. */
export interface TrainingSimulation {
  /** Runs the next pass; false when there is none. */
  step(): boolean;
  readonly passes: readonly TrainingPass[];
  save(): SavedTraining;
  /** RangeError when it belongs to another program or version. */
  restore(saved: SavedTraining): void;
  report(): Report;
  /** The program, with what the run has measured once it is over. */
  readonly program: Program;
  /** Present once training is over, in runs with values. */
  readonly learnt: LearntState | undefined;
}

const notes = (pass: TrainingPass): string =>
  pass.training === undefined || pass.test === undefined
    ? pass.kind
    : `loss ${(pass.training.loss / pass.training.count).toFixed(4)}, test accuracy ${((100 * pass.test.hits) / pass.test.count).toFixed(2)} %`;

export function createTrainingSimulation(program: Program, manifest: Manifest, options: TrainingOptions): TrainingSimulation {
  const start = options.now();
  const { chip } = manifest;
  const fidelity = options.fidelity ?? 'full';
  const seed = options.seed ?? manifest.seed;
  const device = sharedDevice(chip, options.shared ?? ownWork);
  const meter = options.calibrate && createCalibrationMeter(program, options.calibrate);
  const input: TrainingRunInput = {
    ...{ program, manifest, chip, device, fidelity, seed, chipSeed: manifest.chipSeeds[0] ?? 1 },
    ...{ parameters: timingParameters(chip, device), costs: costTableOf(chip), meter },
  };
  const run = createTrainingRun(input);
  const passes: TrainingPass[] = [];
  const epochs = manifest.training?.epochs ?? 0;
  const total = 1 + epochs + manifest.ages.length - 1;
  const stage = options.progress.stage(`train on the chip, ${epochs} epoch${epochs === 1 ? '' : 's'}`, total);
  let known: string | undefined;
  /** Made when first asked for: it goes through all data. */
  const hash = (): string => (known ??= hashBeside(program, manifest));
  let learnt: LearntState | undefined;
  let isOver = false;

  /** What there is to say once the run is over: its measurements are part of the program. */
  const finished = (): TrainingRunInput => {
    const halted = isOver && passes.every(({ ending }) => ending.ended === 'halted');
    if (meter === undefined || !halted || manifest.training === undefined) return input;
    const measured = { ...manifest, training: { ...manifest.training, calibration: meter.measured() } };
    return { ...input, meter: undefined, manifest: measured, program: { ...program, manifest: measured } };
  };

  return {
    passes,
    get program() {
      return finished().program;
    },
    get learnt() {
      return learnt;
    },
    step() {
      const pass = run.next();
      if (pass === undefined) {
        isOver = true;
        stage.done(
          passes
            .filter(({ kind }) => kind === 'epoch')
            .map(notes)
            .at(-1),
        );
        return false;
      }
      passes.push(pass);
      if (run.machine !== undefined && passes.length === 1 + epochs) learnt = learntState(run.machine, program, manifest);
      stage.update(passes.length, notes(pass));
      return true;
    },
    save: () => ({ version, programHash: hash(), fidelity, seed, passes: [...passes], machine: run.machine?.save(), learnt }),
    restore(saved) {
      const wrong = (['version', 'programHash', 'fidelity', 'seed'] as const).find(
        (key) => saved[key] !== { version, programHash: hash(), fidelity, seed }[key],
      );
      if (wrong !== undefined) throw new RangeError(`${wrong} is ${saved[wrong]}; want that of this run`);
      if (run.machine !== undefined && saved.machine !== undefined) run.machine.restore(saved.machine);
      run.skip(saved.passes.length);
      passes.push(...saved.passes);
      learnt = saved.learnt;
    },
    report: () => reportOf(finished(), passes, run.machine, (options.now() - start) / 1000),
  };
}

/** Digest of a program whatever was measured of it: a run that goes on has measured beforehand, the run it goes on from had not. */
const hashBeside = (program: Program, { training, ...manifest }: Manifest): string =>
  programHash({ ...program, manifest: { ...manifest, training: { ...training, calibration: undefined } } });

/** The passes as one run of one chip; accuracy is that after training and at each age. */
function asInstance(passes: readonly TrainingPass[]): InstanceRun {
  const timings = passes.flatMap(({ timing }) => (timing === undefined ? [] : [timing]));
  const totals = emptyTotals();
  for (const pass of passes) for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += pass.totals[key];
  const last = passes.filter(({ kind }) => kind === 'epoch').at(-1)?.test;
  const aged = passes.filter(({ kind }) => kind === 'age').flatMap(({ test }) => (test === undefined ? [] : [test]));
  return {
    ending: passes.at(-1)?.ending ?? { ended: 'halted', exitCode: 0 },
    snapshots: [...(last === undefined ? [] : [last]), ...aged],
    totals,
    timing: timings.length === 0 ? undefined : mergeTimings(timings),
    scratchpad: undefined,
  };
}

function reportOf(
  input: TrainingRunInput,
  passes: readonly TrainingPass[],
  machine: Machine | undefined,
  wallSeconds: number,
): Report {
  const { program, manifest, chip, fidelity, seed, costs, device } = input;
  const runs = [asInstance(passes)];
  const training = manifest.training!;
  const report = buildReport({
    name: manifest.name,
    ...{ fidelity, program, manifest, chip, assumptions: manifest.assumptions, costs, runs, seed, version, wallSeconds },
    ...{
      chipSeeds: manifest.chipSeeds.slice(0, 1),
      programHash: programHash(program),
      chipHash: chipHash(chip),
      device: device.kind,
    },
    warnings: [...manifest.warnings, ...runWarnings(program, chip, runs, fidelity)],
  });
  const deviation = fidelity === 'full' ? timingDeviation(input, passes) : undefined;
  return {
    ...report,
    training: {
      ...{ algorithm: training.algorithm, batch: training.batch, learningRate: training.learningRate },
      samplesPerEpoch: training.samples,
      ...(training.calibration === undefined ? {} : { calibrationSamples: training.calibration.samples }),
      epochs: epochReports(passes, program.regions, training, device.pulsed?.endurance ?? 0),
      endurance: machine === undefined ? [] : enduranceReport(machine, training.layers, device.pulsed?.endurance ?? 0),
      ...(deviation === undefined ? {} : { timingDeviation: deviation }),
    },
  };
}
