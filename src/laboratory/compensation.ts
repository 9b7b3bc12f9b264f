/**
 * Digital correction of drift. `global` and `column` scale outputs by the mean |output| of one-hot probes right after programming
 * over that now (aihwkit GlobalDriftCompensation), for the array or column by column; `mean-shift` subtracts the common shift of the
 * weights over all one-hot probes times the sum of the inputs: what a reference column does for single-device cells.
 */
export type Compensation = 'none' | 'global' | 'column' | 'mean-shift';

/** Probes read at every age beside the inputs: vectors x size. */
export function probeVectors(compensation: Compensation, size: number): Float32Array {
  if (compensation === 'none') return new Float32Array(0);
  const identity = new Float32Array(size * size);
  for (let line = 0; line < size; line++) identity[line * size + line] = 1;
  return identity;
}

/** Outputs of the probes at the time of use and right after programming. */
export interface ProbeReads {
  readonly now: Float32Array;
  readonly fresh: Float32Array;
}

/** aihwkit keeps the denominator away from zero. */
const least = 1e-4;

function meanSize(values: Float32Array, size: number, column: number | undefined): number {
  let [sum, count] = [0, 0];
  for (let at = column ?? 0; at < values.length; at += column === undefined ? 1 : size) {
    sum += Math.abs(values[at]!);
    count += 1;
  }
  return Math.max(least, sum / Math.max(1, count));
}

/** Outputs (vectors x size) after correction. */
export function compensate(
  compensation: Compensation,
  size: number,
  inputs: Float32Array,
  outputs: Float32Array,
  { now, fresh }: ProbeReads,
): Float32Array {
  switch (compensation) {
    case 'none':
      return outputs;
    case 'global': {
      const scale = meanSize(fresh, size, undefined) / meanSize(now, size, undefined);
      return outputs.map((value) => value * scale);
    }
    case 'column': {
      const scales = Float64Array.from(
        { length: size },
        (_, column) => meanSize(fresh, size, column) / meanSize(now, size, column),
      );
      return outputs.map((value, at) => value * scales[at % size]!);
    }
    case 'mean-shift': {
      const shift = now.reduce((sum, value, at) => sum + value - fresh[at]!, 0) / (size * size);
      const sums = new Float64Array(inputs.length / size);
      inputs.forEach((value, at) => {
        sums[Math.floor(at / size)]! += value;
      });
      return outputs.map((value, at) => value - shift * sums[Math.floor(at / size)]!);
    }
  }
}
