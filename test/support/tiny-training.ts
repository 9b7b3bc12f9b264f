import type { DataSplit } from '../../src/network/data/data-set.ts';
import { parseExperiment } from '../../src/simulate/experiment.ts';
import { manifestOf } from '../../src/simulate/manifest.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import type { Fidelity } from '../../src/simulate/run-instance.ts';
import { ownWork, type SharedWork } from '../../src/simulate/shared-work.ts';
import { type CompiledTraining, compileTrainingExperiment } from '../../src/simulate/training-compile.ts';
import { createTrainingSimulation, type TrainingSimulation } from '../../src/simulate/training-simulation.ts';
import { memoryFiles } from './memory-files.ts';

/** Networks without kinks, so that rounding cannot tip a maximum or a rectifier the other way. */
const networks = {
  perceptron: `name: perceptron\ninput: [28, 28, 1]\nlayers:\n  - flatten\n  - { linear: 12, activation: sigmoid }\n  - { linear: 10 }\n`,
  convolutional: `name: convolutional
input: [28, 28, 1]
layers:
  - { convolution: { channels: 3, kernel: 5, pad: 2, stride: 2 }, activation: tanh }
  - pool: { function: average, kernel: 2 }
  - { convolution: { channels: 4, kernel: 3 }, activation: tanh }
  - flatten
  - { linear: 12, activation: tanh }
  - { linear: 10 }
`,
} as const;

export interface TinyTraining {
  readonly network?: keyof typeof networks;
  /** Network definition, in place of one of those. */
  readonly definition?: string;
  /** The rest of the algorithm block. */
  readonly algorithm: string;
  readonly chip?: string;
  readonly device?: string;
  readonly set?: string;
  readonly samples?: number;
  /** Measure activity for runs without values; default false. */
  readonly calibrate?: boolean | 'by the run';
}

let digits: DataSplit | undefined;
/** The embedded digits are drawn once for all tests of a file. */
const shared: SharedWork = { ...ownWork, data: (_, make) => (digits ??= make()) };

const idealSet = 'mapping.scheme=digital-offset, scratchpad.bytes=4 MiB';

/** Compiles a training of a small network on the embedded digits. */
export function compileTiny({
  network = 'perceptron',
  definition = networks[network],
  algorithm,
  chip = 'ideal',
  device,
  set = idealSet,
  samples = 20,
  calibrate = false,
}: TinyTraining): CompiledTraining {
  const files = memoryFiles({ 'w/networks/net.yaml': new TextEncoder().encode(definition) });
  const own = device === undefined ? '' : `device: ${device}\n`;
  const text = `name: tiny\nnetwork: net\nchip: ${chip}\n${own}set: [${set}]\nalgorithm: { deployTo: 0, ${algorithm} }\nages: [1 day]\n`;
  return compileTrainingExperiment(
    parseExperiment(text, 'tiny.yaml'),
    { samples, calibrate },
    { files, progress: silentProgress, workloads: 'w', shared },
  );
}

export const simulationOf = ({ program, calibration }: CompiledTraining, fidelity: Fidelity = 'values'): TrainingSimulation =>
  createTrainingSimulation(program, manifestOf(program.manifest)!, {
    ...{ fidelity, progress: silentProgress, now: () => 0, calibrate: calibration },
  });

/** A finished run. */
export function trained(compiled: CompiledTraining, fidelity: Fidelity = 'values'): TrainingSimulation {
  const simulation = simulationOf(compiled, fidelity);
  while (simulation.step());
  return simulation;
}
