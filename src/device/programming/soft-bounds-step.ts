import type { PulseStep } from './programming-algorithm.ts';

/** Steps that shrink towards the bounds of the window the pulses can reach. */
export interface SoftBounds {
  readonly lowS: number;
  readonly highS: number;
  /** Step at the middle of the window as a share of half the window, up and down. */
  readonly up: number;
  readonly down: number;
  /** Deviation of one step from pulse to pulse, as a share of the step at the middle. */
  readonly cycleNoise: number;
}

/**
 * Additive soft bounds: x += a+ (1 - x / b+ + s xi), x -= a- (1 - x / b- + s xi) with b+- = +-1 and x the place in the window
 * (aihwkit SoftBoundsDevice; the form Choi 2026 uses). Ends are kept.
 */
export function softBoundsSteps({ lowS, highS, up, down, cycleNoise }: SoftBounds): {
  readonly up: PulseStep;
  readonly down: PulseStep;
} {
  const [middle, half] = [(lowS + highS) / 2, (highS - lowS) / 2];
  const keep = (x: number): number => middle + half * Math.min(1, Math.max(-1, x));
  return {
    up: (conductanceS, noise, gain) => {
      const x = (conductanceS - middle) / half;
      return keep(x + up * gain * (1 - x + cycleNoise * noise));
    },
    down: (conductanceS, noise, gain) => {
      const x = (conductanceS - middle) / half;
      return keep(x - down * gain * (1 + x + cycleNoise * noise));
    },
  };
}
