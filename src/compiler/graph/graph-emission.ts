import type { Format } from '../../../isa/limits.ts';
import { formatBytes } from '../../../isa/limits.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import type { Operand } from '../../isa/instruction.ts';
import { agu, spm } from '../../isa/operands.ts';
import { loopLevels } from '../emission.ts';
import type { PlacedMatrix } from '../place.ts';
import type { GraphSchedule, InputBuffer } from './schedule-graph.ts';
import type { LoweredGraph } from './steps.ts';

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
  /** Value of CSR ROWS when it is known. */
  rows: number | undefined;
}

/** Generators below this one belong to the frame: images, labels and results in DRAM, programming. */
export const firstFreeGenerator = 8;
const generatorCount = 24;

/** How many samples a step works on: one inside the image loop, or the batch. */
export interface SampleMode {
  readonly inLoop: boolean;
  readonly samples: number;
}

function takeGenerator(emission: GraphEmission): number {
  const id = firstFreeGenerator + (emission.nextGenerator % generatorCount);
  emission.nextGenerator += 1;
  return id;
}

/** The generator that walks the copies of an input buffer by batch, and by image inside the loop. */
export function walkBuffer(emission: GraphEmission, { address, sampleBytes, copies }: InputBuffer, inLoop: boolean): number {
  const { batch } = emission.schedule;
  const copyBytes = sampleBytes * batch;
  const id = takeGenerator(emission);
  const byBatch = copies === 2 ? [{ level: loopLevels.batch, bytes: copyBytes }] : [];
  const byImage = inLoop ? [{ level: loopLevels.image, bytes: sampleBytes }] : [];
  const modulus = copies === 2 ? { modulus: 2 * copyBytes } : {};
  emission.builder.agu(id, { space: 'spm', base: address, strides: [...byBatch, ...byImage], ...modulus });
  return id;
}

/** Where a value of the current sample lies, `offset` elements on. */
export function operandOf(emission: GraphEmission, name: string, { inLoop }: SampleMode, offset = 0): Operand {
  const { schedule, lowered, format } = emission;
  if (name === lowered.input) return agu(walkBuffer(emission, schedule.input, inLoop), offset);
  const area = schedule.areas.get(name)!;
  const address = area.address + offset * formatBytes[format];
  if (!inLoop || !schedule.wide.has(name)) return spm(address);
  return agu(generatorOf(emission, name, address));
}

/** A generator on a value, for windows and for values that hold a whole batch. */
export function generatorOf(emission: GraphEmission, name: string, address = emission.schedule.areas.get(name)!.address): number {
  const { schedule, lowered, format } = emission;
  const id = takeGenerator(emission);
  const bytes = lowered.values.get(name)!.elements * formatBytes[format];
  const strides = schedule.wide.has(name) ? [{ level: loopLevels.image, bytes }] : [];
  emission.builder.agu(id, { space: 'spm', base: address, strides });
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
