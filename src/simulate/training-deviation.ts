import { mergeTimings } from './merge-timings.ts';
import type { DeviationReport } from './training-report.ts';
import { createTrainingRun, type TrainingPass, type TrainingRunInput } from './training-run.ts';

/** Fewer samples say little about a mean. */
const fewestSamples = 200;

/** Runs the same epochs on declared statistics and compares; undefined for a run too short to tell. */
export function timingDeviation(input: TrainingRunInput, passes: readonly TrainingPass[]): DeviationReport | undefined {
  const { training } = input.manifest;
  const samples = (training?.samples ?? 0) * passes.filter(({ kind }) => kind === 'epoch').length;
  const full = passes.flatMap(({ kind, timing }) => (kind === 'epoch' && timing !== undefined ? [timing] : []));
  if (samples < fewestSamples || full.length === 0) return undefined;
  const run = createTrainingRun({ ...input, fidelity: 'timing' });
  const declared: TrainingPass[] = [];
  for (let pass = run.next(); pass !== undefined && declared.length <= full.length; pass = run.next()) declared.push(pass);
  const timed = declared.flatMap(({ kind, timing }) => (kind === 'epoch' && timing !== undefined ? [timing] : []));
  const [real, means] = [mergeTimings(full), mergeTimings(timed)];
  const joules = ({ dynamic, leakage }: typeof real): number =>
    [...dynamic, ...leakage].reduce((sum, entry) => sum + entry.joules, 0);
  return {
    samples,
    time: Number(means.picoseconds) / Number(real.picoseconds) - 1,
    energy: joules(means) / joules(real) - 1,
  };
}
