import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { createDeclaredActivity } from './declared-activity.ts';
import type { Manifest } from './manifest.ts';
import { createMeasuredActivity } from './measured-activity.ts';
import type { UpdateStatistics } from './training-manifest.ts';

/** Pulses of one transferred row when nothing is known: most rows emit upwards or downwards, few both; assumed. */
const slotsPerTransfer = 1;
const emittingShare = 0.1;

/** Activity of the words of one epoch. */
export type TrainingActivity = (operation: IssuedOperation) => Activity;

/**
 * Activity of a training program without values, by epoch from 0: what a calibration run measured, else means declared with the
 * program, for its updates as for its reads.
 */
export function createTrainingActivity(
  chip: ChipDescription,
  device: CellModel,
  manifest: Manifest,
): (epoch: number) => TrainingActivity {
  const declared = createMeanActivity(chip, device, manifest);
  const epochs = (manifest.training?.calibration?.epochs ?? []).map((measured) => {
    const known = createMeasuredActivity(measured);
    return (operation: IssuedOperation): Activity => known(operation) ?? declared(operation);
  });
  return (epoch) => epochs[epoch] ?? epochs.at(-1) ?? declared;
}

function createMeanActivity(chip: ChipDescription, device: CellModel, manifest: Manifest): TrainingActivity {
  const declared = createDeclaredActivity(chip, device, manifest.declared);
  const updates = new Map((manifest.training?.updates ?? []).map((entry) => [entry.group, entry]));
  const pulseJoules = device.pulseJoules((device.minS + device.maxS) / 2);
  const halfJoules = device.pulsed?.halfJoules ?? 0;

  const update = (means: UpdateStatistics, vectors: number, entries: number): Activity => ({
    ...idleActivity,
    pulseSlots: new Float64Array(entries).fill(means.slots),
    pulses: means.pulses * vectors,
    halfSelects: means.halfSelects * vectors,
    linePulses: means.linePulses * vectors,
    trainBits: means.trainBits * vectors,
    pulseJoules: vectors * (means.pulses * pulseJoules + means.halfSelects * halfJoules),
  });

  const transfer = (operation: IssuedOperation): Activity => {
    const { length, group } = operation;
    const pulses = length * group!.columns * emittingShare;
    return {
      ...declared({ ...operation, mnemonic: 'RDV' }),
      pulseSlots: new Float64Array(length).fill(slotsPerTransfer),
      pulses,
      linePulses: pulses + length,
      pulseJoules: pulses * pulseJoules,
    };
  };

  return (operation: IssuedOperation): Activity => {
    const { mnemonic, group, length } = operation;
    const means = group === undefined ? undefined : updates.get(group.id);
    if (mnemonic === 'OPU' && means !== undefined) return update(means, length, length);
    if (mnemonic === 'PUL' && means !== undefined) return update(means, length / group!.rows, 1);
    if (mnemonic === 'XFR') return transfer(operation);
    return declared(operation);
  };
}
