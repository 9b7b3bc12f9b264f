import type { CellModel } from '../device/cell-model.ts';
import { type Curve, interpolate } from '../device/polynomial.ts';
import { rootMeanSquare } from '../network/clip-weights.ts';
import type { LayerParameters, NetworkParameters } from '../network/layer-graph.ts';
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

/**
 * The weights a programmed chip really has, `seconds` after programming: every layer through both cells of its pairs. `spread` multiplies
 * what the device adds to the targets: 1 is the device as it is.
 */
export function deployWeights(
  kernels: Kernels,
  holding: WeightHolding,
  parameters: NetworkParameters,
  chipSeed: number,
  seconds: number,
  spread = 1,
): NetworkParameters {
  return parameters.map((layer, matrix) =>
    layer.weights.length === 0 ? layer : deployLayer(kernels, holding, layer, matrix, chipSeed, seconds, spread),
  );
}

function deployLayer(
  kernels: Kernels,
  { device, clipSigma, tolerance }: WeightHolding,
  { weights, bias }: LayerParameters,
  matrix: number,
  chipSeed: number,
  seconds: number,
  spread: number,
): LayerParameters {
  const { minS, maxS, levels } = device;
  const span = maxS - minS;
  const scale = weightScale(weights, clipSigma);
  const deployed = new Float32Array(weights.length);
  const mark = kernels.mark();
  const [targetS, cellS] = [kernels.allocate(4 * weights.length), kernels.allocate(4 * weights.length)];
  for (const [index, sign] of [1, -1].entries()) {
    const place = { row0: 0, column0: 0, rows: 1, columns: weights.length, device: index, event: 0 };
    const block = { chipSeed, matrix, ...place };
    const targets = kernels.f32(targetS, weights.length);
    for (let at = 0; at < weights.length; at++) {
      const mine = weights[at]! * sign > 0;
      targets[at] = minS + (mine ? magnitude(weights[at]!, scale, levels) * span : 0);
    }
    device.program(kernels, cellS, targetS, block, tolerance, tolerances.limit);
    device.age(kernels, cellS, cellS, block, seconds, true);
    const [goals, cells] = [kernels.f32(targetS, weights.length), kernels.f32(cellS, weights.length)];
    for (let at = 0; at < weights.length; at++) {
      const held = goals[at]! + spread * (cells[at]! - goals[at]!) - minS;
      deployed[at]! += (sign * scale * held) / span;
    }
  }
  kernels.release(mark);
  return { weights: deployed, bias };
}
