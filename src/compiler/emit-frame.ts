import type { ProgramBuilder } from '../isa/builder.ts';
import { agu, float, integer, register, special } from '../isa/operands.ts';
import type { GroupScaling } from './calibrate-ranges.ts';
import { loopLevels } from './emission.ts';
import { loadLiteral } from './emit-loop.ts';
import type { PlacedMatrix } from './place.ts';

/** Batches of `size` samples, numbered from `first`. */
export interface Batches {
  readonly size: number;
  readonly first: number;
  readonly count: number;
}

/** Emits the loop that loads batches, runs the network on them and scores them. */
export type EmitForward = (batches: Batches) => void;

/** Full batches, and samples of the last partial one. */
export interface BatchPlan {
  readonly batch: number;
  readonly batches: number;
  readonly tail: number;
}

export const dramBlock = (builder: ProgramBuilder, name: string, bytes: Uint8Array): number =>
  builder.dram(name, bytes.length, bytes);

/** Name of one of a layer's areas: layer names may hold what symbols may not, and may repeat names used here. */
export function symbolName(builder: ProgramBuilder, layer: string, area: string): string {
  const plain = `${layer.replace(/[^A-Za-z0-9_.]/g, '_').replace(/^(?=[\d.])/, '_')}_${area}`;
  let name = plain;
  for (let copy = 2; builder.symbol(name) !== undefined; copy++) name = `${plain}_${copy}`;
  return name;
}

/** Defines the groups; those that read the data set's codes are told what one code is worth. */
export function configureGroups(
  builder: ProgramBuilder,
  matrices: readonly PlacedMatrix[],
  scalings: readonly GroupScaling[],
  codes: { readonly unit: number; readonly readBy: (matrix: PlacedMatrix) => boolean },
): void {
  matrices.forEach((matrix, index) => {
    const { stage, group, rowBlocks, columnBlocks, firstTile, replicas = 1 } = matrix;
    builder.group({ id: group, firstTile, rowBlocks, columnBlocks, rows: stage.rows, columns: stage.columns, replicas });
    const { weightMax, adcRange } = scalings[index]!;
    builder.csr(group, 'WEIGHT_MAX', weightMax);
    builder.csr(group, 'ADC_RANGE', adcRange);
    if (!codes.readBy(matrix)) return;
    builder.csr(group, 'IN_FORMAT', 'u8');
    loadLiteral(builder, 1, codes.unit);
    builder.csr(group, 'IN_UNIT', register(1));
  });
}

/** Where the target weights of a matrix begin in DRAM. */
export function placeWeights(builder: ProgramBuilder, { stage }: PlacedMatrix): number {
  const bytes = new Uint8Array(stage.weights.buffer, stage.weights.byteOffset, stage.weights.byteLength);
  return dramBlock(builder, symbolName(builder, stage.name, 'weights'), bytes);
}

/** Programs and verifies one group under its layer. `generator` is an address generator nobody uses yet. */
export function programGroup(
  builder: ProgramBuilder,
  { stage, group }: PlacedMatrix,
  base: number,
  layer: number,
  generator: number,
): void {
  builder.agu(generator, { space: 'dram', base, strides: [] });
  builder.emit('MARK', { fn: 'begin', a: integer(layer) });
  builder.emit('PRG', { fn: 'verify', unit: group, a: agu(generator), length: stage.rows });
  builder.emit('MARK', { fn: 'end', a: integer(layer) });
}

/** Programs and verifies every group, each under its layer. `generator` is an address generator nobody uses yet. */
export function programGroups(
  builder: ProgramBuilder,
  matrices: readonly PlacedMatrix[],
  regions: { readonly program: number; readonly layerOf: (matrix: PlacedMatrix) => number },
  generator: number,
): void {
  builder.emit('MARK', { fn: 'begin', a: integer(regions.program) });
  for (const matrix of matrices) programGroup(builder, matrix, placeWeights(builder, matrix), regions.layerOf(matrix), generator);
  builder.emit('FENCE');
  builder.emit('MARK', { fn: 'end', a: integer(regions.program) });
}

/** r2… hold the retention to add before each evaluation; the loop shifts them down. `correct` emits what follows the ageing. */
export function evaluateAtEveryAge(
  builder: ProgramBuilder,
  ages: readonly number[],
  regions: { readonly evaluate: number; readonly testSet: number },
  { batch, batches, tail }: BatchPlan,
  forward: EmitForward,
  correct: () => void = () => undefined,
): void {
  const first = 2;
  ages.forEach((age, index) => {
    loadLiteral(builder, first + index, age - (ages[index - 1] ?? 0));
  });
  builder.loop(loopLevels.age, ages.length, () => {
    builder.emit('DLY', { flags: ['AGE'], a: register(first) });
    correct();
    for (let index = 1; index < ages.length; index++)
      builder.emit('SETR', { fn: 'mov', d: register(first + index - 1), a: register(first + index) });
    for (const name of ['loss', 'hits', 'count'] as const) builder.emit('SETR', { fn: 'mov', d: special(name), a: float(0) });
    builder.emit('MARK', { fn: 'begin', a: integer(regions.evaluate) });
    builder.emit('MARK', { fn: 'begin', a: integer(regions.testSet) });
    forward({ size: batch, first: 0, count: batches });
    if (tail > 0) forward({ size: tail, first: batches, count: 1 });
    builder.emit('FENCE');
    builder.emit('MARK', { fn: 'end', a: integer(regions.testSet) });
    builder.emit('MARK', { fn: 'end', a: integer(regions.evaluate) });
  });
}

/** One image alone between fences: its phase time is the latency of an inference. */
export function probeLatency(builder: ProgramBuilder, region: number, forward: EmitForward): void {
  builder.emit('MARK', { fn: 'begin', a: integer(region) });
  forward({ size: 1, first: 0, count: 1 });
  builder.emit('FENCE');
  builder.emit('MARK', { fn: 'end', a: integer(region) });
}
