import { formatBytes } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import { createProgramBuilder, type ProgramBuilder } from '../isa/builder.ts';
import { agu, float, integer, register, special, spm } from '../isa/operands.ts';
import type { Program } from '../isa/program.ts';
import type { DataSet } from '../network/layer-graph.ts';
import type { GroupScaling } from './calibrate-ranges.ts';
import { type Emission, loopLevels } from './emission.ts';
import { emitForward } from './emit-forward.ts';
import { loadLiteral } from './emit-loop.ts';
import { packBiases } from './pack-biases.ts';
import type { PlacedMatrix } from './place.ts';
import { aligned, type Buffer, type Schedule } from './schedule.ts';

export interface InferenceProgram {
  readonly name: string;
  readonly matrices: readonly PlacedMatrix[];
  readonly scalings: readonly GroupScaling[];
  readonly schedule: Schedule;
  readonly data: DataSet;
  readonly loss: 'cross-entropy' | 'mse';
  readonly chip: ChipDescription;
  /** Retention times at which the test set runs, s, ascending. */
  readonly ages: readonly number[];
}

/** Emits the whole program: configuration, programming, then per age an evaluation of all samples; last a lone image. */
export function emitInference(input: InferenceProgram, manifest: unknown): Program {
  const builder = createProgramBuilder(`${input.name}.oasm`);
  const emission = place(builder, input);
  configureGroups(builder, input);
  loadBiases(builder, emission);
  programGroups(builder, emission);
  evaluateAtEveryAge(builder, emission, input);
  probeLatency(builder, emission);
  builder.emit('HALT');
  return builder.build(manifest);
}

/** Name of one of a layer's areas: layer names may hold what symbols may not, and may repeat names used here. */
function symbolName(builder: ProgramBuilder, layer: string, area: 'outputs' | 'weights'): string {
  const plain = `${layer.replace(/[^A-Za-z0-9_.]/g, '_').replace(/^(?=[\d.])/, '_')}_${area}`;
  let name = plain;
  for (let copy = 2; builder.symbol(name) !== undefined; copy++) name = `${plain}_${copy}`;
  return name;
}

const dramBlock = (builder: ProgramBuilder, name: string, bytes: Uint8Array): number => builder.dram(name, bytes.length, bytes);

/** Lays out scratchpad and DRAM and defines the address generators that walk through them. */
function place(builder: ProgramBuilder, input: InferenceProgram): Emission {
  const { schedule, data, chip } = input;
  const format = chip.vector.format;
  const { batch } = schedule;
  const imageBytes = data.images.length / data.count;
  const used = schedule.samples;
  const images = dramBlock(builder, 'images', data.images.subarray(0, used * imageBytes));
  const labels = dramBlock(builder, 'labels', data.labels.subarray(0, used));
  let generators = 0;
  const generator = (space: 'spm' | 'dram', base: number, strides: { level: number; bytes: number }[], modulus = 0): number => {
    const id = generators++;
    builder.agu(id, { space, base, strides, ...(modulus > 0 ? { modulus } : {}) });
    return id;
  };
  const area = (buffer: Buffer, name = buffer.name): number =>
    builder.spm(name, aligned(buffer.sampleBytes * buffer.samples * buffer.copies));
  /** Walks the copies of a buffer by batch, or by batch and image. */
  const walk = (base: number, buffer: Buffer, perImage: boolean): number => {
    const copy = buffer.sampleBytes * buffer.samples;
    const byImage = { level: loopLevels.image, bytes: buffer.sampleBytes };
    const byBatch = { level: loopLevels.batch, bytes: copy };
    const strides = buffer.perImage ? [byImage] : perImage ? [byBatch, byImage] : [byBatch];
    if (buffer.copies === 2) return generator('spm', base, strides, copy * 2);
    return generator('spm', base, perImage && !buffer.perImage ? [byImage] : []);
  };
  const inputBase = area(schedule.input);
  const hasMaps = schedule.mapStages.length > 0;
  const outputBases = schedule.outputs.map((buffer) => area(buffer, symbolName(builder, buffer.name, 'outputs')));
  const biases = packBiases(input.matrices, format);
  return {
    ...{ schedule, format, chip, loss: input.loss, matrices: input.matrices },
    classes: schedule.outputs[schedule.outputs.length - 1]!.sampleBytes / formatBytes[format],
    imagesDram: generator('dram', images, [{ level: loopLevels.batch, bytes: batch * imageBytes }]),
    labelsDram: generator('dram', labels, [{ level: loopLevels.batch, bytes: batch }]),
    labels: walk(area(schedule.labels), schedule.labels, false),
    inputBatch: walk(inputBase, schedule.input, false),
    inputImage: hasMaps ? walk(inputBase, schedule.input, true) : undefined,
    outputs: schedule.outputs.map((buffer, index) => ({
      image: index < schedule.mapStages.length ? walk(outputBases[index]!, buffer, true) : undefined,
      batch: buffer.samples > 1 || index >= schedule.mapStages.length - 1 ? walk(outputBases[index]!, buffer, false) : undefined,
    })),
    bias:
      biases.bytes.length === 0
        ? undefined
        : {
            ...biases,
            base: builder.spm('bias', aligned(biases.bytes.length)),
            generator: generator('dram', dramBlock(builder, 'bias_values', biases.bytes), []),
          },
    regions: {
      layers: new Map([...schedule.mapStages, ...schedule.vectorStages].map(({ name }) => [name, builder.region('layer', name)])),
      load: builder.region('phase', 'load'),
      program: builder.region('phase', 'program'),
      evaluate: builder.region('phase', 'evaluate'),
      lone: builder.region('phase', 'forward'),
      testSet: builder.region('evaluation', 'test set'),
    },
    nextGenerator: generators,
  };
}

