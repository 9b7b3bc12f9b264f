import { formatBytes, limits } from '../../../isa/limits.ts';
import type { ChipDescription } from '../../chip/description.ts';
import { createProgramBuilder, type ProgramBuilder } from '../../isa/builder.ts';
import { agu, integer, spm } from '../../isa/operands.ts';
import type { Program } from '../../isa/program.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import { toBf16Bits } from '../../numeric/bf16.ts';
import type { GroupScaling } from '../calibrate-ranges.ts';
import { loopLevels } from '../emission.ts';
import { type Batches, configureGroups, dramBlock, evaluateAtEveryAge, probeLatency, programGroups } from '../emit-frame.ts';
import { loopFrom } from '../emit-loop.ts';
import type { PlacedMatrix } from '../place.ts';
import { emitSteps } from './emit-step.ts';
import { type GraphEmission, walkBuffer } from './graph-emission.ts';
import type { GraphSchedule } from './schedule-graph.ts';
import type { LoweredGraph } from './steps.ts';

export interface GraphProgram {
  readonly name: string;
  readonly lowered: LoweredGraph;
  readonly schedule: GraphSchedule;
  readonly matrices: readonly PlacedMatrix[];
  readonly scalings: readonly GroupScaling[];
  readonly data: DataSet;
  readonly loss: 'cross-entropy' | 'mse';
  readonly chip: ChipDescription;
  /** Retention times at which the test set runs, s, ascending. */
  readonly ages: readonly number[];
}

/** Address generators of the frame. */
const generators = { images: 0, labels: 1, results: 2, constants: 3, weights: 4 } as const;

/** Constants in the working format, each at its offset. */
function packConstants({ constants }: LoweredGraph, { constants: places }: GraphSchedule, format: 'f32' | 'bf16'): Uint8Array {
  const bytes = new Uint8Array(places.bytes);
  const view = new DataView(bytes.buffer);
  constants.forEach((values, id) => {
    const at = places.offsets[id]!;
    values.forEach((value, index) => {
      if (format === 'bf16') view.setUint16(at + 2 * index, toBf16Bits(value), true);
      else view.setFloat32(at + 4 * index, value, true);
    });
  });
  return bytes;
}

function loadConstants(builder: ProgramBuilder, bytes: Uint8Array, address: number, region: number): void {
  if (bytes.length === 0) return;
  const base = dramBlock(builder, 'constants', bytes);
  builder.emit('MARK', { fn: 'begin', a: integer(region) });
  const most = limits.maxLength - (limits.maxLength % limits.dramUnitBytes);
  for (let at = 0; at < bytes.length; at += most) {
    builder.agu(generators.constants, { space: 'dram', base: base + at });
    builder.emit('DLD', { d: spm(address + at), a: agu(generators.constants), length: Math.min(most, bytes.length - at) });
  }
  builder.emit('MARK', { fn: 'end', a: integer(region) });
}

/** Places the data set and the results in DRAM, and the generators that walk them by batch. */
function placeData(builder: ProgramBuilder, { data, schedule, lowered, chip }: GraphProgram): void {
  const { samples, batch } = schedule;
  const imageBytes = schedule.input.sampleBytes;
  const resultBytes = lowered.classes * formatBytes[chip.vector.format];
  const walk = (id: number, base: number, bytes: number): void =>
    builder.agu(id, { space: 'dram', base, strides: [{ level: loopLevels.batch, bytes: batch * bytes }] });
  walk(generators.images, dramBlock(builder, 'images', data.images.subarray(0, samples * imageBytes)), imageBytes);
  walk(generators.labels, dramBlock(builder, 'labels', data.labels.subarray(0, samples)), 1);
  walk(generators.results, builder.dram('results', samples * resultBytes), resultBytes);
}

/** Bytes of one transfer as length and rows. */
const transfer = (sampleBytes: number, samples: number) =>
  sampleBytes * samples <= limits.maxLength ? { length: sampleBytes * samples } : { length: sampleBytes, sub: samples };

function emitForward(emission: GraphEmission, loss: 'cross-entropy' | 'mse', { size, first, count }: Batches): void {
  const { builder, schedule, lowered, format } = emission;
  const resultBytes = lowered.classes * formatBytes[format];
  emission.rows = undefined;
  loopFrom(builder, loopLevels.batch, first, count, () => {
    const [input, labels] = [schedule.input, schedule.labels].map((buffer) => walkBuffer(emission, buffer, false));
    builder.emit('DLD', { d: agu(input!), a: agu(generators.images), ...transfer(schedule.input.sampleBytes, size) });
    builder.emit('DLD', { d: agu(labels!), a: agu(generators.labels), length: size });
    if (schedule.imageSteps.length > 0) {
      builder.loop(loopLevels.image, size, () => emitSteps(emission, schedule.imageSteps, { inLoop: true, samples: 1 }));
      emission.rows = undefined;
    }
    emitSteps(emission, schedule.batchSteps, { inLoop: false, samples: size });
    builder.csr('global', 'ROWS', size);
    const scores = spm(schedule.areas.get(lowered.output)!.address);
    builder.emit('LOSS', { fn: loss, a: scores, b: agu(walkBuffer(emission, schedule.labels, false)), length: lowered.classes });
    builder.emit('DST', { d: agu(generators.results), a: scores, ...transfer(resultBytes, size) });
    emission.rows = undefined;
  });
}

/** Emits the whole program: constants, programming, then per age an evaluation of all samples with their results; last a lone image. */
export function emitGraph(input: GraphProgram, manifest: unknown): Program {
  const { lowered, schedule, matrices, scalings, chip, data, loss } = input;
  const builder = createProgramBuilder(`${input.name}.oasm`);
  const { format } = chip.vector;
  builder.spm('scratchpad_in_use', schedule.spmBytes);
  const layers = [...new Set(lowered.steps.map(({ layer }) => layer))];
  const regions = new Map(layers.map((layer) => [layer, builder.region('layer', layer)]));
  const region = (kind: 'phase' | 'evaluation', name: string): number => builder.region(kind, name);
  const emission: GraphEmission = {
    builder,
    lowered,
    schedule,
    matrices,
    format,
    unit: data.unit,
    regions,
    nextGenerator: 0,
    rows: undefined,
  };
  const layerOfMatrix = new Map(
    lowered.steps.flatMap(({ operation, layer, reads }) =>
      operation.kind === 'matrix' ? [[operation.matrix, { layer, reads }] as const] : [],
    ),
  );
  configureGroups(builder, matrices, scalings, {
    unit: data.unit,
    readBy: ({ stage }) => layerOfMatrix.get(stage)!.reads.includes(lowered.input),
  });
  placeData(builder, input);
  loadConstants(builder, packConstants(lowered, schedule, format), schedule.constants.address, region('phase', 'load'));
  const layerOf = ({ stage }: PlacedMatrix): number => regions.get(layerOfMatrix.get(stage)!.layer)!;
  programGroups(builder, matrices, { program: region('phase', 'program'), layerOf }, generators.weights);
  const forward = (batches: Batches): void => emitForward(emission, loss, batches);
  const evaluation = { evaluate: region('phase', 'evaluate'), testSet: region('evaluation', 'test set') };
  evaluateAtEveryAge(builder, input.ages, evaluation, schedule, forward);
  probeLatency(builder, region('phase', 'forward'), forward);
  builder.emit('HALT');
  return builder.build(manifest);
}
