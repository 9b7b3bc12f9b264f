import type { SweepProgress } from '../../explore/run-sweep.ts';
import type { SweepSpec } from '../../explore/sweep-spec.ts';
import { formatMeasure } from '../../report/format-measure.ts';
import type { Progress, ProgressStage } from '../../simulate/progress.ts';
import type { Io } from '../io.ts';

const duration = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
};

/** Says how far a sweep is: items done, time left, the best of the first objective so far, failures. */
export function sweepProgress(io: Io, progress: Progress, { objectives }: SweepSpec): SweepProgress {
  const [objective] = objectives;
  let stage: ProgressStage | undefined;
  let best: number | undefined;
  let [done, total, failures, from] = [0, 0, 0, 0];
  const note = (): string => {
    const left =
      io.progressTerminal === undefined && done > 0 ? `${duration(((io.now() - from) / done) * (total - done))} left` : '';
    const leader =
      best === undefined || objective === undefined
        ? ''
        : `best ${objective.metric.name} ${formatMeasure({ value: best, unit: objective.metric.unit })}`;
    return [left, leader, failures > 0 ? `${failures} failed` : ''].filter(Boolean).join(', ');
  };
  return {
    round: (items, known) => {
      [done, total, failures, from] = [0, items, 0, io.now()];
      stage = progress.stage(known === 0 ? `compute ${items} items` : `compute ${items} items, ${known} known`, items);
    },
    result: (_, { failure, metrics }) => {
      done += 1;
      if (failure !== undefined) failures += 1;
      const value = objective === undefined ? undefined : metrics[objective.metric.name];
      if (value !== undefined && (best === undefined || objective!.sign * value < objective!.sign * best)) best = value;
      stage?.update(done, note());
    },
    roundDone: () => stage?.done([`${done} of ${total}`, note()].filter(Boolean).join(', ')),
  };
}
