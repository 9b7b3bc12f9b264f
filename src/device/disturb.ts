import { type Curve, interpolate } from './polynomial.ts';

/**
 * Step of a pulse at a share of the nominal voltage, as a share of the nominal step: rate of vacancy drift at the symmetry point in
 * the CMO/HfOx compact model, +1.4 V.
 */
const shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];
const ratios = [5e-12, 2e-10, 2.1e-8, 2.4e-6, 1.6e-4, 1e-3, 5.4e-3, 2.5e-2, 9.6e-2, 0.33, 1];
const logarithms: Curve = { x: shares, y: ratios.map(Math.log) };

/** r(V / V_s), its logarithm interpolated in straight lines; the end values beyond 0.3 and 1. */
export const voltageRatio = (share: number): number => Math.exp(interpolate(logarithms, share));

/**
 * State of a soft-bounds cell after `pulses` half-selected ones, each `ratio` of a full step: the drift without noise,
 * (b - w) falls by (1 - ratio alpha / b) every pulse. `bound` is the one the pulses drive to.
 */
export const disturbed = (start: number, bound: number, step: number, ratio: number, pulses: number): number =>
  bound - (bound - start) * (1 - (ratio * step) / Math.abs(bound)) ** pulses;
