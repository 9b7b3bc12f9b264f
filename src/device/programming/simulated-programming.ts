import type { Kernels } from '../../numeric/kernels.ts';
import { purposes } from '../../numeric/purposes.ts';
import { cellKey } from '../cell-keys.ts';
import type { CellBlock, ProgramOutcome, SimulatedProgramming } from '../cell-model.ts';
import { type OutcomeEnsemble, placeIn, simulateEnsemble } from './outcome-ensemble.ts';
import { programPulses } from './program-pulses.ts';
import type { ProgrammingAlgorithm } from './programming-algorithm.ts';

/**
 * Draws each cell's outcome whole (error, pulses, reads, restarts, heat) from the simulated cells at one of the two nearest
 * targets, chosen by distance.
 */
function sampleOutcomes(
  ensemble: OutcomeEnsemble,
  kernels: Kernels,
  writtenS: number,
  targetS: number,
  block: CellBlock,
): ProgramOutcome {
  const { rows, columns, row0, column0, event } = block;
  const { key0, key1 } = cellKey(block);
  const count = rows * columns;
  const mark = kernels.mark();
  const chances = kernels.allocate(4 * count);
  kernels.uniformGrid(chances, rows, columns, columns, row0, column0, key0, key1, purposes.programming, event);
  const [chance, target, written] = [kernels.f32(chances, count), kernels.f32(targetS, count), kernels.f32(writtenS, count)];
  const { records, errorS } = ensemble;
  const pulses = new Uint16Array(count);
  let [failed, pulseJoules, restarts, verifyReads] = [0, 0, 0, 0];
  for (let cell = 0; cell < count; cell++) {
    const goal = target[cell]!;
    const place = placeIn(ensemble, goal);
    const scaled = chance[cell]! * records;
    const pick = Math.floor(scaled);
    const below = Math.floor(place);
    const record = (scaled - pick < place - below ? below + 1 : below) * records + pick;
    written[cell] = goal + errorS[record]!;
    pulses[cell] = ensemble.pulses[record]!;
    verifyReads += ensemble.verifyReads[record]!;
    restarts += ensemble.restarts[record]!;
    pulseJoules += ensemble.joules[record]!;
    failed += ensemble.failed[record]!;
  }
  kernels.release(mark);
  return { pulses, failed, pulseJoules, restarts, verifyReads };
}

/** An algorithm over a window, pulse by pulse or drawn from an ensemble that is simulated at first use and kept. */
export function simulateProgramming(algorithm: ProgrammingAlgorithm, minS: number, maxS: number): SimulatedProgramming {
  const ensembles = new Map<string, OutcomeEnsemble>();

  function ensembleFor(kernels: Kernels, tolerance: number, limit: number): OutcomeEnsemble {
    const key = `${tolerance} ${limit}`;
    const known = ensembles.get(key) ?? simulateEnsemble(kernels, algorithm, minS, maxS, tolerance, limit);
    ensembles.set(key, known);
    return known;
  }

  return {
    algorithm,
    program(depth, kernels, writtenS, targetS, block, tolerance, limit) {
      if (depth === 'pulses') return programPulses(algorithm, kernels, writtenS, targetS, block, tolerance, limit);
      return sampleOutcomes(ensembleFor(kernels, tolerance, limit), kernels, writtenS, targetS, block);
    },
  };
}
