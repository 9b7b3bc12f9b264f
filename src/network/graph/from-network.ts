import { leakySlope } from '../activations.ts';
import type { Layer, Network, NetworkParameters } from '../layer-graph.ts';
import type { Graph, GraphNode, Operation } from './graph.ts';

function operationOf(layer: Layer, weights: Float32Array, bias: Float32Array): Operation {
  switch (layer.kind) {
    case 'linear':
      return { kind: 'linear', inputs: layer.inputs, outputs: layer.outputs, weights, bias: layer.bias ? bias : undefined };
    case 'convolution': {
      const { kernel, stride, pad, dilation, inChannels, outChannels } = layer;
      const sliding = { kernel, stride, pad, dilation };
      return {
        kind: 'convolution',
        ...sliding,
        groups: 1,
        inChannels,
        outChannels,
        weights,
        bias: layer.bias ? bias : undefined,
      };
    }
    case 'pool':
      return {
        kind: 'pool',
        function: layer.function,
        kernel: layer.kernel,
        stride: layer.stride,
        pad: [0, 0, 0, 0],
        dilation: 1,
      };
    case 'flatten':
      return { kind: 'reshape' };
    case 'lstm': {
      const { inputs, units } = layer;
      return { kind: 'lstm', inputs, units, weights, bias, reverse: false, hidden: undefined, cell: undefined };
    }
  }
}

const unaryOf = { relu: 'relu', 'leaky-relu': 'leaky', sigmoid: 'sigmoid', tanh: 'tanh' } as const;

/** A chain of layers as a graph: one node a layer, and one more for its activation. */
export function graphOf(network: Network, parameters: NetworkParameters): Graph {
  const nodes: GraphNode[] = [];
  let last = 'input';
  const add = (name: string, shape: readonly number[], operation: Operation): void => {
    nodes.push({ name, inputs: [last], shape, operation });
    last = name;
  };
  network.layers.forEach((layer, index) => {
    const shape = network.shapes[index + 1]!;
    const { weights, bias } = parameters[index]!;
    if (layer.kind === 'lstm') {
      const { steps, inputs, units, name } = layer;
      add(`${name}.rows`, [steps, inputs], { kind: 'reshape' });
      add(name, [steps, units], operationOf(layer, weights, bias));
      add(`${name}.last`, [1, units], { kind: 'slice', axis: 0, start: steps - 1 });
      add(`${name}.state`, [units], { kind: 'reshape' });
      return;
    }
    add(layer.name, shape, operationOf(layer, weights, bias));
    if (!('activation' in layer) || layer.activation === 'none') return;
    const slope = layer.activation === 'leaky-relu' ? { slope: leakySlope } : {};
    add(`${layer.name}.${layer.activation}`, shape, { kind: 'unary', function: unaryOf[layer.activation], ...slope });
  });
  return { name: network.name, input: 'input', inputShape: network.inputShape, nodes, output: last, loss: network.loss };
}
