import type { ChipDescription } from '../../chip/description.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import type { Operand } from '../../isa/instruction.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import type { Stage } from '../lower.ts';
import type { TrainingPlan } from './algorithm.ts';
import type { TrainedMatrix } from './place-training.ts';
import type { RecurrentAreas } from './recurrent-areas.ts';
import type { SpilledStage } from './spill-maps.ts';
import type { TrainingLayout } from './training-layout.ts';

/** Hardware loop levels of a training program; `image` counts the steps of a recurrence, which has no maps. */
export const trainingLoops = { epoch: 0, batch: 1, image: 2, part: 3 } as const;

/** Scalar registers of a training program. */
export const trainingRegisters = {
  /** Minus the learning rate over the batch. */
  rate: 1,
  /** Batches of this pass of the epoch loop: 0 once training is over. */
  trips: 2,
  /** Retention before this pass's evaluation, s, and before those that follow. */
  age: 3,
  ages: [4, 5],
  /** Next row that each fast tile transfers. */
  firstRow: 6,
  lastRow: 13,
  /** Scale of the fast tiles. */
  fastScale: 14,
  /** Epochs since the learning rate fell. */
  sinceFall: 15,
} as const;

/** Retention times a training program can hold. */
export const mostAges = trainingRegisters.ages.length;

/** Names of the DRAM areas that the host fills; it shuffles the training set before every epoch. */
export const trainingSymbols = { images: 'train_images', labels: 'train_labels' } as const;

/** Evaluation regions of a training program. */
export const trainingRegions = { epoch: 'epoch', training: 'training', testSet: 'test set' } as const;

/** One trainable network, mapped and laid out. */
export interface TrainingInput {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly matrices: readonly TrainedMatrix[];
  readonly layout: TrainingLayout;
  readonly plan: TrainingPlan;
  readonly chip: ChipDescription;
  readonly loss: 'cross-entropy' | 'mse';
  /** A whole number of batches, in the order of the first epoch. */
  readonly train: DataSet;
  readonly test: DataSet;
  /** Retention after training, s, ascending; at most `mostAges`. */
  readonly ages: readonly number[];
  /** One pulse of a cell in units of full-scale weight. */
  readonly stepSize: number;
}

/** Operands of one stage: in the image loop where it is a map stage, for the whole batch else. */
export interface StageOperands {
  readonly input: Operand;
  readonly output: Operand;
  readonly gradient: Operand;
  /** Gradient of the input; undefined where nobody needs it. */
  readonly inputGradient: Operand | undefined;
  /** Index map of max pooling. */
  readonly index: Operand | undefined;
  /** Window over the input, and over the gradient to scatter back. */
  readonly window: WindowUse | undefined;
  readonly backWindow: WindowUse | undefined;
}

/** A window descriptor: defined once where ids last, else before each use. */
export interface WindowUse {
  readonly operand: () => Operand;
}

/** Where everything lies once scratchpad, DRAM and generators are laid out; what the emitters share. */
export interface TrainingEmission extends TrainingInput {
  readonly builder: ProgramBuilder;
  /** Stages that run image by image. */
  readonly mapStages: number;
  readonly operands: readonly StageOperands[];
  readonly inputBatch: Operand;
  readonly labels: Operand;
  readonly logits: Operand;
  readonly lossGradient: Operand;
  readonly sources: {
    readonly trainImages: Operand;
    readonly trainLabels: Operand;
    readonly testImages: Operand;
    readonly testLabels: Operand;
  };
  /** Places of the recurrence that the network begins with. */
  readonly recurrent: RecurrentAreas | undefined;
  readonly biasBase: number;
  /** Byte offset of a matrix's bias, by group. */
  readonly biasOffsets: ReadonlyMap<number, number>;
  readonly biasSource: Operand | undefined;
  readonly biasBytes: number;
  readonly ones: Operand;
  readonly windowScratch: Operand;
  readonly counts: Operand;
  /** Digital state of a matrix; may define a generator before the word that uses it. */
  readonly state: (matrix: TrainedMatrix, partBytes?: number) => Operand;
  readonly regions: {
    readonly layer: (name: string) => number;
    readonly phase: (
      name: 'load' | 'program' | 'forward' | 'backward' | 'update' | 'accumulate' | 'transfer' | 'evaluate',
    ) => number;
    readonly epoch: number;
    readonly training: number;
    readonly testSet: number;
  };
  /** Generator that a word may define just before its use. */
  readonly passingGenerator: number;
  /** Maps that go through DRAM, by stage. */
  readonly spilled: ReadonlyMap<number, SpilledStage>;
}
