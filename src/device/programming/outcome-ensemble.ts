import type { Kernels } from '../../numeric/kernels.ts';
import { createCellDraws } from './cell-draws.ts';
import { newJourney, type ProgrammingAlgorithm } from './programming-algorithm.ts';

/** Outcomes of simulated programming: `records` cells at each of `targets` conductances, target after target. */
export interface OutcomeEnsemble {
  readonly targets: Float64Array;
  readonly records: number;
  /** Where a cell ended less its target, S. */
  readonly errorS: Float32Array;
  readonly pulses: Uint16Array;
  readonly verifyReads: Uint16Array;
  readonly restarts: Uint8Array;
  readonly joules: Float32Array;
  /** 1 where the cell did not reach its target. */
  readonly failed: Uint8Array;
}

const targetCount = 33;
const records = 2048;
/** Ensembles are properties of the algorithm: drawn from a key of their own, whatever chip asks for them. */
const ensembleKey = { key0: 0x6f686d69, key1: 0x63656e73 };

/** Evenly spaced in the logarithm where the window allows it, so that relative acceptance changes little between neighbours. */
function targetsOver(minS: number, maxS: number): Float64Array {
  const ratio = minS > 0 ? maxS / minS : 0;
  return Float64Array.from({ length: targetCount }, (_, index) => {
    const share = index / (targetCount - 1);
    return ratio > 0 ? minS * ratio ** share : minS + (maxS - minS) * share;
  });
}

/** Simulates the ensemble of one algorithm over a window. */
export function simulateEnsemble(
  kernels: Kernels,
  algorithm: ProgrammingAlgorithm,
  minS: number,
  maxS: number,
  tolerance: number,
  limit: number,
): OutcomeEnsemble {
  const targets = targetsOver(minS, maxS);
  const count = targetCount * records;
  const ensemble = {
    targets,
    records,
    errorS: new Float32Array(count),
    pulses: new Uint16Array(count),
    verifyReads: new Uint16Array(count),
    restarts: new Uint8Array(count),
    joules: new Float32Array(count),
    failed: new Uint8Array(count),
  };
  const mark = kernels.mark();
  const draws = createCellDraws(kernels, ensembleKey, 0);
  const journey = newJourney();
  for (let cell = 0; cell < count; cell++) {
    const target = Math.floor(cell / records);
    draws.begin(target, cell % records);
    algorithm.programCell(draws, targets[target]!, tolerance, limit, journey);
    ensemble.errorS[cell] = journey.conductanceS - targets[target]!;
    ensemble.pulses[cell] = journey.pulses;
    ensemble.verifyReads[cell] = journey.verifyReads;
    ensemble.restarts[cell] = journey.restarts;
    ensemble.joules[cell] = journey.joules;
    ensemble.failed[cell] = journey.reached ? 0 : 1;
  }
  kernels.release(mark);
  return ensemble;
}

/** Between which two targets of the ensemble a conductance lies: the lower one, and how far it is towards the upper, 0..1. */
export function placeIn({ targets }: OutcomeEnsemble, conductanceS: number): number {
  const last = targets.length - 1;
  if (conductanceS <= targets[0]!) return 0;
  if (conductanceS >= targets[last]!) return last;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (targets[middle]! <= conductanceS) low = middle;
    else high = middle;
  }
  return low + (conductanceS - targets[low]!) / (targets[high]! - targets[low]!);
}
