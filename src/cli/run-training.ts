import { inputError } from '../config/issue.ts';
import { writeProgram } from '../isa/container.ts';
import type { Experiment } from '../simulate/experiment.ts';
import { manifestOf } from '../simulate/manifest.ts';
import type { Report } from '../simulate/report.ts';
import { refuseBadProgram } from '../simulate/simulate-program.ts';
import { compileTrainingExperiment, type TrainingChanges } from '../simulate/training-compile.ts';
import { deploy } from '../simulate/training-deployment.ts';
import { createTrainingSimulation, type SavedTraining, type TrainingSimulation } from '../simulate/training-simulation.ts';
import type { Context } from './context.ts';
import { workloadsFolder } from './locate.ts';
import { writeReport } from './print-report.ts';
import { terminalProgress } from './terminal-progress.ts';
import { readCheckpoint, writeCheckpoint } from './training-checkpoint.ts';
import { TryAgainError } from './try-again.ts';

export interface RunTrainingOptions {
  readonly fidelity: Report['fidelity'];
  readonly out?: string;
  readonly resume?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic run` of an experiment that trains on the chip: every epoch is saved in `--out`, `--resume` goes on from there. */
export async function runTraining(
  context: Context,
  experiment: Experiment,
  changes: TrainingChanges,
  options: RunTrainingOptions,
): Promise<Report> {
  const { files, now } = context.io;
  const start = now();
  const progress = terminalProgress(context.io, options.quiet === true);
  if (options.resume === true && options.out === undefined)
    throw inputError('--resume', 'no --out', 'the folder of the run to go on with');
  // A run that goes on has not seen the first samples.
  const measures = options.fidelity !== 'timing' && options.resume !== true;
  const compiled = compileTrainingExperiment(
    experiment,
    { ...changes, timingOnly: options.fidelity === 'timing', calibrate: measures ? 'by the run' : true },
    { files, progress, workloads: workloadsFolder },
  );
  const { program } = compiled;
  const manifest = manifestOf(program.manifest)!;
  refuseBadProgram(program, manifest.chip);
  const simulation = createTrainingSimulation(program, manifest, {
    ...{ fidelity: options.fidelity, progress, now, calibrate: compiled.calibration },
  });
  if (options.resume === true) resume(context, simulation, options.out!);
  await runPasses(context, simulation, options.out);
  const report = simulation.report();
  const deployment = simulation.learnt === undefined ? undefined : deploy(compiled, simulation.learnt, progress);
  const whole: Report = {
    ...report,
    ...(report.training === undefined || deployment === undefined ? {} : { training: { ...report.training, deployment } }),
    run: { ...report.run, wallSeconds: (now() - start) / 1000 },
  };
  if (options.out !== undefined) {
    writeReport(context, whole, options.out);
    files.write(`${options.out}/program.obin`, writeProgram(simulation.program));
  }
  return whole;
}

/** Runs to the end, saving every pass. A signal ends it after the pass at hand; what is saved can be gone on with. */
async function runPasses({ io }: Context, simulation: TrainingSimulation, out: string | undefined): Promise<void> {
  let stopped = false;
  const listening = out === undefined ? undefined : io.onStop?.(() => (stopped = true));
  try {
    while (simulation.step()) {
      if (out === undefined) continue;
      writeCheckpoint(io.files, out, simulation.save());
      // Signals are heard only between turns of the event loop.
      await new Promise((resume) => setImmediate(resume));
      if (stopped)
        throw new TryAgainError(
          `stopped after ${simulation.passes.length} parts of the run; the same command with --resume goes on`,
        );
    }
  } finally {
    listening?.();
  }
}

function resume({ io }: Context, simulation: TrainingSimulation, out: string): void {
  const saved: SavedTraining | undefined = readCheckpoint(io.files, out);
  if (saved === undefined) return;
  try {
    simulation.restore(saved);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw inputError(
      `${out}/checkpoint.bin`,
      'a checkpoint of another run',
      `one of the same command and version (${error.message})`,
    );
  }
}
