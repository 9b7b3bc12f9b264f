import { consumersOf, type Graph, type GraphNode, type Operation } from '../../network/graph/graph.ts';

type Constant = Extract<Operation, { kind: 'constant' }>;
type Matrix = Extract<Operation, { kind: 'linear' | 'convolution' }>;

const isMatrix = (operation: Operation): operation is Matrix => operation.kind === 'linear' || operation.kind === 'convolution';
const outputsOf = (matrix: Matrix): number => (matrix.kind === 'linear' ? matrix.outputs : matrix.outChannels);

/** Factor and addend a constant node stands for, one an output; undefined for what is no affine function. */
function affineOf({ function: name, constant, reversed }: Constant, outputs: number) {
  if (constant.length !== 1 && constant.length !== outputs) return undefined;
  const at = (index: number): number => constant[index % constant.length]!;
  switch (name) {
    case 'add':
      return { factor: () => 1, addend: at };
    case 'sub':
      return reversed ? { factor: () => -1, addend: at } : { factor: () => 1, addend: (index: number) => -at(index) };
    case 'mul':
      return { factor: at, addend: () => 0 };
    case 'div':
      return reversed ? undefined : { factor: (index: number) => 1 / at(index), addend: () => 0 };
    default:
      return undefined;
  }
}

/** Column c of every group's matrix times the factor of its output. */
function scaleColumns(matrix: Matrix, factors: Float64Array): Float32Array {
  const groups = matrix.kind === 'linear' ? 1 : matrix.groups;
  const columns = factors.length / groups;
  const rows = matrix.weights.length / factors.length;
  const out = new Float32Array(matrix.weights.length);
  for (let group = 0, at = 0; group < groups; group++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, at++) out[at] = matrix.weights[at]! * factors[group * columns + column]!;
  return out;
}

/** The matrix with the affine function of its outputs worked into weights and bias. */
function absorb(matrix: Matrix, constant: Constant): Matrix | undefined {
  const outputs = outputsOf(matrix);
  const affine = affineOf(constant, outputs);
  if (affine === undefined) return undefined;
  const factors = Float64Array.from({ length: outputs }, (_, index) => affine.factor(index));
  const weights = factors.every((factor) => factor === 1) ? matrix.weights : scaleColumns(matrix, factors);
  const bias = Float32Array.from(
    { length: outputs },
    (_, index) => (matrix.bias?.[index] ?? 0) * affine.factor(index) + affine.addend(index),
  );
  return { ...matrix, weights, bias };
}

/**
 * Works constant factors and addends (batch normalisation, separate biases) into the matrix before them, where nothing else reads
 * its output. Values keep the name of the last node of a run.
 */
export function foldConstants(graph: Graph): Graph {
  const consumers = consumersOf(graph);
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes) {
    const before = nodes.get(node.inputs[0]!);
    const alone = before !== undefined && consumers.get(before.name)?.length === 1 && before.name !== graph.output;
    const folded =
      alone && node.operation.kind === 'constant' && isMatrix(before.operation)
        ? absorb(before.operation, node.operation)
        : undefined;
    if (folded === undefined) nodes.set(node.name, node);
    else {
      nodes.delete(before!.name);
      nodes.set(node.name, { ...before!, name: node.name, operation: folded });
    }
  }
  return { ...graph, nodes: [...nodes.values()] };
}
