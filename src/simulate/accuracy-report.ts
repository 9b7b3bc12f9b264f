import { halfWidth95, moments } from '../numeric/moments.ts';
import type { Manifest } from './manifest.ts';
import type { AgeAccuracy, Report } from './report.ts';
import type { InstanceRun } from './run-instance.ts';

const fraction = (run: InstanceRun, index: number): number => {
  const snapshot = run.snapshots[index];
  return snapshot === undefined || snapshot.count === 0 ? 0 : snapshot.hits / snapshot.count;
};

/** Accuracy over chip instances: one row per evaluation the program made, in order. Undefined when it made none. */
export function accuracyReport(runs: readonly InstanceRun[], manifest: Manifest | undefined): Report['accuracy'] {
  const snapshots = runs[0]?.snapshots ?? [];
  const first = snapshots[0];
  if (first === undefined || first.count === 0) return undefined;
  const byAge = snapshots.map((snapshot, index): AgeAccuracy => {
    const perInstance = runs.map((run) => fraction(run, index));
    const spread = moments(perInstance);
    return {
      label: manifest?.ages[index]?.label ?? `${snapshot.ageSeconds} s`,
      seconds: manifest?.ages[index]?.seconds ?? snapshot.ageSeconds,
      accuracy: spread.mean,
      deviation: spread.deviation,
      interval95: runs.length > 1 ? halfWidth95(spread) : 0,
      perInstance,
    };
  });
  return {
    ...(manifest === undefined ? {} : { reference: manifest.referenceAccuracy }),
    simulated: byAge[0]!.accuracy,
    instances: runs.length,
    samples: first.count,
    byAge,
  };
}
