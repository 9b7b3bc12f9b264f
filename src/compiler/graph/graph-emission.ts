import type { Format } from '../../../isa/limits.ts';
import { formatBytes } from '../../../isa/limits.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import type { Operand } from '../../isa/instruction.ts';
import { agu, spm } from '../../isa/operands.ts';
import { loopLevels } from '../emission.ts';
import type { PlacedMatrix } from '../place.ts';
import type { GraphSchedule, InputBuffer } from './schedule-graph.ts';
import type { LoweredGraph, Step } from './steps.ts';
import { walkRows } from './walk-rows.ts';

/** Told which words a step became: the first, and the one behind the last. */
export type StepWords = (step: Step, from: number, to: number) => void;

/** What the emitters of a graph share. */
export interface GraphEmission {
  readonly builder: ProgramBuilder;
  readonly lowered: LoweredGraph;
  readonly schedule: GraphSchedule;
  readonly matrices: readonly PlacedMatrix[];
  readonly format: Format;
  /** Worth of one code of the data set. */
  readonly unit: number;
  readonly regions: ReadonlyMap<string, number>;
  /** Id of the next address generator to define; they are taken in turn. */
  nextGenerator: number;
  readonly emitted?: StepWords;
  /** Id of a window descriptor that nobody uses yet, where definitions last; absent: they are taken in turn. */
  readonly takeWindow?: () => number;
  /** DRAM addresses of values that have a home there. */
  readonly homes: ReadonlyMap<string, number>;
  /** Value of CSR ROWS when it is known. */
  rows: number | undefined;
}

/** Generators below this one belong to the frame: images, labels and results in DRAM, programming. */
export const firstFreeGenerator = 8;
export const generatorCount = 24;

/** Rows of its maps that a step of a stream works on: so many, in turn `delay`, and again every `period` turns. */
export interface RowMode {
  readonly rows: number;
  readonly period: number;
  readonly delay: number;
  readonly heights: ReadonlyMap<string, number>;
}

/** How many samples a step works on: one inside the image loop, or the batch. */
export interface SampleMode {
  /** Absent: whole maps. */
  readonly part?: RowMode;
  readonly inLoop: boolean;
  readonly samples: number;
  /** The loop counter runs so many images ahead of the one worked on: its stage of the pipeline. Default 0. */
  readonly behind?: number;
}

/** Address generators of steps are taken in turn: each is defined right before its use. */
export function takeGenerator(emission: GraphEmission): number {
  const id = firstFreeGenerator + (emission.nextGenerator % generatorCount);
  emission.nextGenerator += 1;
  return id;
}

/** Where a ring of `bytes` must be entered for a walk that is `behind` strides late. */
const phaseOf = (bytes: number, stride: number, behind: number): number => (bytes - ((behind * stride) % bytes)) % bytes;

/** The stride of a value's rows, and the ring that it goes round; `bytes` are those of a whole map, `extent` of all there are. */
function rowWalk({ rows, period, delay, heights }: RowMode, name: string, bytes: number, extent: number) {
  const { stride, modulus, phase } = walkRows(rows * (bytes / heights.get(name)!), period, delay, extent);
  return { strides: [{ level: loopLevels.step, bytes: stride }], ring: { modulus, phase } };
}

/** A generator whose value is not an address but the row of a map of `height` rows that a step of a stream is at. */
export function countRows(emission: GraphEmission, height: number, { rows, period, delay }: RowMode): number {
  const id = takeGenerator(emission);
  const { stride, modulus, phase } = walkRows(rows, period, delay, height);
  emission.builder.agu(id, { space: 'spm', base: 0, strides: [{ level: loopLevels.step, bytes: stride }], modulus, phase });
  return id;
}

/** The generator that walks the copies of an input buffer by batch, and by image inside the loop. */
export function walkBuffer(
  emission: GraphEmission,
  { address, sampleBytes, copies }: InputBuffer,
  { inLoop, behind = 0, part }: Pick<SampleMode, 'inLoop' | 'behind' | 'part'>,
): number {
  const { batch } = emission.schedule;
  const copyBytes = sampleBytes * batch;
  const id = takeGenerator(emission);
  const byBatch = copies === 2 ? [{ level: loopLevels.batch, bytes: copyBytes }] : [];
  const byImage = inLoop ? [{ level: loopLevels.image, bytes: sampleBytes }] : [];
  const bytes = copies * copyBytes;
  const walk = part === undefined ? undefined : rowWalk(part, emission.lowered.input, sampleBytes, bytes);
  const ring = copies === 2 || behind > 0 ? { modulus: bytes, phase: phaseOf(bytes, sampleBytes, behind) } : {};
  const strides = [...byBatch, ...byImage, ...(walk?.strides ?? [])];
  emission.builder.agu(id, { space: 'spm', base: address, strides, ...(walk?.ring ?? ring) });
  return id;
}

/** Where a value of the current sample lies, `offset` elements on. */
export function operandOf(emission: GraphEmission, name: string, mode: SampleMode, offset = 0): Operand {
  const { schedule, lowered, format } = emission;
  if (name === lowered.input) return agu(walkBuffer(emission, schedule.input, mode), offset);
  const area = schedule.areas.get(name)!;
  const address = area.address + offset * formatBytes[format];
  const moves = schedule.wide.has(name) || schedule.copies.has(name) || mode.part !== undefined;
  if (!mode.inLoop || !moves) return spm(address);
  return agu(generatorOf(emission, name, mode, address));
}

/** A generator on a value: for windows, for values that hold a whole batch, and for those of which there are several copies. */
export function generatorOf(
  emission: GraphEmission,
  name: string,
  { behind = 0, part }: Pick<SampleMode, 'behind' | 'part'>,
  address = emission.schedule.areas.get(name)!.address,
): number {
  const { schedule, lowered, format } = emission;
  const id = takeGenerator(emission);
  const copies = schedule.copies.get(name);
  const isRing = copies !== undefined || (schedule.wide.has(name) && behind > 0);
  const count = copies?.count ?? schedule.batch;
  const bytes = copies?.pitch ?? lowered.values.get(name)!.elements * formatBytes[format];
  const strides = schedule.wide.has(name) || copies !== undefined ? [{ level: loopLevels.image, bytes }] : [];
  const ring = isRing ? { modulus: count * bytes, phase: phaseOf(count * bytes, bytes, behind) } : {};
  const extent = strides.length > 0 ? count * bytes : bytes;
  const walk = part === undefined ? undefined : rowWalk(part, name, bytes, extent);
  const all = [...strides, ...(walk?.strides ?? [])];
  emission.builder.agu(id, { space: 'spm', base: address, strides: all, ...(walk?.ring ?? ring) });
  return id;
}

/** Scratchpad operand of a constant. */
export const constantOperand = ({ schedule }: GraphEmission, id: number, byteOffset = 0): Operand =>
  spm(schedule.constants.address + schedule.constants.offsets[id]! + byteOffset);

/** Writes CSR ROWS where its value can have changed. */
export function setRows(emission: GraphEmission, rows: number): void {
  if (emission.rows === rows) return;
  emission.builder.csr('global', 'ROWS', rows);
  emission.rows = rows;
}
