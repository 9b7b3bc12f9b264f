import type { Region } from '../isa/program.ts';
import { energyReport, timeByPhase, toSeconds } from './energy-report.ts';
import type { TrainingManifest } from './training-manifest.ts';
import type { TrainingPass } from './training-run.ts';
import { type EnduranceReport, shareOf, type Wear } from './training-wear.ts';

/** Seconds and joules of one phase. */
export interface PhaseCost {
  readonly seconds: number;
  readonly energy: number;
}

export interface EpochReport {
  /** 1 … epochs */
  readonly epoch: number;
  /** Mean training loss while it learned, share of training samples right when they were shown, and share of test samples right. */
  readonly loss?: number;
  readonly trainingAccuracy?: number;
  readonly accuracy?: number;
  /** The float network after the same epoch; absent where none was trained. */
  readonly reference?: { readonly loss: number; readonly accuracy: number };
  /** Training and test of this epoch; absent at values fidelity. */
  readonly seconds?: number;
  readonly energy?: number;
  readonly byPhase?: Readonly<Record<string, PhaseCost>>;
  /** Update pulses on cells. */
  readonly pulses: number;
  /** Pulses a cell has taken by the end of the epoch, programming included, and the share of its endurance; absent without values. */
  readonly wear?: Wear & { readonly consumed: number; readonly consumedMean: number };
}

/** Trained weights programmed onto other instances, against software weights on the same instances. */
export interface DeploymentReport {
  readonly instances: number;
  readonly samples: number;
  readonly device: string;
  readonly chipTrained: readonly number[];
  readonly softwareTrained: readonly number[];
  /** Mean of software minus chip-trained accuracy over instances, and the half-width of its 95 % interval. */
  readonly meanLoss: number;
  readonly interval95: number;
}

/** How far a run on declared statistics is from this one. */
export interface DeviationReport {
  readonly samples: number;
  /** (timing - full) / full */
  readonly time: number;
  readonly energy: number;
}

export interface TrainingReport {
  readonly algorithm: string;
  readonly batch: number;
  readonly learningRate: number;
  readonly samplesPerEpoch: number;
  readonly epochs: readonly EpochReport[];
  readonly endurance: readonly EnduranceReport[];
  readonly deployment?: DeploymentReport;
  readonly timingDeviation?: DeviationReport;
  /** Samples of the calibration run that runs without values take their activity from; absent where there was none. */
  readonly calibrationSamples?: number;
}

/** Time and energy of one pass by phase, leakage in the phase whose time it flows in. */
function costs(pass: TrainingPass, regions: readonly Region[]): Pick<EpochReport, 'seconds' | 'energy' | 'byPhase'> {
  if (pass.timing === undefined) return {};
  const seconds = timeByPhase(pass.timing, regions);
  const energy = energyReport(pass.timing, regions);
  const names = [...new Set([...Object.keys(seconds), ...Object.keys(energy.byPhase)])];
  const byPhase = names.map((name) => [name, { seconds: seconds[name] ?? 0, energy: energy.byPhase[name] ?? 0 }] as const);
  return { seconds: toSeconds(pass.timing.picoseconds), energy: energy.total, byPhase: Object.fromEntries(byPhase) };
}

/** One row per finished epoch. */
export function epochReports(
  passes: readonly TrainingPass[],
  regions: readonly Region[],
  training: TrainingManifest,
  endurance: number,
): EpochReport[] {
  return passes
    .filter(({ kind }) => kind === 'epoch')
    .map((pass, index) => ({
      epoch: index + 1,
      ...(pass.training === undefined
        ? {}
        : { loss: pass.training.loss / pass.training.count, trainingAccuracy: pass.training.hits / pass.training.count }),
      ...(pass.test === undefined ? {} : { accuracy: pass.test.hits / pass.test.count }),
      ...(training.reference[index] === undefined ? {} : { reference: training.reference[index] }),
      ...costs(pass, regions),
      pulses: pass.totals.pulses,
      ...(pass.wear === undefined ? {} : { wear: { ...pass.wear, ...shareOf(pass.wear, endurance) } }),
    }));
}
