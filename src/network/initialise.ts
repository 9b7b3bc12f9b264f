import type { Kernels } from '../numeric/kernels.ts';
import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { Layer, Network, NetworkParameters } from './layer-graph.ts';
import { matrixShape } from './shapes.ts';
import { withScratch } from './with-scratch.ts';

/**
 * Random weights and zero biases. Layers that rectify start with variance 2 / inputs (He 2015), the others with
 * 2 / (inputs + outputs) (Glorot 2010). Each layer has a stream of its own, so that one layer's size does not change another's draws.
 */
export function initialise(kernels: Kernels, network: Network, seed: number): NetworkParameters {
  const { key0, key1 } = streamKey(seed, purposes.initialisation);
  return network.layers.map((layer, index) => {
    const [inputs, outputs] = matrixShape(layer);
    const deviation = startingDeviation(layer, inputs, outputs);
    const weights = withScratch(kernels, () => {
      const pointer = kernels.allocate(4 * inputs * outputs);
      kernels.normals(pointer, inputs * outputs, key0, key1, 0, index, 0, 0);
      return kernels.f32(pointer, inputs * outputs).map((value) => value * deviation);
    });
    return { weights, bias: new Float32Array('bias' in layer && layer.bias ? outputs : 0) };
  });
}

function startingDeviation(layer: Layer, inputs: number, outputs: number): number {
  const rectifies = 'activation' in layer && (layer.activation === 'relu' || layer.activation === 'leaky-relu');
  // A kernel's outputs spread over its whole window, as its inputs do.
  const spread = layer.kind === 'convolution' ? outputs * layer.kernel[0] * layer.kernel[1] : outputs;
  return Math.sqrt(2 / (rectifies ? inputs : inputs + spread));
}
