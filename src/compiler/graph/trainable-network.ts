import { InputError, type Issue } from '../../config/issue.ts';
import { leakySlope } from '../../network/activations.ts';
import { consumersOf, type Graph, type GraphNode, type Operation } from '../../network/graph/graph.ts';
import { elementsOf } from '../../network/graph/rearrange.ts';
import type { Activation, Layer, LayerParameters, Network, NetworkParameters } from '../../network/layer-graph.ts';
import { inferShapes, isShape, outputShape } from '../../network/shapes.ts';
import { foldConstants } from './fold-constants.ts';
import { foldFlatten } from './fold-flatten.ts';

/** A graph as a chain that programs can train, with the weights it has. */
export interface TrainableNetwork {
  readonly network: Network;
  readonly parameters: NetworkParameters;
}

type Refusal = { readonly found: string; readonly expected: string };

const none: LayerParameters = { weights: new Float32Array(0), bias: new Float32Array(0) };
const parametersOf = (weights: Float32Array, bias: Float32Array | undefined): LayerParameters => ({
  weights,
  bias: bias ?? new Float32Array(0),
});

const activationOf = (operation: Operation): Activation | undefined => {
  if (operation.kind !== 'unary') return undefined;
  const { function: name, slope = 0 } = operation;
  if (name === 'relu' || name === 'sigmoid' || name === 'tanh') return name;
  return name === 'leaky' && Math.fround(slope) === Math.fround(leakySlope) ? 'leaky-relu' : undefined;
};

interface Chain {
  readonly layers: Layer[];
  readonly parameters: LayerParameters[];
  /** Of the last layer's output, and what reshapes have made of it since. */
  shape: readonly number[];
  seen: readonly number[];
}

/** Appends what a node is; a refusal for what training programs have no words for. */
function append(chain: Chain, { name, shape, operation }: GraphNode): Refusal | undefined {
  const add = (layer: Layer, own: LayerParameters): undefined => {
    chain.layers.push(layer);
    chain.parameters.push(own);
    chain.shape = shape;
    chain.seen = shape;
  };
  const whole = (): Refusal | undefined =>
    chain.seen.join() === chain.shape.join()
      ? undefined
      : { found: `a map of ${chain.shape.join(' x ')} taken as ${chain.seen.join(' x ')}`, expected: 'maps as they are' };
  const last = chain.layers.at(-1);
  switch (operation.kind) {
    case 'linear': {
      const { inputs, outputs, weights, bias } = operation;
      if (elementsOf(chain.shape) !== inputs)
        return { found: `a matrix for each row of ${chain.shape.join(' x ')}`, expected: 'one vector a sample' };
      if (chain.shape.length > 1) add({ kind: 'flatten', name: `${name}.flatten` }, none);
      add({ kind: 'linear', name, inputs, outputs, bias: bias !== undefined, activation: 'none' }, parametersOf(weights, bias));
      chain.shape = [outputs];
      chain.seen = shape;
      return undefined;
    }
    case 'convolution': {
      const { groups, kernel, stride, pad, dilation, inChannels, outChannels, weights, bias } = operation;
      if (whole() !== undefined) return whole();
      if (groups !== 1) return { found: `a convolution in ${groups} groups`, expected: 'one group' };
      const layer = { kind: 'convolution', name, inChannels, outChannels, kernel, stride, pad, dilation } as const;
      return add({ ...layer, bias: bias !== undefined, activation: 'none' }, parametersOf(weights, bias));
    }
    case 'pool': {
      const { kernel, stride, pad, dilation, function: kind } = operation;
      if (whole() !== undefined) return whole();
      if (pad.some((size) => size !== 0) || dilation !== 1)
        return { found: `a pool with padding ${pad.join(', ')} and dilation ${dilation}`, expected: 'a pool without either' };
      return add({ kind: 'pool', name, function: kind, kernel, stride }, none);
    }
    case 'unary': {
      const activation = activationOf(operation);
      const plain = last !== undefined && 'activation' in last && last.activation === 'none';
      if (activation === undefined || !plain)
        return {
          found: `function ${operation.function}`,
          expected: 'relu, leaky-relu of slope 0.01, sigmoid or tanh behind a matrix',
        };
      chain.layers[chain.layers.length - 1] = { ...last, activation };
      return undefined;
    }
    case 'reshape':
      chain.seen = shape;
      return undefined;
    default:
      return { found: `operation ${operation.kind}`, expected: 'linear, convolution, pool, activation, flatten' };
  }
}

/** Scores are softmaxed by the loss: a softmax at the end is left out. */
function withoutSoftmax(graph: Graph): Graph {
  const last = graph.nodes.find(({ name }) => name === graph.output);
  const isEnd = last?.operation.kind === 'softmax' || last?.operation.kind === 'reshape';
  if (last === undefined || !isEnd) return graph;
  const shorter = { ...graph, nodes: graph.nodes.filter((node) => node !== last), output: last.inputs[0]! };
  return last.operation.kind === 'softmax' ? shorter : withoutSoftmaxBehindReshape(graph, shorter);
}

function withoutSoftmaxBehindReshape(graph: Graph, shorter: Graph): Graph {
  const inner = shorter.nodes.find(({ name }) => name === shorter.output);
  return inner?.operation.kind === 'softmax' ? withoutSoftmax(shorter) : graph;
}

/**
 * A graph whose layers follow one another as a network that trains on the chip. Throws InputError with every layer that does not allow
 * it: branches, groups, recurrences, attention, normalisation that is no part of a matrix.
 */
export function trainableNetwork(graph: Graph): TrainableNetwork {
  const folded = foldFlatten(foldConstants(withoutSoftmax(graph)));
  const consumers = consumersOf(folded);
  const chain: Chain = { layers: [], parameters: [], shape: graph.inputShape, seen: graph.inputShape };
  const issues: Issue[] = [];
  const refuse = (layer: string, { found, expected }: Refusal): void =>
    void issues.push({
      file: `network ${graph.name}`,
      found: `${layer}: ${found}`,
      expected: `${expected}, to train on the chip`,
    });
  for (const node of folded.nodes) {
    const readers = consumers.get(node.name)?.length ?? 0;
    const refusal = append(chain, node);
    if (refusal !== undefined) refuse(node.name, refusal);
    else if (readers > 1)
      refuse(node.name, { found: `${readers} layers that read it`, expected: 'layers that follow one another' });
    if (refusal === undefined) continue;
    chain.shape = node.shape;
    chain.seen = node.shape;
  }
  if ((consumers.get(graph.input)?.length ?? 0) > 1)
    refuse(graph.input, { found: 'several layers that read the input', expected: 'layers that follow one another' });
  if (issues.length > 0) throw new InputError(issues);
  const { layers, parameters } = chain;
  checkChain(graph, layers);
  const network = { name: graph.name, inputShape: graph.inputShape, layers, loss: graph.loss };
  return { network: { ...network, shapes: inferShapes(graph.inputShape, layers) }, parameters };
}

/** Shapes of the chain are those of the graph: an input of one more axis, say, has no place in a chain. */
function checkChain({ name, inputShape }: Graph, layers: readonly Layer[]): void {
  let shape = inputShape;
  for (const layer of layers) {
    const next = outputShape(layer, shape);
    if (!isShape(next))
      throw new InputError([
        { file: `network ${name}`, found: `${layer.name}: ${next.found}`, expected: `${next.expected}, to train on the chip` },
      ]);
    shape = next;
  }
}
