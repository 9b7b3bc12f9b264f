import { formatBytes, limits } from '../../../isa/limits.ts';
import type { ChipDescription } from '../../chip/description.ts';
import { createProgramBuilder, type ProgramBuilder } from '../../isa/builder.ts';
import { agu, integer, spm } from '../../isa/operands.ts';
import type { Program } from '../../isa/program.ts';
import type { DataSet } from '../../network/layer-graph.ts';
import { toBf16Bits } from '../../numeric/bf16.ts';
import type { GroupScaling } from '../calibrate-ranges.ts';
import { type Compensation, emitBaseline, emitCorrection, emitReadings } from '../compensation.ts';
import { loopLevels } from '../emission.ts';
import {
  type Batches,
  configureGroups,
  dramBlock,
  evaluateAtEveryAge,
  placeWeights,
  probeLatency,
  programGroup,
  programGroups,
} from '../emit-frame.ts';
import { loopFrom } from '../emit-loop.ts';
import type { PlacedMatrix } from '../place.ts';
import type { Rounds } from './cut-rounds.ts';
import { placeHomes } from './emit-dram.ts';
import { emitImages } from './emit-images.ts';
import { emitSteps } from './emit-step.ts';
import { type GraphEmission, type StepWords, walkBuffer } from './graph-emission.ts';
import type { GraphSchedule } from './schedule-graph.ts';
import { type LoweredGraph, matrixOf, type Step } from './steps.ts';

export interface GraphProgram {
  readonly name: string;
  readonly lowered: LoweredGraph;
  readonly schedule: GraphSchedule;
  readonly matrices: readonly PlacedMatrix[];
  readonly rounds: Rounds;
  readonly scalings: readonly GroupScaling[];
  readonly data: DataSet;
  readonly loss: 'cross-entropy' | 'mse';
  readonly chip: ChipDescription;
  /** Retention times at which the test set runs, s, ascending. */
  readonly ages: readonly number[];
  readonly emitted?: StepWords;
  readonly controllers?: { readonly own: number; readonly count: number };
  /** Absent: none. */
  readonly compensation?: Compensation;
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

/** What writes the matrices of each round into their tiles. */
type RoundPrograms = readonly (readonly (() => void)[])[];

/** Scores a batch and keeps its results. */
function emitScores(emission: GraphEmission, loss: GraphProgram['loss'], size: number): void {
  const { builder, schedule, lowered, format } = emission;
  builder.csr('global', 'ROWS', size);
  const scores = spm(schedule.areas.get(lowered.output)!.address);
  const labels = agu(walkBuffer(emission, schedule.labels, { inLoop: false }));
  builder.emit('LOSS', { fn: loss, a: scores, b: labels, length: lowered.classes });
  const results = transfer(lowered.classes * formatBytes[format], size);
  builder.emit('DST', { d: agu(generators.results), a: scores, ...results });
}

function emitForward(
  emission: GraphEmission,
  loss: 'cross-entropy' | 'mse',
  rounds: RoundPrograms,
  { size, first, count }: Batches,
): void {
  const { builder, schedule, lowered } = emission;
  emission.rows = undefined;
  loopFrom(builder, loopLevels.batch, first, count, () => {
    // A part of a network may lack its beginning or its end.
    const isFirst = lowered.steps.some(({ reads }) => reads.includes(lowered.input));
    const isLast = lowered.steps.some(({ writes }) => writes === lowered.output);
    const input = isFirst ? agu(walkBuffer(emission, schedule.input, { inLoop: false })) : undefined;
    const labels = isLast ? agu(walkBuffer(emission, schedule.labels, { inLoop: false })) : undefined;
    if (input !== undefined)
      builder.emit('DLD', { d: input, a: agu(generators.images), ...transfer(schedule.input.sampleBytes, size) });
    if (labels !== undefined) builder.emit('DLD', { d: labels, a: agu(generators.labels), length: size });
    rounds.forEach((matrices, round) => {
      for (const program of matrices) program();
      const own = (steps: readonly Step[]) => steps.filter((step) => (step.round ?? 0) === round);
      emitImages(emission, size, round);
      emitSteps(emission, own(schedule.batchSteps), { inLoop: false, samples: size });
    });
    if (isLast) emitScores(emission, loss, size);
    emission.rows = undefined;
  });
}

/** Chips of one network begin the test set, and the lone image, together: so the last one's time is that of the network. */
function meetOthers(builder: ProgramBuilder, { controllers }: GraphProgram, barrier: number): void {
  if (controllers !== undefined) builder.emit('BAR', { a: integer(barrier), b: integer(controllers.count) });
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
    homes: placeHomes(builder, lowered, schedule, formatBytes[format]),
    rows: undefined,
    ...(input.emitted === undefined ? {} : { emitted: input.emitted }),
  };
  const layerOfMatrix = new Map(
    lowered.steps.flatMap(({ operation, layer, reads }) => {
      const matrix = matrixOf(operation);
      return matrix === undefined ? [] : [[matrix, { layer, reads }] as const];
    }),
  );
  configureGroups(builder, matrices, scalings, {
    unit: data.unit,
    readBy: ({ stage }) => layerOfMatrix.get(stage)!.reads.includes(lowered.input),
  });
  placeData(builder, input);
  loadConstants(builder, packConstants(lowered, schedule, format), schedule.constants.address, region('phase', 'load'));
  const layerOf = ({ stage }: PlacedMatrix): number => regions.get(layerOfMatrix.get(stage)!.layer)!;
  const { resident } = input.rounds;
  const lasting = matrices.filter(({ stage }) => resident.has(stage));
  programGroups(builder, lasting, { program: region('phase', 'program'), layerOf }, generators.weights);
  const rounds = input.rounds.rounds.map(({ matrices: stages }) =>
    stages.map((own) => {
      const matrix = matrices.find(({ stage }) => stage === own)!;
      const base = placeWeights(builder, matrix);
      return () => programGroup(builder, matrix, base, layerOf(matrix), generators.weights);
    }),
  );
  const forward = (batches: Batches): void => emitForward(emission, loss, rounds, batches);
  const evaluation = { evaluate: region('phase', 'evaluate'), testSet: region('evaluation', 'test set') };
  const { compensation = 'none' } = input;
  const calibrate = compensation === 'none' ? undefined : region('phase', 'calibrate');
  const corrected = matrices.map(({ group, stage }) => ({ group, rows: stage.rows }));
  const correct = (emit: typeof emitCorrection): void => emitReadings(builder, calibrate, emit, compensation, corrected);
  correct(emitBaseline);
  meetOthers(builder, input, 1);
  evaluateAtEveryAge(builder, input.ages, evaluation, schedule, forward, () => correct(emitCorrection));
  meetOthers(builder, input, 2);
  probeLatency(builder, region('phase', 'forward'), forward);
  builder.emit('HALT');
  return builder.build(manifest);
}
