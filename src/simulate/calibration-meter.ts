import type { Program } from '../isa/program.ts';
import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { type ActivityMeter, createActivityMeter, mixActivities } from './measured-activity.ts';
import type { MeasuredTraining } from './training-manifest.ts';

/** The last part of what is measured stands for what comes after it. */
const lastShare = 1 / 4;

/** The first batches of a training, of which the activity is measured. */
export interface CalibrationExtent {
  readonly batches: number;
  /** Batches of an epoch, and samples of a batch. */
  readonly perEpoch: number;
  readonly batch: number;
  readonly epochs: number;
}

/** Measures a training as it runs: tell it of every operation before (`reach`) and after (`add`) it is executed. */
export interface CalibrationMeter {
  /** What the operation is the first word of: an epoch other than the first, or what is no longer measured. */
  reach(operation: IssuedOperation): 'epoch' | 'end' | undefined;
  add(operation: IssuedOperation, activity: Activity): void;
  /** Mean activity of every epoch; meaningful once all batches have run. */
  measured(): MeasuredTraining;
}

export function createCalibrationMeter(
  { regions }: Program,
  { batches, perEpoch, batch, epochs }: CalibrationExtent,
): CalibrationMeter {
  const counted = new Set(
    regions.flatMap(({ kind, name }, index) => (kind === 'phase' && name !== 'program' && name !== 'evaluate' ? [index] : [])),
  );
  const byEpoch: ActivityMeter[] = [];
  const last = createActivityMeter();
  const from = Math.floor(batches * (1 - lastShare));
  let finished = 0;
  let scored = false;
  const endBatch = (): void => {
    byEpoch[Math.floor(finished / perEpoch)]?.endBatch();
    if (finished >= from) last.endBatch();
  };
  return {
    reach({ mnemonic, phase }) {
      if (finished === batches || !counted.has(phase)) return undefined;
      // A batch ends where the next one loads.
      const ends = scored && mnemonic === 'DLD';
      scored = (scored && !ends) || mnemonic === 'LOSS';
      if (!ends) return undefined;
      endBatch();
      if (++finished === batches) return 'end';
      return finished % perEpoch === 0 ? 'epoch' : undefined;
    },
    add(operation, activity) {
      if (finished === batches || !counted.has(operation.phase)) return;
      const epoch = Math.floor(finished / perEpoch);
      byEpoch[epoch] ??= createActivityMeter();
      byEpoch[epoch].add(operation, activity);
      if (finished >= from) last.add(operation, activity);
    },
    measured() {
      // Nothing loads behind the last batch of all.
      if (finished < batches) endBatch();
      const rest = last.means();
      const means = Array.from({ length: epochs }, (_, epoch) => {
        const share = Math.min(1, Math.max(0, batches / perEpoch - epoch));
        const own = byEpoch[epoch]?.means();
        if (own === undefined || share === 0) return rest;
        return mixActivities([
          { weight: share, measured: own },
          { weight: 1 - share, measured: rest },
        ]);
      });
      return { samples: batches * batch, epochs: means };
    },
  };
}
