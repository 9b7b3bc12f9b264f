import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import { evaluate } from '../network/evaluate.ts';
import type { Network, NetworkParameters } from '../network/layer-graph.ts';
import { train } from '../network/trainer.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { halfWidth95, moments } from '../numeric/moments.ts';
import { deployOnChip } from './deploy-on-chip.ts';
import { deviceNoise, sampleStatistics, targetWeights, type WeightHolding } from './device-weights.ts';
import { spreadCell } from './spread-cell.ts';

export interface FineTuning {
  readonly network: Network;
  readonly data: DataSplit;
  /** The float network to start from. */
  readonly start: NetworkParameters;
  readonly epochs: number;
  readonly seed: number;
}

export interface VariabilityOptions extends FineTuning {
  readonly device: CellModel;
  /** Chip both arms are deployed on, with that device. */
  readonly chip: ChipDescription;
  /** The start, trained on without noise. */
  readonly plain: NetworkParameters;
  readonly instances: number;
  readonly onArm: (note: string) => void;
}

/** One arm: the float network after fine-tuning, and its accuracy on every programmed instance. */
export interface Arm {
  readonly float: number;
  /** By spread, 1 s after programming; one instance where nothing is random. */
  readonly bySpread: readonly (readonly number[])[];
  /** By age, the device as it is. */
  readonly byAge: readonly (readonly number[])[];
}

/** Mean gain of variability-aware training on the same instances. */
export interface Gain {
  readonly mean: number;
  /** Half the 95 % interval, paired over instances. */
  readonly halfWidth: number;
  readonly standardError: number;
}

export interface VariabilityResult {
  readonly device: string;
  readonly plain: Arm;
  readonly aware: Arm;
  /** Accuracy the plain network loses on the chip, and what of it training with noise gains, by age. */
  readonly losses: readonly number[];
  readonly gains: readonly Gain[];
}

/** Factors on what the device adds to its targets; 1 is the device as it is. */
export const spreads = [0, 0.5, 1, 1.5, 2] as const;
export const studyAges = [
  { label: '1 s', seconds: 1 },
  { label: '1 h', seconds: 3600 },
  { label: '1 day', seconds: 86400 },
] as const;
/** Training sees the device as it is this long after programming, s. */
const trainedAt = 1;
const clipSigma = 2.5;
/** Fine-tuning runs at a tenth of the usual rate. */
const fineRate = 2e-4;

/** Trains on at a small rate, with the device's noise on the weights where it is given one. */
export function fineTune(tuning: FineTuning, device?: CellModel): NetworkParameters {
  const { network, data, start, epochs, seed } = tuning;
  const holding = device === undefined ? undefined : holdingOf(device);
  const perturb =
    holding === undefined ? undefined : deviceNoise(createKernels(), holding, sampleStatistics(holding, trainedAt, seed), seed);
  const options = { epochs, seed: seed + 1, learningRate: fineRate, clipSigma };
  const hooks = { start, ...(perturb === undefined ? {} : { perturb }) };
  return train(createKernels(), network, data.train, options, hooks).parameters;
}

const holdingOf = (device: CellModel): WeightHolding => ({ device, clipSigma, tolerance: 0.002 });

function measureArm(options: VariabilityOptions, parameters: NetworkParameters): Arm {
  const { device, chip, network, data, instances, seed } = options;
  const shared = { network, chip, data, parameters: targetWeights(holdingOf(device), parameters) };
  const ageing = deployOnChip({ ...shared, ages: studyAges.map(({ seconds }) => seconds) });
  const fresh = deployOnChip({ ...shared, ages: [studyAges[0].seconds] });
  const asIs = Array.from({ length: instances }, (_, instance) => ageing(device, seed + instance));
  const byAge = studyAges.map((_, age) => asIs.map((accuracies) => accuracies[age]!));
  const bySpread = spreads.map((spread) => {
    if (spread === 1) return byAge[0]!;
    const cell = spreadCell(device, spread);
    return Array.from({ length: spread === 0 ? 1 : instances }, (_, instance) => fresh(cell, seed + instance)[0]!);
  });
  return { float: evaluate(createKernels(), network, parameters, data.test).accuracy, byAge, bySpread };
}

function gainOf(plain: readonly number[], aware: readonly number[]): Gain {
  const gains = moments(aware.map((accuracy, instance) => accuracy - plain[instance]!));
  return { mean: gains.mean, halfWidth: halfWidth95(gains), standardError: gains.deviation / Math.sqrt(gains.count) };
}

/** Fine-tunes with the device's noise and programs both networks onto the same instances of the chip. */
export function variabilityStudy(options: VariabilityOptions): VariabilityResult {
  const { device, onArm } = options;
  const percent = ({ byAge }: Arm): string => `accuracy ${(100 * moments(byAge[0]!).mean).toFixed(2)} % when deployed`;
  const plain = measureArm(options, options.plain);
  onArm(`${device.kind}, plain: ${percent(plain)}`);
  const aware = measureArm(options, fineTune(options, device));
  onArm(`${device.kind}, variability-aware: ${percent(aware)}`);
  return {
    device: device.kind,
    plain,
    aware,
    losses: plain.byAge.map((runs) => plain.float - moments(runs).mean),
    gains: plain.byAge.map((runs, age) => gainOf(runs, aware.byAge[age]!)),
  };
}
