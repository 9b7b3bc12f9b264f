import { formatBytes } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import { createProgramBuilder, type ProgramBuilder } from '../isa/builder.ts';
import { agu, integer, spm } from '../isa/operands.ts';
import type { Program } from '../isa/program.ts';
import type { DataSet } from '../network/layer-graph.ts';
import type { GroupScaling } from './calibrate-ranges.ts';
import { type Compensation, emitBaseline, emitCorrection, emitReadings } from './compensation.ts';
import { type Emission, loopLevels } from './emission.ts';
import { emitForward } from './emit-forward.ts';
import {
  configureGroups,
  dramBlock,
  type EmitForward,
  evaluateAtEveryAge,
  probeLatency,
  programGroups,
  symbolName,
} from './emit-frame.ts';
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
  readonly compensation: Compensation;
}

/** Emits the whole program: configuration, programming, then per age an evaluation of all samples; last a lone image. */
export function emitInference(input: InferenceProgram, manifest: unknown): Program {
  const builder = createProgramBuilder(`${input.name}.oasm`);
  const emission = place(builder, input);
  const { matrices, scalings, data, ages, schedule, compensation } = input;
  const { regions } = emission;
  const forward: EmitForward = (batches) => emitForward(builder, emission, batches);
  configureGroups(builder, matrices, scalings, { unit: data.unit, readBy: (matrix) => matrix === matrices[0] });
  loadBiases(builder, emission);
  const layerOf = ({ stage }: PlacedMatrix): number => regions.layers.get(stage.name)!;
  programGroups(builder, matrices, { program: regions.program, layerOf }, emission.nextGenerator);
  const corrected = matrices.map(({ group, stage }) => ({ group, rows: stage.rows }));
  const correct = (emit: typeof emitCorrection): void => emitReadings(builder, regions.calibrate, emit, compensation, corrected);
  correct(emitBaseline);
  evaluateAtEveryAge(builder, ages, regions, schedule, forward, () => correct(emitCorrection));
  probeLatency(builder, regions.lone, forward);
  builder.emit('HALT');
  return builder.build(manifest);
}

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
      calibrate: input.compensation === 'none' ? undefined : builder.region('phase', 'calibrate'),
      evaluate: builder.region('phase', 'evaluate'),
      lone: builder.region('phase', 'forward'),
      testSet: builder.region('evaluation', 'test set'),
    },
    nextGenerator: generators,
  };
}

function loadBiases(builder: ProgramBuilder, { bias, regions }: Emission): void {
  if (bias === undefined) return;
  builder.emit('MARK', { fn: 'begin', a: integer(regions.load) });
  builder.emit('DLD', { d: spm(bias.base), a: agu(bias.generator), length: bias.bytes.length });
  builder.emit('MARK', { fn: 'end', a: integer(regions.load) });
}
