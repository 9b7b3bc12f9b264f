import { limits } from '../../../isa/limits.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import type { Operand } from '../../isa/instruction.ts';
import { agu, integer, spm, window } from '../../isa/operands.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import type { StageWindow } from '../lower.ts';
import { aligned } from '../schedule.ts';
import type { TrainedMatrix } from './place-training.ts';
import { placeRecurrent, recurrentGenerators, recurrentStage } from './recurrent-areas.ts';
import { placeSpilled } from './spill-maps.ts';
import { firstMatrix, floatBytes, mapStageCount } from './training-layout.ts';
import {
  type StageOperands,
  type TrainingEmission,
  type TrainingInput,
  trainingLoops,
  trainingRegions,
  trainingSymbols,
  type WindowUse,
} from './training-program.ts';

/** Hands out generator and window ids; the last generator is left for definitions in passing. */
function createIds(builder: ProgramBuilder, recurrent: boolean) {
  let generators = 0;
  let windows = 0;
  const passing = limits.aguCount - 1;
  const most = recurrent ? recurrentGenerators.first : passing;
  const generator = (
    space: 'spm' | 'dram',
    base: number,
    strides: readonly { level: number; bytes: number }[],
    modulus = 0,
  ): Operand => {
    const id = generators++;
    if (id >= most) throw new RangeError(`generator ${id} is asked for; want at most ${most} of them`);
    builder.agu(id, { space, base, strides, ...(modulus > 0 ? { modulus } : {}) });
    return agu(id);
  };
  /** The generator id inside an operand made by `generator`. */
  const idOf = (operand: Operand): number => operandIds.get(operand)!;
  const operandIds = new Map<Operand, number>();
  const tracked = (...given: Parameters<typeof generator>): Operand => {
    const operand = generator(...given);
    operandIds.set(operand, generators - 1);
    return operand;
  };
  const windowOver = (map: Operand, shape: StageWindow): WindowUse => {
    const id = windows++;
    const define = (at: number): Operand => {
      builder.window(at, { agu: idOf(map), ...shape });
      return window(at);
    };
    // The last descriptor is shared by all that come too late for one of their own.
    if (id >= limits.windowCount - 1) return { operand: () => define(limits.windowCount - 1) };
    const operand = define(id);
    return { operand: () => operand };
  };
  return { generator: tracked, windowOver, passing };
}

type Ids = ReturnType<typeof createIds>;

const perImage = (bytes: number) => [{ level: trainingLoops.image, bytes }];
const perBatch = (bytes: number) => [{ level: trainingLoops.batch, bytes }];

/** DRAM image of one data set: images and labels, walked by batch. */
function placeSet(builder: ProgramBuilder, ids: Ids, data: DataSet, batch: number, names: { images: string; labels: string }) {
  const imageBytes = data.images.length / data.count;
  const images = builder.dram(names.images, data.images.length, data.images);
  const labels = builder.dram(names.labels, data.labels.length, data.labels);
  return {
    images: ids.generator('dram', images, perBatch(batch * imageBytes)),
    labels: ids.generator('dram', labels, perBatch(batch)),
  };
}

/** Image and label buffers of a batch, double where they fit. */
function placeInput(builder: ProgramBuilder, ids: Ids, { layout, train }: TrainingInput, maps: boolean) {
  const imageBytes = train.images.length / train.count;
  const walk = (name: string, sampleBytes: number) => {
    const copy = aligned(sampleBytes * layout.capacity);
    const base = builder.spm(name, copy * layout.inputCopies);
    const strides = layout.inputCopies === 2 ? perBatch(copy) : [];
    const modulus = layout.inputCopies === 2 ? 2 * copy : 0;
    return { batch: ids.generator('spm', base, strides, modulus), strides, base, modulus };
  };
  const images = walk('image_batch', imageBytes);
  // The image stride stays inside one copy, so the modulus of two copies holds for both.
  const image = maps
    ? ids.generator('spm', images.base, [...images.strides, ...perImage(imageBytes)], images.modulus)
    : images.batch;
  return { inputBatch: images.batch, inputImage: image, labels: walk('label_batch', 1).batch };
}

/** Activations of the largest batch, gradients of a training batch, and index maps, stage by stage. */
function placeStages(builder: ProgramBuilder, ids: Ids, input: TrainingInput, inputImage: Operand, inputBatch: Operand) {
  const { stages, layout } = input;
  const mapStages = mapStageCount(stages);
  const first = firstMatrix(stages);
  const area = (name: string, at: number, samples: number, image: boolean): { image: Operand; batch: Operand } => {
    const bytes = stages[at]!.outputElements * floatBytes;
    const single = layout.spilled.has(at);
    const base = builder.spm(`stage_${at}_${name}`, aligned(bytes * (single ? 1 : samples)));
    return { image: image ? ids.generator('spm', base, single ? [] : perImage(bytes)) : spm(base), batch: spm(base) };
  };
  const areas = stages.map((stage, at) => {
    const image = at < mapStages;
    return {
      output: area('outputs', at, layout.capacity, image),
      gradient: area('gradients', at, layout.batch, image),
      index: stage.kind === 'pool' && stage.function === 'max' ? area('indices', at, layout.batch, true).image : undefined,
    };
  });
  const spilled = new Map(
    [...layout.spilled].map((at) => {
      const { output, gradient, index } = areas[at]!;
      const near = { output: output.image, gradient: gradient.image, index };
      return [at, placeSpilled(builder, stages[at]!, at, layout.batch, near)] as const;
    }),
  );
  const scratch =
    layout.windowBytes > 0 ? ids.generator('spm', builder.spm('window_gradients', aligned(layout.windowBytes)), []) : spm(0);
  const operands = stages.map((stage, at): StageOperands => {
    const side = at < mapStages ? 'image' : 'batch';
    const { output, gradient, index } = areas[at]!;
    const before = areas[at - 1];
    const operand = before === undefined ? (side === 'image' ? inputImage : inputBatch) : before.output[side];
    const backwards = stage.kind === 'pool' ? gradient.image : scratch;
    return {
      ...{ input: operand, output: output[side], gradient: gradient[side], index },
      inputGradient: at > first ? before?.gradient[side] : undefined,
      window: stage.window === undefined ? undefined : ids.windowOver(operand, stage.window),
      backWindow: stage.window === undefined || at <= first ? undefined : ids.windowOver(backwards, stage.window),
    };
  });
  const last = areas[areas.length - 1]!;
  return { mapStages, operands, spilled, logits: last.output.batch, lossGradient: last.gradient.batch, windowScratch: scratch };
}