function configureGroups(builder: ProgramBuilder, { matrices, scalings, data }: InferenceProgram): void {
  matrices.forEach(({ stage, group, rowBlocks, columnBlocks, firstTile }, index) => {
    builder.group({ id: group, firstTile, rowBlocks, columnBlocks, rows: stage.rows, columns: stage.columns });
    const { weightMax, adcRange } = scalings[index]!;
    builder.csr(group, 'WEIGHT_MAX', weightMax);
    builder.csr(group, 'ADC_RANGE', adcRange);
    if (index > 0) return;
    builder.csr(group, 'IN_FORMAT', 'u8');
    loadLiteral(builder, 1, data.unit);
    builder.csr(group, 'IN_UNIT', register(1));
  });
}

function loadBiases(builder: ProgramBuilder, { bias, regions }: Emission): void {
  if (bias === undefined) return;
  builder.emit('MARK', { fn: 'begin', a: integer(regions.load) });
  builder.emit('DLD', { d: spm(bias.base), a: agu(bias.generator), length: bias.bytes.length });
  builder.emit('MARK', { fn: 'end', a: integer(regions.load) });
}

function programGroups(builder: ProgramBuilder, { matrices, regions, nextGenerator }: Emission): void {
  builder.emit('MARK', { fn: 'begin', a: integer(regions.program) });
  for (const { stage, group } of matrices) {
    const bytes = new Uint8Array(stage.weights.buffer, stage.weights.byteOffset, stage.weights.byteLength);
    const base = dramBlock(builder, symbolName(builder, stage.name, 'weights'), bytes);
    const layer = integer(regions.layers.get(stage.name)!);
    builder.agu(nextGenerator, { space: 'dram', base, strides: [] });
    builder.emit('MARK', { fn: 'begin', a: layer });
    builder.emit('PRG', { fn: 'verify', unit: group, a: agu(nextGenerator), length: stage.rows });
    builder.emit('MARK', { fn: 'end', a: layer });
  }
  builder.emit('FENCE');
  builder.emit('MARK', { fn: 'end', a: integer(regions.program) });
}

/** r2… hold the retention to add before each evaluation; the loop shifts them down. */
function evaluateAtEveryAge(builder: ProgramBuilder, emission: Emission, { ages }: InferenceProgram): void {
  const first = 2;
  ages.forEach((age, index) => {
    loadLiteral(builder, first + index, age - (ages[index - 1] ?? 0));
  });
  const { evaluate, testSet } = emission.regions;
  const { batches, tail, batch } = emission.schedule;
  builder.loop(loopLevels.age, ages.length, () => {
    builder.emit('DLY', { flags: ['AGE'], a: register(first) });
    for (let index = 1; index < ages.length; index++)
      builder.emit('SETR', { fn: 'mov', d: register(first + index - 1), a: register(first + index) });
    for (const name of ['loss', 'hits', 'count'] as const) builder.emit('SETR', { fn: 'mov', d: special(name), a: float(0) });
    builder.emit('MARK', { fn: 'begin', a: integer(evaluate) });
    builder.emit('MARK', { fn: 'begin', a: integer(testSet) });
    emitForward(builder, emission, { size: batch, first: 0, count: batches });
    if (tail > 0) emitForward(builder, emission, { size: tail, first: batches, count: 1 });
    builder.emit('FENCE');
    builder.emit('MARK', { fn: 'end', a: integer(testSet) });
    builder.emit('MARK', { fn: 'end', a: integer(evaluate) });
  });
}

/** One image alone between fences: its phase time is the latency of an inference. */
function probeLatency(builder: ProgramBuilder, emission: Emission): void {
  builder.emit('MARK', { fn: 'begin', a: integer(emission.regions.lone) });
  emitForward(builder, emission, { size: 1, first: 0, count: 1 });
  builder.emit('FENCE');
  builder.emit('MARK', { fn: 'end', a: integer(emission.regions.lone) });
}
