import type { Operation } from './graph.ts';

/** softmax (or its logarithm) of every row of `length`. */
export function softmaxRows(input: Float32Array, length: number, log: boolean): Float32Array {
  const out = new Float32Array(input.length);
  for (let row = 0; row < input.length; row += length) {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) most = Math.max(most, input[row + i]!);
    let sum = 0;
    for (let i = 0; i < length; i++) sum += Math.exp(input[row + i]! - most);
    for (let i = 0; i < length; i++) {
      const shifted = input[row + i]! - most;
      out[row + i] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
    }
  }
  return out;
}

/** Mean of every row of `length`. */
export function meanRows(input: Float32Array, length: number): Float32Array {
  const out = new Float32Array(input.length / length);
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += input[row * length + i]!;
    out[row] = sum / length;
  }
  return out;
}

/** Every row of scale.length shifted to mean 0, scaled to variance 1, then times `scale` plus `shift` (Ba 2016). */
export function layerNormRows(input: Float32Array, scale: Float32Array, shift: Float32Array, epsilon: number): Float32Array {
  const length = scale.length;
  const means = meanRows(input, length);
  const out = new Float32Array(input.length);
  for (let row = 0; row < means.length; row++) {
    let squares = 0;
    for (let i = 0; i < length; i++) squares += (input[row * length + i]! - means[row]!) ** 2;
    const factor = 1 / Math.sqrt(squares / length + epsilon);
    for (let i = 0; i < length; i++)
      out[row * length + i] = (input[row * length + i]! - means[row]!) * factor * scale[i]! + shift[i]!;
  }
  return out;
}

/** Positions before and behind a channel that take part in its normalisation. */
export const localReach = (size: number): readonly [number, number] => [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];

/** Every row of `length` channels normalised by its neighbourhood. */
export function localResponseRows(
  input: Float32Array,
  length: number,
  { size, alpha, beta, bias }: Extract<Operation, { kind: 'lrn' }>,
): Float32Array {
  const [before, behind] = localReach(size);
  return input.map((x, at) => {
    const channel = at % length;
    const [from, to] = [Math.max(0, channel - before), Math.min(length - 1, channel + behind)];
    let squares = 0;
    for (let other = from; other <= to; other++) squares += input[at - channel + other]! ** 2;
    return x * (bias + (alpha / size) * squares) ** -beta;
  });
}
