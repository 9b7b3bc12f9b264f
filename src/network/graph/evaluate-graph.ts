import type { Kernels } from '../../numeric/kernels.ts';
import { binaryFunctions, quantise, unaryFunctions } from './functions.ts';
import { type Graph, type GraphNode, shapesOf } from './graph.ts';
import { lstm } from './lstm.ts';
import { convolution, linear, poolMap, products } from './matrix-operations.ts';
import { concatenate, elementsOf, padAxis, permute, repeat, sliceAxis } from './rearrange.ts';
import { layerNormRows, localResponseRows, meanRows, softmaxRows } from './row-operations.ts';

/** A node's result from its inputs and their shapes, f32. */
export function evaluateNode(
  kernels: Kernels,
  { operation, shape }: GraphNode,
  inputs: readonly Float32Array[],
  shapes: readonly (readonly number[])[],
): Float32Array {
  const input = inputs[0]!;
  const last = shapes[0]!.at(-1)!;
  switch (operation.kind) {
    case 'linear':
      return linear(kernels, operation, input);
    case 'convolution':
      return convolution(kernels, operation, input, shapes[0]!, shape);
    case 'pool':
      return poolMap(operation, input, shapes[0]!, shape);
    case 'unary': {
      const f = unaryFunctions[operation.function];
      return input.map((x) => f(x, operation.slope ?? 0));
    }
    case 'clip':
      return input.map((x) => Math.min(operation.high, Math.max(operation.low, x)));
    case 'binary': {
      const [f, right] = [binaryFunctions[operation.function], inputs[1]!];
      return input.map((x, index) => f(x, right[index]!));
    }
    case 'constant': {
      const [f, { constant, reversed }] = [binaryFunctions[operation.function], operation];
      const at = (index: number): number => constant[index % constant.length]!;
      return input.map((x, index) => (reversed ? f(at(index), x) : f(x, at(index))));
    }
    case 'softmax':
      return softmaxRows(input, last, operation.log);
    case 'layer-norm':
      return layerNormRows(input, operation.scale, operation.shift, operation.epsilon);
    case 'product':
      return products(kernels, input, inputs[1]!, shapes[0]!.slice(-2) as [number, number], shape.at(-1)!, operation.transposed);
    case 'lrn':
      return localResponseRows(input, last, operation);
    case 'quantise':
      return input.map((x) => quantise(x, operation));
    case 'lstm':
      return lstm(kernels, operation, input).hidden;
    case 'mean':
      return meanRows(input, last);
    case 'concat':
      return concatenate(inputs, shapes, operation.axis);
    case 'slice':
      return sliceAxis(input, shapes[0]!, operation.axis, operation.start, shape[operation.axis]!);
    case 'pad':
      return padAxis(input, shapes[0]!, operation.axis, operation.before, shape[operation.axis]!);
    case 'repeat':
      return repeat(input, operation.count, operation.each);
    case 'reshape':
      return input;
    case 'transpose':
      return permute(input, shapes[0]!, operation.permutation);
  }
}

/** Every value of the graph for one sample, by name: the float reference. RangeError when the input has another size. */
export function evaluateGraph(kernels: Kernels, graph: Graph, input: Float32Array): ReadonlyMap<string, Float32Array> {
  const size = elementsOf(graph.inputShape);
  if (input.length !== size) throw new RangeError(`input holds ${input.length} values; want ${size}`);
  const shapes = shapesOf(graph);
  const values = new Map([[graph.input, input]]);
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => values.get(name)!);
    const inputShapes = node.inputs.map((name) => shapes.get(name)!);
    values.set(node.name, evaluateNode(kernels, node, inputs, inputShapes));
  }
  return values;
}
