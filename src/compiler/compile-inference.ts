import type { ChipDescription } from '../chip/description.ts';
import type { Program } from '../isa/program.ts';
import type { DataSet, Network, NetworkParameters } from '../network/layer-graph.ts';
import { calibrateGroup, type GroupScaling } from './calibrate-ranges.ts';
import { calibrationVectors } from './calibration-vectors.ts';
import { checkStages, refuseRecurrence } from './check-stages.ts';
import type { Compensation } from './compensation.ts';
import { emitInference } from './emit.ts';
import { lower } from './lower.ts';
import { type PlacedMatrix, place } from './place.ts';
import { schedule } from './schedule.ts';
import { slice } from './slice.ts';

/** Training images whose activations set the ADC ranges. Assumed: enough for a largest sum with head room. */
export const standardCalibrationImages = 64;

export interface CompileInput {
  readonly network: Network;
  readonly parameters: NetworkParameters;
  readonly chip: ChipDescription;
  readonly test: DataSet;
  readonly samples: number;
  /** Retention times at which the test set runs, s, ascending. */
  readonly ages: readonly number[];
  /** Absent: none. */
  readonly compensation?: Compensation;
  /** Sample inputs of each layer of the network, for ADC ranges: [count x size], and how many. */
  readonly layerInputs: (layer: number) => Float32Array;
  readonly calibrationImages: number;
  /** Gives what it gave for the same key before, network and parameters being the same; absent: everything is worked out. */
  readonly remember?: <T>(key: string, make: () => T) => T;
}

/** What compilation found out, for reports and for runs without data. */
export interface Mapping {
  readonly matrices: readonly PlacedMatrix[];
  readonly scalings: readonly GroupScaling[];
  /** 2 x multiply-accumulates of one sample. */
  readonly operationsPerSample: number;
}

/** What of a chip decides the calibration of a matrix. */
const calibrationKey = ({ stage }: PlacedMatrix, { tile, mapping, device }: ChipDescription): string => {
  const { range, bits } = tile.adc;
  const window = mapping.scheme === 'digital-offset' ? device : '';
  return JSON.stringify(['calibration', stage.layer, tile.rows, tile.columns, tile.input, range, bits === 0, mapping, window]);
};

/** The passes up to the mapping: what is known before a word is emitted. */
export function mapNetwork(input: CompileInput): Mapping {
  const stages = lower(input.network, input.parameters);
  checkStages(stages, input.network.name);
  refuseRecurrence(stages, input.network.name);
  const matrices = place(slice(stages, input.chip), input.chip);
  const { remember = (_, make) => make() } = input;
  const scalings = matrices.map((matrix) =>
    remember(calibrationKey(matrix, input.chip), () => {
      const { vectors, count } = calibrationVectors(matrix.stage, input.layerInputs(matrix.stage.layer), input.calibrationImages);
      return calibrateGroup(matrix, vectors, count, input.chip);
    }),
  );
  const operationsPerSample = matrices.reduce((sum, { stage }) => sum + 2 * stage.rows * stage.columns * stage.vectors, 0);
  return { matrices, scalings, operationsPerSample };
}

/** Lower, slice, place, schedule, emit: a trained network to the program that programs the tiles and runs the test set. */
export function compileInference(input: CompileInput, mapping: Mapping, manifest: unknown): Program {
  const stages = lowerOnce(mapping, input);
  const imageBytes = input.test.images.length / input.test.count;
  const plan = schedule(stages, imageBytes, input.samples, input.chip);
  return emitInference(
    {
      name: input.network.name,
      matrices: mapping.matrices,
      scalings: mapping.scalings,
      schedule: plan,
      data: input.test,
      loss: input.network.loss,
      chip: input.chip,
      ages: input.ages,
      compensation: input.compensation ?? 'none',
    },
    manifest,
  );
}

/** Stages share the matrix objects of the mapping, so that groups are found by identity of their stage. */
function lowerOnce({ matrices }: Mapping, { network, parameters }: CompileInput) {
  const byLayer = new Map(matrices.map(({ stage }) => [stage.layer, stage]));
  return lower(network, parameters).map((stage) => (stage.kind === 'matrix' ? byLayer.get(stage.layer)! : stage));
}
