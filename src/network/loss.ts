import type { Network } from './layer-graph.ts';

/** What a batch lost: summed over its samples. */
export interface BatchLoss {
  readonly sum: number;
  readonly correct: number;
}

/** Index of the largest of `length` values from `offset`; the first of equals. */
export function argmax(values: Float32Array, offset: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[offset + i]! > values[offset + best]!) best = i;
  return best;
}

/**
 * Loss of logits [count x classes] against labels. With `gradient` (same shape) it also writes d(mean loss)/d(logits).
 * Cross-entropy is of the softmax, in nats; mse is half the squared distance to the one-hot label, summed over the classes.
 */
export function batchLoss(
  loss: Network['loss'],
  logits: Float32Array,
  labels: Uint8Array,
  classes: number,
  gradient?: Float32Array,
): BatchLoss {
  const one = loss === 'mse' ? squaredError : crossEntropy;
  const row = new Float64Array(classes);
  let sum = 0;
  let correct = 0;
  for (let sample = 0; sample < labels.length; sample++) {
    const offset = sample * classes;
    const label = labels[sample]!;
    sum += one(row, logits, offset, label);
    if (argmax(logits, offset, classes) === label) correct++;
    if (gradient !== undefined) for (let i = 0; i < classes; i++) gradient[offset + i] = row[i]! / labels.length;
  }
  return { sum, correct };
}

/** Fills `row` with softmax - one-hot, returns -log softmax[label]; shifted by the largest logit so that exp cannot overflow. */
function crossEntropy(row: Float64Array, logits: Float32Array, offset: number, label: number): number {
  const largest = logits[offset + argmax(logits, offset, row.length)]!;
  let total = 0;
  for (let i = 0; i < row.length; i++) total += row[i] = Math.exp(logits[offset + i]! - largest);
  for (let i = 0; i < row.length; i++) row[i] = row[i]! / total - (i === label ? 1 : 0);
  return Math.log(total) - (logits[offset + label]! - largest);
}

function squaredError(row: Float64Array, logits: Float32Array, offset: number, label: number): number {
  let total = 0;
  for (let i = 0; i < row.length; i++) {
    const difference = logits[offset + i]! - (i === label ? 1 : 0);
    row[i] = difference;
    total += difference * difference;
  }
  return total / 2;
}
