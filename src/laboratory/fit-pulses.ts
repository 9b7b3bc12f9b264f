import { type Curve, interpolate } from '../device/polynomial.ts';
import { moments } from '../numeric/moments.ts';
import type { MeasuredPulse } from './pulse-train.ts';

/** Steps of one polarity, bin by bin of conductance. Everything in uS. */
export interface FittedSteps {
  readonly centre: readonly number[];
  readonly mean: readonly number[];
  readonly standardError: readonly number[];
  readonly deviation: readonly number[];
  readonly count: readonly number[];
}

/** What measured pulse trains say about a technology. */
export interface PulseFit {
  readonly devices: number;
  readonly pulses: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly up: FittedSteps;
  readonly down: FittedSteps;
  /** Noise of a step: noise x |step| + floor. */
  readonly noise: number;
  readonly floor: number;
  /** Spread of the logarithm of a device's steps. */
  readonly spread: number;
  /** Conductance where up and down steps cancel; undefined where they never do. */
  readonly symmetry: number | undefined;
  readonly states: number | undefined;
  /** Share of the variance of bin means that the curve through the bins' neighbours explains: 1 is a smooth response. */
  readonly smoothness: number;
}

const bins = 12;
const fewest = 4;

/** Bins with equally many pulses: ends of the window are rarely visited. */
function binSteps(pulses: readonly MeasuredPulse[], gainOf: ReadonlyMap<string, number>): FittedSteps {
  const sorted = [...pulses].sort((a, b) => a.before - b.before);
  const size = Math.max(fewest, Math.ceil(sorted.length / bins));
  const groups: MeasuredPulse[][] = [];
  for (let from = 0; from < sorted.length; from += size) groups.push(sorted.slice(from, from + size));
  const last = groups.at(-1)!;
  if (groups.length > 1 && last.length < fewest) groups.splice(-2, 2, [...groups.at(-2)!, ...last]);
  const found = groups.map((group) => {
    const place = moments(group.map(({ before }) => before)).mean;
    const steps = moments(group.map(({ device, before, after }) => (after - before) / (gainOf.get(device) ?? 1)));
    return { place, steps };
  });
  return {
    centre: found.map(({ place }) => place),
    mean: found.map(({ steps }) => steps.mean),
    standardError: found.map(({ steps }) => steps.deviation / Math.sqrt(steps.count)),
    deviation: found.map(({ steps }) => steps.deviation),
    count: found.map(({ steps }) => steps.count),
  };
}

export const stepCurve = ({ centre, mean }: FittedSteps): Curve => ({ x: centre, y: mean });

/** Each device's steps over the common curve: total measured against total expected, both polarities. */
function deviceGains(pulses: readonly MeasuredPulse[], up: FittedSteps, down: FittedSteps): ReadonlyMap<string, number> {
  const sums = new Map<string, { measured: number; expected: number }>();
  for (const { device, up: rising, before, after } of pulses) {
    const sum = sums.get(device) ?? { measured: 0, expected: 0 };
    const expected = interpolate(stepCurve(rising ? up : down), before);
    sum.measured += (after - before) * Math.sign(expected);
    sum.expected += Math.abs(expected);
    sums.set(device, sum);
  }
  return new Map(
    [...sums].map(([device, { measured, expected }]) => [device, expected > 0 ? Math.max(0.05, measured / expected) : 1]),
  );
}

/** Least squares of deviation = noise |mean| + floor over all bins, neither below 0. */
function fitNoise(steps: readonly FittedSteps[]): { readonly noise: number; readonly floor: number } {
  const sizes = steps.flatMap(({ mean }) => mean.map(Math.abs));
  const deviations = steps.flatMap(({ deviation }) => deviation);
  const [x, y] = [moments(sizes).mean, moments(deviations).mean];
  const slope =
    sizes.reduce((sum, size, index) => sum + (size - x) * (deviations[index]! - y), 0) /
    Math.max(
      1e-30,
      sizes.reduce((sum, size) => sum + (size - x) ** 2, 0),
    );
  const noise = Math.min(Math.max(0, slope), y / Math.max(x, 1e-30));
  return { noise, floor: Math.max(0, y - noise * x) };
}

function symmetryPoint(up: FittedSteps, down: FittedSteps, minimum: number, maximum: number): number | undefined {
  const excess = (g: number): number => interpolate(stepCurve(up), g) + interpolate(stepCurve(down), g);
  const grid = Array.from({ length: 201 }, (_, index) => minimum + ((maximum - minimum) * index) / 200);
  const crossing = grid.findIndex((g, index) => index > 0 && excess(grid[index - 1]!) > 0 && excess(g) <= 0);
  if (crossing < 0) return undefined;
  const [low, high] = [grid[crossing - 1]!, grid[crossing]!];
  const [a, b] = [excess(low), excess(high)];
  return low + ((high - low) * a) / (a - b);
}

/** How well each inner bin is foretold by its neighbours. */
function smoothness(steps: readonly FittedSteps[]): number {
  let [residual, total] = [0, 0];
  for (const { centre, mean } of steps) {
    const middle = moments(mean).mean;
    for (let bin = 1; bin + 1 < mean.length; bin++) {
      const share = (centre[bin]! - centre[bin - 1]!) / (centre[bin + 1]! - centre[bin - 1]!);
      residual += (mean[bin]! - mean[bin - 1]! - (mean[bin + 1]! - mean[bin - 1]!) * share) ** 2;
      total += (mean[bin]! - middle) ** 2;
    }
  }
  return total === 0 ? 1 : 1 - residual / total;
}

/** Fits step curves, noise, spread between devices and the symmetry point. */
export function fitPulses(pulses: readonly MeasuredPulse[]): PulseFit {
  const ups = pulses.filter(({ up }) => up);
  const downs = pulses.filter(({ up }) => !up);
  const first = { up: binSteps(ups, new Map()), down: binSteps(downs, new Map()) };
  const gains = deviceGains(pulses, first.up, first.down);
  const [up, down] = [binSteps(ups, gains), binSteps(downs, gains)];
  const minimum = pulses.reduce((least, { before, after }) => Math.min(least, before, after), Number.POSITIVE_INFINITY);
  const maximum = pulses.reduce((most, { before, after }) => Math.max(most, before, after), 0);
  const symmetry = symmetryPoint(up, down, minimum, maximum);
  const step =
    symmetry === undefined ? undefined : (interpolate(stepCurve(up), symmetry) - interpolate(stepCurve(down), symmetry)) / 2;
  return {
    devices: gains.size,
    pulses: pulses.length,
    minimum,
    maximum,
    up,
    down,
    ...fitNoise([up, down]),
    spread: gains.size < 2 ? 0 : moments([...gains.values()].map(Math.log)).deviation,
    symmetry,
    states: step === undefined || step <= 0 ? undefined : (maximum - minimum) / step,
    smoothness: smoothness([up, down]),
  };
}
