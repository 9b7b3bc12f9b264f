import { purposes } from '../numeric/purposes.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import type { PulsedGroup } from './pulsable-group.ts';
import { updateKey } from './pulse-settings.ts';
import type { FiredLines } from './update-cost.ts';

/** Scratch in which the kernels plan and draw the trains of vector pairs. */
export interface TrainMemory {
  /** Settings and results as src/numeric/kernels/assembly/vectors.ts lays them out; one result per vector. */
  readonly plan: number;
  readonly results: number;
  readonly rowBase: number;
  readonly columnBase: number;
}

const resultBytes = 32;
const padded = (lines: number): number => Math.ceil(lines / 8) * 8;

/** `unit` is the weight a pulse is worth; the caller holds a mark. */
export function trainMemory(
  context: MachineContext,
  { layout }: PulsedGroup,
  { updateLength, updateManagement, lengthManagement }: GroupCsrs,
  unit: number,
  sequence: number,
  n: number,
): TrainMemory {
  const { kernels } = context;
  const side = (lines: number) => kernels.allocate(4 * padded(lines) * (3 + Math.ceil(updateLength / 32)));
  const [plan, results] = [kernels.allocate(32), kernels.allocate(resultBytes * n)];
  const memory = { plan, results, rowBase: side(layout.rows), columnBase: side(layout.columns) };
  const { key0, key1 } = updateKey(context, purposes.bitLines);
  new Float64Array(kernels.memory.buffer, plan, 1)[0] = unit;
  kernels.i32(plan, 8).set([updateLength, Number(updateManagement), Number(lengthManagement), key0, key1, sequence], 2);
  return memory;
}

/** What the trains of a vector were and did. */
export interface VectorResult {
  /** Slots of a train; 0 = nothing was to be done. */
  readonly length: number;
  readonly pulses: number;
  /** Slots in which lines fire, all lines of a side. */
  readonly rowFirings: number;
  readonly columnFirings: number;
  /** Lines that fire at least once. */
  readonly rowLines: number;
  readonly columnLines: number;
  /** Sum over pulses of the level of the pulsed cell before its pulses. */
  readonly levels: number;
}

/** Reads the results of n vectors; good until memory grows. */
export function vectorResults(
  { kernels }: MachineContext,
  { results }: TrainMemory,
  n: number,
): (vector: number) => VectorResult {
  const words = kernels.i32(results, (resultBytes / 4) * n);
  const doubles = new Float64Array(kernels.memory.buffer, results, (resultBytes / 8) * n);
  return (vector) => {
    const at = (resultBytes / 4) * vector;
    return {
      length: words[at]!,
      pulses: words[at + 1]!,
      rowFirings: words[at + 2]!,
      columnFirings: words[at + 3]!,
      rowLines: words[at + 4]!,
      columnLines: words[at + 5]!,
      levels: doubles[4 * vector + 3]!,
    };
  };
}

/** The trains of one side after fireVector, with the pointers pulseTrains takes. */
export interface Trains extends FiredLines {
  readonly linesAt: number;
  readonly signsAt: number;
  readonly bitsAt: number;
}

export function trainsAt({ kernels }: MachineContext, base: number, total: number, count: number, length: number): Trains {
  const bytes = 4 * padded(total);
  const [linesAt, signsAt, bitsAt] = [base + bytes, base + 2 * bytes, base + 3 * bytes];
  const stride = Math.ceil(count / 4) * 4;
  const [lines, signs] = [kernels.i32(linesAt, count), kernels.i32(signsAt, count)];
  return { count, lines, signs, bits: kernels.i32(bitsAt, stride * Math.ceil(length / 32)), stride, linesAt, signsAt, bitsAt };
}
