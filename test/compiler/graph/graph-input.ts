import type { ChipDescription } from '../../../src/chip/description.ts';
import type { GraphCompileInput } from '../../../src/compiler/graph/compile-graph.ts';
import type { Graph } from '../../../src/network/graph/graph.ts';
import { elementsOf } from '../../../src/network/graph/rearrange.ts';
import type { DataSet } from '../../../src/network/layer-graph.ts';
import { createStream } from '../../../src/numeric/philox.ts';
import { purposes } from '../../../src/numeric/purposes.ts';

function dataFor({ inputShape }: Graph, count: number, classes: number): DataSet {
  const stream = createStream(5, purposes.sampling);
  const images = Uint8Array.from({ length: count * elementsOf(inputShape) }, () => stream.integer(256));
  const labels = Uint8Array.from({ length: count }, () => stream.integer(classes));
  return { name: 'random', shape: inputShape, classes, unit: 1 / 255, images, labels, count, digest: 'none' };
}

/** One sample as a float network takes it. */
export const sampleOf = ({ images, unit, shape }: DataSet, at: number): Float32Array =>
  Float32Array.from(images.subarray(at * elementsOf(shape), (at + 1) * elementsOf(shape)), (code) => code * unit);

/** What it takes to compile a graph for random images. */
export function inputFor(graph: Graph, samples: number, chip: ChipDescription): GraphCompileInput {
  const test = dataFor(graph, samples, graph.nodes.at(-1)!.shape[0]!);
  return { graph, chip, test, samples, ages: [1], calibration: [sampleOf(test, 0)] };
}

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
