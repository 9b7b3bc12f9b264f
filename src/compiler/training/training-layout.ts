import { limits } from '../../../isa/limits.ts';
import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import type { MatrixStage, Stage } from '../lower.ts';
import { aligned, chooseBatch } from '../schedule.ts';
import { type Algorithm, isTransfer, transferRules } from './algorithm.ts';
import type { TrainedMatrix } from './place-training.ts';
import { recurrentBytes, recurrentStage } from './recurrent-areas.ts';
import { rowsOfTransfer } from './spill-maps.ts';

/** Bytes of an f32: training runs in one format. */
export const floatBytes = 4;

/** What the scratchpad must hold, in samples and bytes. */
export interface TrainingLayout {
  /** Samples of an update. */
  readonly batch: number;
  /** Samples of a batch of the test set, and of the largest batch of either kind. */
  readonly evaluationBatch: number;
  readonly capacity: number;
  /** Copies of the image and label buffers: 2 = the next batch loads while this one learns. */
  readonly inputCopies: 1 | 2;
  /** Rows of a weight matrix whose pulse counts are made at a time, by matrix. */
  readonly countRows: readonly number[];
  /** Whether the digital state of each matrix lies in the scratchpad rather than in DRAM. */
  readonly stateInSpm: readonly boolean[];
  readonly stateBytes: readonly number[];
  readonly countBytes: number;
  /** im2col-shaped gradient of one image, for the largest convolution behind the first. */
  readonly windowBytes: number;
  /** Rows of ones that sum the bias gradients. */
  readonly onesBytes: number;
  readonly spmBytes: number;
  /** Map stages of which the scratchpad holds one image: those of a batch go through DRAM. */
  readonly spilled: ReadonlySet<number>;
}

const largestEvaluation = 128;

/** Index of the first stage that needs no gradient of its input. */
export const firstMatrix = (stages: readonly Stage[]): number => stages.findIndex(({ kind }) => kind === 'matrix');

/** Stages up to the last one that works on maps; they run image by image. */
export const mapStageCount = (stages: readonly Stage[]): number =>
  stages.findLastIndex((stage) => stage.kind === 'pool' || stage.window !== undefined) + 1;

/** Digital f32 state of one matrix under an algorithm, bytes. */
export function stateBytesOf({ rows, columns }: MatrixStage, algorithm: Algorithm): number {
  const words = algorithm.kind === 'mixed' ? 1 : isTransfer(algorithm) ? transferRules[algorithm.kind].matrices : 0;
  return words * rows * columns * floatBytes;
}

/** Pulse counts as wide as a cell has states: the most one write-out can ask of it. */
export function countFormat(stepSize: number): {
  readonly bytes: number;
  readonly functor: string;
  readonly flags: readonly string[];
} {
  const states = 2 / stepSize;
  if (states <= 127) return { bytes: 1, functor: 'to-i8', flags: [] };
  return states <= 32767 ? { bytes: 2, functor: 'to-i16', flags: ['I16'] } : { bytes: 4, functor: 'to-i32', flags: ['I32'] };
}

/** Rows of pulse counts that one THA makes: a divisor of the matrix that a length field holds. */
function countRowsOf({ rows, columns }: MatrixStage, mostBytes: number, elementBytes: number): number {
  const elements = Math.min(limits.maxLength, Math.floor(mostBytes / elementBytes));
  const most = Math.max(1, Math.min(rows, Math.floor(elements / columns)));
  for (let part = most; part > 1; part--) if (rows % part === 0) return part;
  return 1;
}

/** Bytes a sample of a batch takes, and bytes that one image at a time takes. */
interface Sizes {
  readonly activations: number;
  readonly gradients: number;
  readonly single: number;
}

const outputBytes = (stage: Stage): number => stage.outputElements * floatBytes;
// Max pooling also keeps one index per output.
const gradientBytes = (stage: Stage): number => outputBytes(stage) * (stage.kind === 'pool' ? 2 : 1);

function sizesOf(stages: readonly Stage[], spilled: ReadonlySet<number>): Sizes {
  const kept = stages.filter((_, at) => !spilled.has(at));
  const images = stages.filter((_, at) => spilled.has(at));
  const sum = (of: readonly Stage[], bytes: (stage: Stage) => number): number =>
    of.reduce((total, stage) => total + bytes(stage), 0);
  return {
    activations: sum(kept, outputBytes),
    gradients: sum(kept, gradientBytes),
    single: sum(images, outputBytes) + sum(images, gradientBytes),
  };
}

/** Map stages in the order they are given up to DRAM: the largest first. The last one is read as a batch by what follows. */
const spillable = (stages: readonly Stage[]): readonly number[] =>
  stages
    .flatMap((stage, at) => (at < mapStageCount(stages) - 1 && rowsOfTransfer(outputBytes(stage)) !== undefined ? [at] : []))
    .sort((a, b) => outputBytes(stages[b]!) - outputBytes(stages[a]!));

