import type { Kernels } from '../../numeric/kernels.ts';
import { cellKey } from '../cell-keys.ts';
import type { CellBlock, ProgramOutcome } from '../cell-model.ts';
import { createCellDraws } from './cell-draws.ts';
import { newJourney, type ProgrammingAlgorithm } from './programming-algorithm.ts';

/** Programs a block cell by cell, pulse by pulse. Pointers may be equal. */
export function programPulses(
  algorithm: ProgrammingAlgorithm,
  kernels: Kernels,
  writtenS: number,
  targetS: number,
  block: CellBlock,
  tolerance: number,
  limit: number,
): ProgramOutcome {
  const { rows, columns, row0, column0, event } = block;
  const count = rows * columns;
  const mark = kernels.mark();
  const draws = createCellDraws(kernels, cellKey(block), event);
  const [target, written] = [kernels.f32(targetS, count), kernels.f32(writtenS, count)];
  const pulses = new Uint16Array(count);
  const journey = newJourney();
  let [failed, pulseJoules, restarts, verifyReads] = [0, 0, 0, 0];
  for (let cell = 0; cell < count; cell++) {
    draws.begin(row0 + Math.floor(cell / columns), column0 + (cell % columns));
    algorithm.programCell(draws, target[cell]!, tolerance, limit, journey);
    pulses[cell] = journey.pulses;
    written[cell] = journey.conductanceS;
    pulseJoules += journey.joules;
    restarts += journey.restarts;
    verifyReads += journey.verifyReads;
    if (!journey.reached) failed += 1;
  }
  kernels.release(mark);
  return { pulses, failed, pulseJoules, restarts, verifyReads };
}