/** All biases as one block that stays in the scratchpad, and the rows of ones that sum their gradients. */
function placeBiases(builder: ProgramBuilder, ids: Ids, { matrices, layout }: TrainingInput) {
  const biasOffsets = new Map<number, number>();
  let biasBytes = 0;
  for (const { stage, group } of matrices) {
    if (stage.bias === undefined) continue;
    biasOffsets.set(group, biasBytes);
    biasBytes += stage.columns * floatBytes;
  }
  const values = new Float32Array(biasBytes / floatBytes);
  for (const { stage, group } of matrices)
    if (stage.bias !== undefined) values.set(stage.bias, biasOffsets.get(group)! / floatBytes);
  const bytes = new Uint8Array(values.buffer);
  const ones = new Uint8Array(Float32Array.from({ length: layout.onesBytes / floatBytes }, () => 1).buffer);
  const source = new Uint8Array(aligned(biasBytes) + ones.length);
  source.set(bytes);
  source.set(ones, aligned(biasBytes));
  const base = builder.spm('biases', source.length);
  return {
    ...{ biasBase: base, biasOffsets, biasBytes: source.length, ones: spm(base + aligned(biasBytes)) },
    biasSource: biasBytes === 0 ? undefined : ids.generator('dram', builder.dram('bias_values', source.length, source), []),
  };
}

/** Digital state of the algorithm: in the scratchpad, or in DRAM behind a generator defined in passing. */
function placeState(builder: ProgramBuilder, ids: Ids, { matrices, layout }: TrainingInput) {
  const places = matrices.map(({ group }, at) => {
    const bytes = layout.stateBytes[at]!;
    const inSpm = layout.stateInSpm[at]!;
    const name = `state_${group}`;
    if (bytes === 0) return { inSpm, base: 0 };
    return { inSpm, base: inSpm ? builder.spm(name, aligned(bytes)) : builder.dram(name, bytes) };
  });
  const counts = spm(layout.countBytes === 0 ? 0 : builder.spm('pulse_counts', aligned(layout.countBytes)));
  const state = (matrix: TrainedMatrix, partBytes = 0): Operand => {
    const at = matrices.indexOf(matrix);
    const { inSpm, base } = places[at]!;
    if (layout.stateBytes[at] === 0) return integer(0);
    if (inSpm && partBytes === 0) return spm(base);
    const strides = partBytes === 0 ? [] : [{ level: trainingLoops.part, bytes: partBytes }];
    builder.agu(ids.passing, { space: inSpm ? 'spm' : 'dram', base, strides });
    return agu(ids.passing);
  };
  return { counts, state };
}

/** Lays out scratchpad and DRAM and defines the generators and windows that walk through them. */
export function placeData(builder: ProgramBuilder, input: TrainingInput): TrainingEmission {
  const { layout, stages } = input;
  const ids = createIds(builder, recurrentStage(stages) !== undefined);
  const train = placeSet(builder, ids, input.train, layout.batch, trainingSymbols);
  const test = placeSet(builder, ids, input.test, layout.evaluationBatch, { images: 'test_images', labels: 'test_labels' });
  const { inputBatch, inputImage, labels } = placeInput(builder, ids, input, mapStageCount(stages) > 0);
  const placed = placeStages(builder, ids, input, inputImage, inputBatch);
  const recurrent = recurrentStage(stages);
  const layers = new Map(stages.map(({ name }) => [name, builder.region('layer', name)]));
  return {
    ...{ ...input, ...placed, builder, inputBatch, labels, passingGenerator: ids.passing },
    ...placeBiases(builder, ids, input),
    ...placeState(builder, ids, input),
    recurrent: recurrent === undefined ? undefined : placeRecurrent(builder, recurrent, layout.capacity),
    sources: { trainImages: train.images, trainLabels: train.labels, testImages: test.images, testLabels: test.labels },
    regions: {
      layer: (name) => layers.get(name)!,
      phase: (name) => builder.region('phase', name),
      epoch: builder.region('evaluation', trainingRegions.epoch),
      training: builder.region('evaluation', trainingRegions.training),
      testSet: builder.region('evaluation', trainingRegions.testSet),
    },
  };
}
