import { isTransfer, type TrainingPlan } from './algorithm.ts';
import { transferRhythm } from './emit-update.ts';
import type { TrainedMatrix } from './place-training.ts';

/** Samples after which every row of a matrix has been handed over so often that its slow tile can have been written. */
export function samplesToReach(rows: number, plan: TrainingPlan): number {
  const { algorithm, batch } = plan;
  if (!isTransfer(algorithm)) return 0;
  const rhythm = transferRhythm(algorithm, batch);
  const sweep = (rows / Math.min(rhythm.rows, rows)) * batch * rhythm.period;
  // AGAD writes only after a whole chopper period of readings (Rasch 2023).
  const sweeps = algorithm.kind === 'agad' ? Math.max(Math.ceil(1 / algorithm.chopProbability), 2) + 1 : 1;
  return Math.ceil(sweep * sweeps);
}

/** A warning for every matrix whose slow tile cannot be written in all its rows within the run. */
export function transferReach(matrices: readonly TrainedMatrix[], plan: TrainingPlan, samples: number): readonly string[] {
  const run = samples * plan.epochs;
  return matrices.flatMap(({ stage }) => {
    const needed = samplesToReach(stage.rows, plan);
    if (needed <= run) return [];
    return [
      `the slow tile of ${stage.name} cannot be written within the run: its ${stage.rows} rows need ${needed} samples, the run has ${run}; ` +
        'raise algorithm.rowsPerSample, algorithm.chopProbability or the samples',
    ];
  });
}
