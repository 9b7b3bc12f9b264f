import type { CellModel } from '../device/cell-model.ts';
import { type Curve, interpolate } from '../device/polynomial.ts';
import { rootMeanSquare } from '../network/clip-weights.ts';
import type { NetworkParameters } from '../network/layer-graph.ts';
import type { Perturb } from '../network/straight-through.ts';
import type { Kernels } from '../numeric/kernels.ts';
import { moments } from '../numeric/moments.ts';
import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import { evenLevels, programLevels } from './cell-experiment.ts';

/** How weights become cells: a one-sided differential pair, each layer clipped and scaled to its own largest weight. */
export interface WeightHolding {
  readonly device: CellModel;
  /** Layers are clipped to this many of their deviations (aihwkit LAYER_GAUSSIAN). */
  readonly clipSigma: number;
  readonly tolerance: number;
}

const tolerances = { limit: 500 } as const;

/** Largest weight a layer keeps: its clip, or its own largest. */
export function weightScale(weights: Float32Array, clipSigma: number): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return clipSigma > 0 ? Math.min(largest, clipSigma * rootMeanSquare(weights)) : largest;
}

/** |w| / scale, clipped to 1 and rounded to the device's levels where it has few. */
function magnitude(weight: number, scale: number, levels: number | undefined): number {
  const size = Math.min(1, Math.abs(weight) / scale);
  return levels === undefined ? size : Math.round(size * (levels - 1)) / (levels - 1);
}

/** Mean shift and deviation of a cell `seconds` after programming against its target, S: sampled from the device itself. */
export interface CellStatistics {
  readonly shift: Curve;
  readonly spread: Curve;
}

export function sampleStatistics({ device, tolerance }: WeightHolding, seconds: number, seed: number): CellStatistics {
  const levelsS = evenLevels(device.minS, device.maxS, 33);
  const cells = programLevels(device, { levelsS, cells: 1000, tolerance, limit: tolerances.limit, seed });
  const found = cells.at(seconds, true).map((values, row) => moments(values.map((value) => value - levelsS[row]!)));
  return {
    shift: { x: levelsS, y: found.map(({ mean }) => mean) },
    spread: { x: levelsS, y: found.map(({ deviation }) => deviation) },
  };
}

/** Points the noise of a weight is tabulated at between 0 and full scale. */
const tablePoints = 256;

/**
 * Variability-aware training: clips, rounds to levels and adds the noise of both cells of the pair, as the device's own statistics have it,
 * drawn anew for every mini-batch. `kernels` draw the noise; they are not those the weights live in, whose memory must not move.
 */
export function deviceNoise(kernels: Kernels, holding: WeightHolding, statistics: CellStatistics, seed: number): Perturb {
  const { device, clipSigma } = holding;
  const span = device.maxS - device.minS;
  const base = { shift: interpolate(statistics.shift, device.minS), spread: interpolate(statistics.spread, device.minS) };
  const table = Array.from({ length: tablePoints + 1 }, (_, index) => {
    const conductanceS = device.minS + (span * index) / tablePoints;
    return {
      shift: (interpolate(statistics.shift, conductanceS) - base.shift) / span,
      spread: Math.hypot(interpolate(statistics.spread, conductanceS), base.spread) / span,
    };
  });
  const shifts = Float64Array.from(table, ({ shift }) => shift);
  const spreads = Float64Array.from(table, ({ spread }) => spread);
  const { key0, key1 } = streamKey(seed, purposes.weightNoise);
  return (weights, layer, step) => {
    const scale = weightScale(weights, clipSigma);
    if (scale === 0) return;
    const mark = kernels.mark();
    const draws = kernels.allocate(4 * weights.length);
    kernels.normals(draws, weights.length, key0, key1, 0, layer, step, 0);
    const noise = kernels.f32(draws, weights.length).slice();
    kernels.release(mark);
    for (let at = 0; at < weights.length; at++) {
      const weight = weights[at]!;
      const size = magnitude(weight, scale, device.levels);
      const place = Math.round(size * tablePoints);
      const held = size + shifts[place]!;
      weights[at] = scale * ((weight < 0 ? -held : held) + spreads[place]! * noise[at]!);
    }
  };
}

/** The weights cells are programmed to: every layer clipped, and rounded to the device's levels where it has few. */
export const targetWeights = ({ device, clipSigma }: WeightHolding, parameters: NetworkParameters): NetworkParameters =>
  parameters.map(({ weights, bias }) => {
    const scale = weightScale(weights, clipSigma);
    if (scale === 0) return { weights, bias };
    const held = weights.map((weight) => Math.sign(weight) * scale * magnitude(weight, scale, device.levels));
    return { weights: held, bias };
  });