/** Head room for the rounding of every buffer to whole scratchpad words. */
const slack = (stages: readonly Stage[]): number => 64 * (4 * stages.length + 8);

/**
 * Activations and gradients of a batch stay in the scratchpad, or where they do not fit the largest maps go through DRAM image by image;
 * digital state of the algorithm stays where it fits, else it lies in DRAM. A batch that does not fit is an input error with the
 * bytes it needs.
 */
export function layOutTraining(
  stages: readonly Stage[],
  matrices: readonly TrainedMatrix[],
  inputBytes: number,
  batch: number,
  testSamples: number,
  algorithm: Algorithm,
  stepSize: number,
  chip: ChipDescription,
): TrainingLayout {
  const first = firstMatrix(stages);
  const input = inputBytes + 1;
  const windows = stages.slice(first + 1).map((stage) => {
    const convolution = stage.kind === 'matrix' && stage.window !== undefined;
    return convolution ? stage.vectors * stage.rows * floatBytes : 0;
  });
  const windowBytes = Math.max(0, ...windows);
  const recurrent = recurrentStage(stages);
  const ones = Math.max(batch, ...stages.map(({ vectors }) => vectors));
  const onesBytes = floatBytes * (recurrent === undefined ? ones : batch * recurrent.recurrent.steps);
  const biasBytes = matrices.reduce((sum, { stage }) => sum + (stage.bias?.length ?? 0) * floatBytes, 0);
  const always =
    (recurrent === undefined ? 0 : recurrentBytes(recurrent, batch)) + windowBytes + onesBytes + biasBytes + slack(stages);
  const spilled = new Set<number>();
  let sizes = sizesOf(stages, spilled);
  const need = ({ activations, gradients, single }: Sizes): number => always + single + batch * (gradients + activations + input);
  for (const at of spillable(stages)) {
    if (need(sizes) <= chip.scratchpad.bytes) break;
    spilled.add(at);
    sizes = sizesOf(stages, spilled);
  }
  const { activations } = sizes;
  const fixed = always + sizes.single + batch * sizes.gradients;
  const room = chip.scratchpad.bytes - fixed;
  const least = batch * (activations + input);
  if (least > room)
    throw inputError(
      `chip ${chip.name}`,
      `a scratchpad of ${chip.scratchpad.bytes} bytes`,
      `at least ${fixed + least} bytes to train on batches of ${batch}; a smaller algorithm.batch, or --set scratchpad.bytes=… larger`,
    );
  const stateBytes3 = 3 * batch * (recurrent?.recurrent.units ?? 0) * floatBytes;
  if (stateBytes3 > limits.maxLength)
    throw inputError(
      'algorithm.batch',
      `${batch}`,
      `at most ${Math.floor((batch * limits.maxLength) / stateBytes3)}: gates of a batch lie within reach of one generator`,
    );
  const lengthLimit = Math.floor(limits.maxLength / inputBytes);
  if (batch > lengthLimit)
    throw inputError('algorithm.batch', `${batch}`, `at most ${lengthLimit}: one transfer moves the images of a batch`);
  // A recurrence keeps every step of a batch: the test set runs in batches no larger.
  const largest = recurrent === undefined ? largestEvaluation : batch;
  const most = Math.min(largest, lengthLimit, Math.floor(room / (activations + 2 * input)));
  const evaluationBatch = chooseBatch(testSamples, Math.max(batch, most));
  const capacity = Math.max(batch, evaluationBatch);
  const doubled = 2 * aligned(capacity * inputBytes) <= limits.maxLength && capacity * (activations + 2 * input) <= room;
  const inputCopies = doubled ? 2 : 1;
  let left = room - capacity * (activations + inputCopies * input);
  const counts = algorithm.kind === 'mixed';
  const width = countFormat(stepSize).bytes;
  const countRows = matrices.map(({ stage }) => (counts ? countRowsOf(stage, left / 2, width) : 0));
  const countBytes = width * Math.max(0, ...matrices.map(({ stage }, at) => countRows[at]! * stage.columns));
  left -= aligned(countBytes);
  const stateBytes = matrices.map(({ stage }) => stateBytesOf(stage, algorithm));
  const stateInSpm = stateBytes.map((bytes) => {
    const fits = bytes > 0 && aligned(bytes) <= left;
    if (fits) left -= aligned(bytes);
    return fits;
  });
  return {
    ...{ batch, evaluationBatch, capacity, inputCopies, countRows, stateInSpm, stateBytes, countBytes, windowBytes, onesBytes },
    spmBytes: chip.scratchpad.bytes - left,
    spilled,
  };
}
