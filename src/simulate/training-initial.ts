import { initialise } from '../network/initialise.ts';
import type { Network, NetworkParameters } from '../network/layer-graph.ts';
import { matrixShape } from '../network/shapes.ts';
import type { Kernels } from '../numeric/kernels.ts';
import { createStream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';

/**
 * Where training starts, on the chip and in floats alike: `scaled` as the trainer starts, `pytorch` uniform in +-1/sqrt(inputs),
 * biases included (the default of torch.nn.Linear and Conv2d).
 */
export function initialParameters(
  kernels: Kernels,
  network: Network,
  kind: 'scaled' | 'pytorch',
  seed: number,
): NetworkParameters {
  if (kind === 'scaled') return initialise(kernels, network, seed);
  return network.layers.map((layer, index) => {
    const [inputs, outputs] = matrixShape(layer);
    const stream = createStream(seed, purposes.initialisation, index);
    const bound = inputs === 0 ? 0 : 1 / Math.sqrt(inputs);
    const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => bound * (2 * stream.uniform() - 1));
    return { weights: draw(inputs * outputs), bias: draw('bias' in layer && layer.bias ? outputs : 0) };
  });
}
