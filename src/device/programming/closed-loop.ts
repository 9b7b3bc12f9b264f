import type { CellDraws } from './cell-draws.ts';
import type { Journey, ProgrammingAlgorithm, PulseResponse } from './programming-algorithm.ts';

export interface ClosedLoopOptions extends PulseResponse {
  readonly doc: string;
  readonly peakV: number;
  readonly pulseA: number;
  /** White noise of one verify read as a share of the conductance. */
  readonly verifyNoise: number;
  /** Conductances cells are found in: uniformly between these, S. */
  readonly foundS: readonly [least: number, most: number];
  /** Heat of one pulse on a cell at conductanceS, J. */
  readonly pulseJoules: (conductanceS: number) => number;
  /** Half width of the acceptance band, S. Relative to the target unless the algorithm has an absolute one. */
  readonly band?: (targetS: number, tolerance: number) => number;
}

const relativeBand = (targetS: number, tolerance: number): number => targetS * tolerance;

/**
 * Closed loop of identical pulses (Falcone 2025): read; inside the band stop; below it one potentiating, above it one depressing
 * pulse of fixed amplitude and width; give up after the limit.
 */
export function closedLoop(options: ClosedLoopOptions): ProgrammingAlgorithm {
  const { up, down, gainSpread, verifyNoise, foundS, pulseJoules, band = relativeBand } = options;

  function programCell(draws: CellDraws, targetS: number, tolerance: number, limit: number, journey: Journey): void {
    const half = band(targetS, tolerance);
    const gain = gainSpread === 0 ? 1 : Math.exp(gainSpread * draws.normal());
    let conductanceS = foundS[0] + (foundS[1] - foundS[0]) * draws.uniform();
    let [pulses, joules, reached] = [0, 0, false];
    while (true) {
      const error = conductanceS * (1 + verifyNoise * draws.normal()) - targetS;
      reached = Math.abs(error) <= half;
      if (reached || pulses === limit) break;
      joules += pulseJoules(conductanceS);
      conductanceS = (error < 0 ? up : down)(conductanceS, draws.normal(), gain);
      pulses += 1;
    }
    Object.assign(journey, { pulses, verifyReads: pulses + 1, restarts: 0, conductanceS, reached, joules });
  }

  const { doc, peakV, pulseA } = options;
  return { name: 'closed-loop', doc, peakV, pulseA, response: { up, down, gainSpread }, programCell };
}
