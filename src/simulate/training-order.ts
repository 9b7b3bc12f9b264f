import { trainingSymbols } from '../compiler/training/training-program.ts';
import type { Program } from '../isa/program.ts';
import type { Machine } from '../machine/machine.ts';
import type { DataSet } from '../network/layer-graph.ts';
import { createStream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';

/**
 * Order of the training set in an epoch: each epoch shuffles the order of the one before, as the float trainer does with the same
 * seed. Entry p is the position in `first` (the order of epoch 0 by default) of the sample that stands at p.
 */
export function epochOrder(count: number, seed: number, epoch: number, first = 0): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let at = first; at <= epoch; at++) createStream(seed, purposes.training, at).shuffle(order);
  return order;
}

/** The bytes of `samples` samples put into another order. */
export function reordered(bytes: Uint8Array, order: Uint32Array): Uint8Array {
  const size = bytes.length / order.length;
  const out = new Uint8Array(bytes.length);
  order.forEach((from, at) => {
    out.set(bytes.subarray(from * size, (from + 1) * size), at * size);
  });
  return out;
}

/** A data set in the order of epoch 0. */
export function inFirstOrder(data: DataSet, seed: number): DataSet {
  const order = epochOrder(data.count, seed, 0);
  return { ...data, images: reordered(data.images, order), labels: reordered(data.labels, order) };
}

/** The host's part: before an epoch it writes the training set to DRAM in a new order. */
export function shuffleTraining(
  machine: Pick<Machine, 'writeDram'>,
  { symbols, data }: Program,
  { samples, orderSeed }: { readonly samples: number; readonly orderSeed: number },
  epoch: number,
): void {
  const order = epochOrder(samples, orderSeed, epoch, 1);
  for (const name of Object.values(trainingSymbols)) {
    const symbol = symbols.find((candidate) => candidate.name === name);
    const segment = data.find(({ address }) => address === symbol?.address);
    if (symbol === undefined || segment === undefined)
      throw new RangeError(`symbol ${name} has no data; want a training program`);
    machine.writeDram(symbol.address, reordered(segment.bytes, order));
  }
}
