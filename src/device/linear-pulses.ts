import type { DeviceFile } from './device-file.ts';
import { type Curve, interpolate } from './polynomial.ts';
import { createPulsed } from './pulsed/create-pulsed.ts';
import type { PulsedCell } from './pulsed/pulsed-cell.ts';

/** Step size alpha (1 - slope y) of a straight line, y = -1 … 1 the way the steps go, slope between constant steps (0) and soft bounds (1). */
export interface StepLine {
  readonly alpha: number;
  readonly slope: number;
}

const gridPoints = 65;

/** Least squares over the window; a slope outside 0 … 1 is held at the nearer end and alpha fitted again. */
export function fitLine(sizes: (y: number) => number): StepLine {
  const grid = Array.from({ length: gridPoints }, (_, index) => (2 * index) / (gridPoints - 1) - 1);
  const sum = (term: (y: number) => number): number => grid.reduce((total, y) => total + term(y), 0);
  const free = sum(sizes) / gridPoints;
  const tilt = sum((y) => y * sizes(y)) / sum((y) => y * y);
  const slope = free > 0 ? Math.min(1, Math.max(0, -tilt / free)) : 0;
  return { alpha: sum((y) => sizes(y) * (1 - slope * y)) / sum((y) => (1 - slope * y) ** 2), slope };
}

/** State at which both lines give the same step, within the window; its middle where they never do. */
function crossing(up: StepLine, down: StepLine): number {
  const slope = up.alpha * up.slope + down.alpha * down.slope;
  return slope === 0 ? 0 : Math.min(1, Math.max(-1, (up.alpha - down.alpha) / slope));
}

/** Heat of half the voltage as a share of a full pulse: compact model of CMO/HfOx, 18 to 23 %. */
const halfShare = 0.2;

/**
 * The pulse response of a device file for training on the chip: step curves become straight lines, noise and spread those at the symmetry
 * point; cells stuck anywhere count as corrupt. Undefined without steps, or where they vanish.
 */
export function linearPulses({ steps, window, pulse, faults }: DeviceFile, pulseJoules: number): PulsedCell | undefined {
  if (steps === undefined) return undefined;
  const { conductance, noise, floor, spread } = steps;
  const [middle, half] = [(window.min + window.max) / 2e-6, (window.max - window.min) / 2e-6];
  const size = (curve: readonly number[], way: number) => {
    const table: Curve = { x: conductance, y: curve };
    return (y: number): number => Math.abs(interpolate(table, middle + way * half * y)) / half;
  };
  const [up, down] = [fitLine(size(steps.up, 1)), fitLine(size(steps.down, -1))];
  const granularity = Math.max(up.alpha, down.alpha);
  if (!(Math.min(up.alpha, down.alpha) > 0)) return undefined;
  const nominalStep = up.alpha * (1 - up.slope * crossing(up, down));
  return createPulsed({
    law: 'linear',
    granularity,
    nominalStep,
    // the weaker side is the one that is shrunk
    upDown: up.alpha < down.alpha ? up.alpha / granularity - 1 : 1 - down.alpha / granularity,
    slopeUp: up.slope,
    slopeDown: down.slope,
    cycleNoise: noise + floor / half / nominalStep,
    granularitySpread: spread,
    logNormal: true,
    ...(faults === undefined
      ? {}
      : { corrupt: Math.min(1, faults.stuckLow + faults.stuckHigh + faults.corrupt), corruptRange: 1 }),
    pulseV: pulse.voltage,
    halfJoules: halfShare * pulseJoules,
  });
}
