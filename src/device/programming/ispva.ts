import type { CellDraws } from './cell-draws.ts';
import type { Journey, ProgrammingAlgorithm } from './programming-algorithm.ts';

export interface IspvaOptions {
  readonly doc: string;
  /** Ramp of the top electrode, V. */
  readonly startV: number;
  readonly stepV: number;
  readonly stopV: number;
  /** Voltage at which a cell sets: mean, spread from cell to cell and from cycle to cycle, V. */
  readonly setV: number;
  readonly setSpreadV: number;
  readonly cycleSpreadV: number;
  /** Spread of the conductance the compliance of the gate allows, as a share of it. */
  readonly complianceSpread: number;
  /** How far above the target the compliance is set, as a share of it: the ramp stops at the first read at or above the target. */
  readonly complianceMargin: number;
  readonly erasedS: number;
  readonly verifyNoiseS: number;
  readonly maxRestarts: number;
  /** A cell above its target by more than this is erased and programmed again, S. */
  readonly overshootS: number;
  readonly pulseA: number;
  readonly pulseSeconds: number;
}

/**
 * Incremental step pulse with verify (ISPVA): the gate holds the compliance of the level, the top electrode climbs in steps, a read
 * after each; stop at the first read at or above the target. Once the cell has set, each higher pulse draws its conductance
 * anew below the compliance, and only growth is kept.
 */
export function ispva(options: IspvaOptions): ProgrammingAlgorithm {
  const { startV, stepV, stopV, erasedS, verifyNoiseS, maxRestarts, overshootS, pulseA, pulseSeconds } = options;
  const { setV, setSpreadV, cycleSpreadV, complianceSpread, complianceMargin } = options;
  const rungs = Math.floor((stopV - startV) / stepV + 1e-9) + 1;

  function programCell(draws: CellDraws, targetS: number, _: number, limit: number, journey: Journey): void {
    const threshold = setV + setSpreadV * draws.normal();
    let [pulses, restarts, joules, reached, rung] = [0, 0, 0, false, 0];
    let conductanceS = erasedS;
    let verifyReads = 1;
    while (pulses < limit && !reached) {
      if (rung === rungs) {
        if (restarts === maxRestarts) break;
        [rung, restarts, conductanceS] = [0, restarts + 1, erasedS];
      }
      const volts = startV + stepV * rung;
      if (volts >= threshold + cycleSpreadV * draws.normal()) {
        const drawn = targetS * (1 + complianceMargin) * (1 + complianceSpread * draws.normal());
        conductanceS = Math.max(conductanceS, drawn, erasedS);
      }
      joules += Math.min(pulseA, volts * conductanceS) * volts * pulseSeconds;
      pulses += 1;
      rung += 1;
      verifyReads += 1;
      const read = conductanceS + verifyNoiseS * draws.normal();
      reached = read >= targetS;
      if (reached && read > targetS + overshootS && restarts < maxRestarts && pulses < limit)
        [reached, rung, restarts, conductanceS] = [false, 0, restarts + 1, erasedS];
    }
    Object.assign(journey, { pulses, verifyReads, restarts, conductanceS, reached, joules });
  }

  return { name: 'ispva', doc: options.doc, peakV: stopV, pulseA, programCell };
}
