import { readFileSync } from 'node:fs';
import type { Network } from '../../src/network/layer-graph.ts';
import { parseNetwork } from '../../src/network/parse-network.ts';
import { sizeOf } from '../../src/network/shapes.ts';
import { createStream } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';

/** A network shipped in workloads/networks. */
export function shippedNetwork(name: string): Network {
  const url = new URL(`../../workloads/networks/${name}.yaml`, import.meta.url);
  return parseNetwork(readFileSync(url, 'utf8'), `${name}.yaml`);
}

/** Every layer kind and activation, uneven strides, pads and dilation, on a map small enough for finite differences. */
export const oddNetwork = parseNetwork(
  `
name: odd
input: [9, 8, 2]
loss: mse
layers:
  - { convolution: { channels: 3, kernel: [3, 2], stride: [1, 2], pad: [1, 0, 2, 1] }, activation: tanh }
  - pool: { function: average, kernel: [2, 2], stride: [2, 1] }
  - { convolution: { channels: 4, kernel: 2, dilation: 2 }, activation: leaky-relu, bias: false }
  - { linear: 5, activation: sigmoid }
  - { linear: 3, bias: false }
`,
  'odd.yaml',
);

/** `count` samples of standard normals with labels. */
export function randomBatch(
  network: Network,
  count: number,
  seed = 1,
): { readonly inputs: Float32Array; readonly labels: Uint8Array } {
  const stream = createStream(seed, purposes.sampling);
  const inputs = Float32Array.from({ length: count * sizeOf(network.inputShape) }, () => stream.normal());
  return { inputs, labels: Uint8Array.from({ length: count }, () => stream.integer(sizeOf(network.shapes.at(-1)!))) };
}
