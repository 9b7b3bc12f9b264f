import { consumersOf, type Graph, type GraphNode, shapesOf } from '../../network/graph/graph.ts';
import { elementsOf } from '../../network/graph/rearrange.ts';
import { lowerConstant } from './lower-constant.ts';
import { createLowerContext, type LowerContext } from './lower-context.ts';
import { lowerLstm } from './lower-lstm.ts';
import { expressible, lowerConvolution, lowerLinear, lowerPool } from './lower-matrices.ts';
import { lowerConcat, lowerPad, lowerSlice, lowerTranspose } from './lower-moves.ts';
import { lowerQuantise } from './lower-quantise.ts';
import { lowerLayerNorm, lowerLocalResponse, lowerSoftmax } from './lower-rows.ts';
import type { NodeAtHand } from './node-at-hand.ts';
import type { LoweredGraph, RightOperand } from './steps.ts';

/** Name of the node whose value this one is: itself, or the ReLU that it does on the way out. */
interface Fusion {
  readonly fused: ReadonlyMap<string, string>;
  readonly skipped: ReadonlySet<string>;
}

function fuseActivations(graph: Graph): Fusion {
  const consumers = consumersOf(graph);
  const fused = new Map<string, string>();
  for (const node of graph.nodes) {
    if (node.operation.kind !== 'linear' && node.operation.kind !== 'convolution') continue;
    const readers = consumers.get(node.name) ?? [];
    const [reader] = readers;
    if (readers.length !== 1 || node.name === graph.output || reader?.operation.kind !== 'unary') continue;
    if (reader.operation.function === 'relu') fused.set(reader.name, node.name);
  }
  return { fused, skipped: new Set(fused.keys()) };
}

/** Where a value really lies: reshapes and fused activations share the value before them. */
function createResolver(graph: Graph, { fused }: Fusion): (name: string) => string {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const resolve = (name: string): string => {
    const node = nodes.get(name);
    if (node === undefined) return name;
    if (node.operation.kind === 'reshape') return resolve(node.inputs[0]!);
    return fused.get(name) ?? name;
  };
  return resolve;
}

function lowerNode(context: LowerContext, at: NodeAtHand): void {
  const { node, input, inputShape } = at;
  const { name: layer, operation, shape } = node;
  const elements = elementsOf(shape);
  const last = inputShape.at(-1)!;
  const vec = (
    name: 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min' | 'abs' | 'neg',
    left: string,
    right: RightOperand | undefined,
    into: string,
  ): void =>
    context.emit({
      ...{ layer, reads: right?.kind === 'value' ? [left, right.name] : [left], writes: into, growth: 'rows' },
      operation: { kind: 'vec', function: name, right, rows: 1, length: elements },
    });
  switch (operation.kind) {
    case 'linear':
      lowerLinear(context, at, operation);
      return;
    case 'convolution':
      lowerConvolution(context, at, operation);
      return;
    case 'pool':
      lowerPool(context, at, operation);
      return;
    case 'unary': {
      const { function: name } = operation;
      if (name === 'abs' || name === 'neg') {
        vec(name, input, undefined, layer);
        return;
      }
      const act = { kind: 'act', function: name, slope: operation.slope ?? 0, elements } as const;
      context.emit({ layer, reads: [input], writes: layer, growth: 'rows', operation: act });
      return;
    }
    case 'clip': {
      const between = context.temporary(layer, elements);
      vec('max', input, { kind: 'number', value: Math.max(operation.low, -3e38) }, between);
      vec('min', between, { kind: 'number', value: Math.min(operation.high, 3e38) }, layer);
      return;
    }
    case 'binary':
      vec(operation.function, input, { kind: 'value', name: at.inputs[1]! }, layer);
      return;
    case 'constant':
      lowerConstant(context, layer, input, shape, operation);
      return;
    case 'softmax':
      lowerSoftmax(context, layer, input, elements / last, last, operation.log);
      return;
    case 'layer-norm':
      lowerLayerNorm(context, layer, input, elements / last, operation);
      return;
    case 'product': {
      const [rows, inner] = inputShape.slice(-2) as [number, number];
      const sizes = { times: elements / (rows * shape.at(-1)!), rows, inner, columns: shape.at(-1)! };
      const product = { kind: 'product', ...sizes, transposed: operation.transposed } as const;
      context.emit({ layer, reads: [input, at.inputs[1]!], writes: layer, growth: 'none', operation: product });
      return;
    }
    case 'lrn':
      lowerLocalResponse(context, layer, input, elements / last, last, operation);
      return;
    case 'quantise':
      lowerQuantise(context, layer, input, elements, operation);
      return;
    case 'lstm':
      lowerLstm(context, at, operation);
      return;
    case 'mean': {
      const mean = { kind: 'reduce', function: 'mean', rows: elements, length: last } as const;
      context.emit({ layer, reads: [input], writes: layer, growth: 'rows', operation: mean });
      return;
    }
    case 'concat':
      lowerConcat(context, layer, at.inputs, at.inputShapes, operation.axis);
      return;
    case 'slice':
      lowerSlice(context, layer, input, inputShape, operation.axis, operation.start, shape[operation.axis]!);
      return;
    case 'pad': {
      const after = shape[operation.axis]! - inputShape[operation.axis]! - operation.before;
      lowerPad(context, layer, input, inputShape, operation.axis, operation.before, after, layer);
      return;
    }
    case 'repeat': {
      const length = elementsOf(inputShape);
      const target = operation.each ? context.temporary(layer, elements) : layer;
      const copies = { kind: 'broadcast', length, count: operation.count, constant: undefined } as const;
      context.emit({ layer, reads: [input], writes: target, growth: operation.each ? 'length' : 'none', operation: copies });
      if (!operation.each) return;
      const turn = { kind: 'transpose', rows: operation.count, length, times: 1 } as const;
      context.emit({ layer, reads: [target], writes: layer, growth: 'length', operation: turn });
      return;
    }
    case 'transpose':
      lowerTranspose(context, layer, input, inputShape, operation.permutation);
      return;
    case 'reshape':
      return;
  }
}

