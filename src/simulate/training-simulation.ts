import { chipDevice } from '../chip/chip-device.ts';
import { chipHash } from '../chip/chip-hash.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import type { Program } from '../isa/program.ts';
import type { Machine } from '../machine/machine.ts';
import { buildReport } from './build-report.ts';
import type { Manifest } from './manifest.ts';
import { mergeTimings } from './merge-timings.ts';
import { programHash } from './program-hash.ts';
import type { Progress } from './progress.ts';
import type { Report } from './report.ts';
import { emptyTotals, type Fidelity, type InstanceRun } from './run-instance.ts';
import { timingDeviation } from './training-deviation.ts';
import { type EnduranceReport, epochReports } from './training-report.ts';
import { createTrainingRun, type LearntState, learntState, type TrainingPass, type TrainingRunInput } from './training-run.ts';
import { version } from './version.ts';
import { runWarnings } from './warnings.ts';

export interface TrainingOptions {
  readonly fidelity?: Fidelity;
  readonly seed?: number;
  readonly progress: Progress;
  /** Milliseconds, for the wall time in `run`. */
  readonly now: () => number;
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
  const device = chipDevice(chip);
  const input: TrainingRunInput = {
    ...{ program, manifest, chip, device, fidelity, seed, chipSeed: manifest.chipSeeds[0] ?? 1 },
    ...{ parameters: timingParameters(chip, device), costs: costTableOf(chip) },
  };
  const run = createTrainingRun(input);
  const passes: TrainingPass[] = [];
  const epochs = manifest.training?.epochs ?? 0;
  const total = 1 + epochs + manifest.ages.length - 1;
  const stage = options.progress.stage(`train on the chip, ${epochs} epoch${epochs === 1 ? '' : 's'}`, total);
  const hash = programHash(program);
  let learnt: LearntState | undefined;

  return {
    passes,
    get learnt() {
      return learnt;
    },
    step() {
      const pass = run.next();
      if (pass === undefined) {
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
    save: () => ({ version, programHash: hash, fidelity, seed, passes: [...passes], machine: run.machine?.save(), learnt }),
    restore(saved) {
      const wrong = (['version', 'programHash', 'fidelity', 'seed'] as const).find(
        (key) => saved[key] !== { version, programHash: hash, fidelity, seed }[key],
      );
      if (wrong !== undefined) throw new RangeError(`${wrong} is ${saved[wrong]}; want that of this run`);
      if (run.machine !== undefined && saved.machine !== undefined) run.machine.restore(saved.machine);
      run.skip(saved.passes.length);
      passes.push(...saved.passes);
      learnt = saved.learnt;
    },
    report: () => reportOf(input, passes, run.machine, hash, (options.now() - start) / 1000),
  };
}

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
  hash: string,
  wallSeconds: number,
): Report {
  const { program, manifest, chip, fidelity, seed, costs, device } = input;
  const runs = [asInstance(passes)];
  const training = manifest.training!;
  const report = buildReport({
    name: manifest.name,
    ...{ fidelity, program, manifest, chip, assumptions: manifest.assumptions, costs, runs, seed, version, wallSeconds },
    ...{ chipSeeds: manifest.chipSeeds.slice(0, 1), programHash: hash, chipHash: chipHash(chip), device: device.kind },
    warnings: [...manifest.warnings, ...runWarnings(program, chip, runs, fidelity)],
  });
  const deviation = fidelity === 'full' ? timingDeviation(input, passes) : undefined;
  return {
    ...report,
    training: {
      ...{ algorithm: training.algorithm, batch: training.batch, learningRate: training.learningRate },
      samplesPerEpoch: training.samples,
      ...(training.calibration === undefined ? {} : { calibrationSamples: training.calibration.samples }),
      epochs: epochReports(passes, program.regions, training),
      endurance: machine === undefined ? [] : enduranceReport(machine, training.layers, device.pulsed?.endurance ?? 0),
      ...(deviation === undefined ? {} : { timingDeviation: deviation }),
    },
  };
}

function enduranceReport(
  machine: Machine,
  layers: readonly { readonly name: string; readonly group: number; readonly fast?: number }[],
  limit: number,
): EnduranceReport[] {
  const of = (layer: string, tile: EnduranceReport['tile'], group: number): EnduranceReport => {
    const worn = machine.endurance(group);
    return { layer, tile, ...worn, consumed: limit > 0 ? worn.maxPulses / limit : 0 };
  };
  return layers.flatMap(({ name, group, fast }) => [
    of(name, 'weights', group),
    ...(fast === undefined ? [] : [of(name, 'fast', fast)]),
  ]);
}
