import type { CellModel } from '../device/cell-model.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import { evaluate } from '../network/evaluate.ts';
import type { Network, NetworkParameters } from '../network/layer-graph.ts';
import { train } from '../network/trainer.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Kernels } from '../numeric/kernels.ts';
import { halfWidth95, moments } from '../numeric/moments.ts';
import type { ProgressStage } from '../simulate/progress.ts';
import { deployWeights, deviceNoise, sampleStatistics, type WeightHolding } from './device-weights.ts';

export interface VariabilityOptions {
  readonly device: CellModel;
  readonly network: Network;
  readonly data: DataSplit;
  /** The float network both arms start from. */
  readonly start: NetworkParameters;
  readonly epochs: number;
  readonly instances: number;
  readonly seed: number;
  readonly stage: ProgressStage;
}

/** One arm: the float network after fine-tuning, and its accuracy on every programmed instance at each spread. */
export interface Arm {
  readonly float: number;
  readonly deployed: readonly (readonly number[])[];
}

export interface VariabilityResult {
  readonly device: string;
  readonly plain: Arm;
  readonly aware: Arm;
  /** Accuracy the plain network loses on the device as it is. */
  readonly loss: number;
  /** Mean gain of variability-aware training on the same instances, and half its 95 % interval. */
  readonly gain: number;
  readonly gainHalfWidth: number;
  /** Standard error of the gain. */
  readonly gainError: number;
}

/** Factors on what the device adds to its targets; 1 is the device as it is. */
export const spreads = [0, 0.5, 1, 1.5, 2] as const;
const asIs = 2;
const deployedAt = 1;
const clipSigma = 2.5;
/** Fine-tuning runs at a tenth of the usual rate. */
const fineRate = 2e-4;

function fineTune(kernels: Kernels, options: VariabilityOptions, holding: WeightHolding | undefined): NetworkParameters {
  const { network, data, start, epochs, seed } = options;
  const perturb =
    holding === undefined ? undefined : deviceNoise(createKernels(), holding, sampleStatistics(holding, deployedAt, seed), seed);
  const trained = train(
    kernels,
    network,
    data.train,
    { epochs, seed: seed + 1, learningRate: fineRate, clipSigma },
    { start, ...(perturb === undefined ? {} : { perturb }) },
  );
  return trained.parameters;
}

function measureArm(options: VariabilityOptions, holding: WeightHolding, parameters: NetworkParameters): Arm {
  const { network, data, instances, seed } = options;
  const kernels = createKernels();
  const accuracy = (weights: NetworkParameters): number => evaluate(kernels, network, weights, data.test).accuracy;
  const deployed = spreads.map((spread) =>
    Array.from({ length: spread === 0 ? 1 : instances }, (_, instance) =>
      accuracy(deployWeights(kernels, holding, parameters, seed + instance, deployedAt, spread)),
    ),
  );
  return { float: accuracy(parameters), deployed };
}

/** Fine-tunes with and without the device's noise for the same epochs, then programs both networks onto the same instances. */
export function variabilityStudy(options: VariabilityOptions): VariabilityResult {
  const { device, stage } = options;
  const holding: WeightHolding = { device, clipSigma, tolerance: 0.002 };
  const arms = [undefined, holding].map((noisy, index): Arm => {
    const parameters = fineTune(createKernels(), options, noisy);
    stage.update(2 * index + 1, `${device.kind}: ${index === 0 ? 'plain' : 'variability-aware'} network trained`);
    const arm = measureArm(options, holding, parameters);
    stage.update(
      2 * index + 2,
      `${device.kind}: accuracy ${(100 * moments(arm.deployed[asIs]!).mean).toFixed(2)} % when deployed`,
    );
    return arm;
  });
  const [plain, aware] = arms as [Arm, Arm];
  const gains = moments(aware.deployed[asIs]!.map((accuracy, instance) => accuracy - plain.deployed[asIs]![instance]!));
  return {
    device: device.kind,
    plain,
    aware,
    loss: plain.float - moments(plain.deployed[asIs]!).mean,
    gain: gains.mean,
    gainHalfWidth: halfWidth95(gains),
    gainError: gains.deviation / Math.sqrt(gains.count),
  };
}