/** Can a node's first step read codes? Moves cannot: they work in one format, that of numbers. */
function readsCodes({ operation }: GraphNode): boolean {
  if (operation.kind === 'linear') return true;
  return operation.kind === 'convolution' && operation.groups === 1 && expressible(operation.pad);
}

/**
 * A graph to machine operations in order. Reshapes cost nothing; a ReLU behind a matrix is done on its way out. The input stays codes of
 * the data set when matrices alone read it, which scale their inputs; otherwise one step converts it.
 */
export function lowerGraph(graph: Graph): LoweredGraph {
  const context = createLowerContext();
  const fusion = fuseActivations(graph);
  const resolve = createResolver(graph, fusion);
  const shapes = shapesOf(graph);
  const converted = `${graph.input} converted`;
  const inputElements = elementsOf(graph.inputShape);
  const readers = graph.nodes.filter(
    ({ inputs, operation }) => operation.kind !== 'reshape' && inputs.some((name) => resolve(name) === graph.input),
  );
  const asCodes = readers.every(readsCodes);
  context.values.set(graph.input, { name: graph.input, elements: inputElements, codes: true });
  if (!asCodes) {
    context.values.set(converted, { name: converted, elements: inputElements, codes: false });
    const operation = { kind: 'convert', elements: inputElements } as const;
    context.emit({ layer: graph.input, reads: [graph.input], writes: converted, growth: 'rows', operation });
  }
  const find = (name: string): string => (resolve(name) === graph.input && !asCodes ? converted : resolve(name));
  for (const node of graph.nodes) {
    if (node.operation.kind === 'reshape' || fusion.skipped.has(node.name)) continue;
    context.values.set(node.name, { name: node.name, elements: elementsOf(node.shape), codes: false });
    const inputs = node.inputs.map(find);
    const inputShapes = node.inputs.map((name) => shapes.get(name)!);
    const relu = [...fusion.fused.values()].includes(node.name);
    lowerNode(context, { node, inputs, input: inputs[0]!, inputShape: inputShapes[0]!, inputShapes, relu });
  }
  const { steps, values, constants } = context;
  return {
    steps,
    values,
    constants,
    input: graph.input,
    output: find(graph.output),
    classes: elementsOf(shapes.get(graph.output)!),
  };
}
