import type { CellDraws } from './cell-draws.ts';
import type { Journey, ProgrammingAlgorithm } from './programming-algorithm.ts';

export interface IgvvaOptions {
  readonly name: string;
  readonly doc: string;
  /** Ramp of the gate, V. */
  readonly startV: number;
  readonly stepV: number;
  readonly stopV: number;
  /** Top electrode during the ramp, V. */
  readonly topV: number;
  /** Gate threshold of a cell's transistor: mean and spread, V. */
  readonly thresholdV: number;
  readonly thresholdSpreadV: number;
  /** Conductance a gate voltage allows grows by `gainS - gainLoss x conductance` per volt, S/V and 1/V. */
  readonly gainS: number;
  readonly gainLoss: number;
  /** Spread of the conductance one pulse reaches, as a share of it. */
  readonly cycleSpread: number;
  readonly erasedS: number;
  readonly verifyNoiseS: number;
  readonly maxRestarts: number;
  readonly overshootS: number;
  readonly pulseA: number;
  readonly pulseSeconds: number;
}

/**
 * Incremental gate voltage with verify (IGVVA): the gate climbs at fixed top electrode and lets the filament grow to
 * G(V) = (gain / loss) (1 - exp(-loss (V - V_T))); stop at the first read within half a rung of the target from below or
 * anywhere above; too far above, erase and begin again.
 */
export function igvva(options: IgvvaOptions): ProgrammingAlgorithm {
  const { startV, stepV, stopV, topV, thresholdV, thresholdSpreadV, gainS, gainLoss, cycleSpread } = options;
  const { erasedS, verifyNoiseS, maxRestarts, overshootS, pulseA, pulseSeconds } = options;
  const rungs = Math.floor((stopV - startV) / stepV + 1e-9) + 1;

  function programCell(draws: CellDraws, targetS: number, _: number, limit: number, journey: Journey): void {
    const threshold = thresholdV + thresholdSpreadV * draws.normal();
    const stop = targetS - ((gainS - gainLoss * targetS) * stepV) / 2;
    let [pulses, restarts, joules, reached, rung] = [0, 0, 0, false, 0];
    let conductanceS = erasedS;
    let verifyReads = 1;
    while (pulses < limit && !reached) {
      if (rung === rungs) {
        if (restarts === maxRestarts) break;
        [rung, restarts, conductanceS] = [0, restarts + 1, erasedS];
      }
      const above = Math.max(0, startV + stepV * rung - threshold);
      const allowed = (gainS / gainLoss) * (1 - Math.exp(-gainLoss * above)) * (1 + cycleSpread * draws.normal());
      conductanceS = Math.max(conductanceS, allowed);
      joules += Math.min(pulseA, topV * conductanceS) * topV * pulseSeconds;
      pulses += 1;
      rung += 1;
      verifyReads += 1;
      const read = conductanceS + verifyNoiseS * draws.normal();
      reached = read >= stop;
      if (reached && read > targetS + overshootS && restarts < maxRestarts && pulses < limit)
        [reached, rung, restarts, conductanceS] = [false, 0, restarts + 1, erasedS];
    }
    Object.assign(journey, { pulses, verifyReads, restarts, conductanceS, reached, joules });
  }

  const { name, doc } = options;
  return { name, doc, peakV: topV, pulseA, programCell };
}
