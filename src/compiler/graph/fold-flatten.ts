import { consumersOf, type Graph, type GraphNode, type Operation, shapesOf } from '../../network/graph/graph.ts';
import { elementsOf, permute } from '../../network/graph/rearrange.ts';

type Linear = Extract<Operation, { kind: 'linear' }>;

/** The rows of a matrix in the order its inputs have before `permutation` was applied to a tensor of `shape`. */
function reorderRows(
  { weights, outputs, inputs }: Linear,
  shape: readonly number[],
  permutation: readonly number[],
): Float32Array {
  const order = permute(
    Float32Array.from({ length: inputs }, (_, index) => index),
    shape,
    permutation,
  );
  const out = new Float32Array(weights.length);
  for (let row = 0; row < inputs; row++) out.set(weights.subarray(row * outputs, (row + 1) * outputs), order[row]! * outputs);
  return out;
}

/** The transposition that a linear node's input comes from, through reshapes alone and for it alone. */
function transpositionBefore(
  node: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
  alone: (name: string) => boolean,
): GraphNode | undefined {
  for (let at = nodes.get(node.inputs[0]!); at !== undefined && alone(at.name); at = nodes.get(at.inputs[0]!)) {
    if (at.operation.kind === 'transpose') return at;
    if (at.operation.kind !== 'reshape') return undefined;
  }
  return undefined;
}

/** Frameworks flatten maps channels first, chips hold them channels last: the rows of the next matrix move, not the map. */
export function foldFlatten(graph: Graph): Graph {
  const consumers = consumersOf(graph);
  const shapes = shapesOf(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const alone = (name: string): boolean => consumers.get(name)?.length === 1 && name !== graph.output;
  for (const node of graph.nodes) {
    const { operation } = node;
    if (operation.kind !== 'linear' || elementsOf(shapes.get(node.inputs[0]!)!) !== operation.inputs) continue;
    const transposition = transpositionBefore(node, nodes, alone);
    if (transposition?.operation.kind !== 'transpose') continue;
    const shape = shapes.get(transposition.inputs[0]!)!;
    const weights = reorderRows(operation, shape, transposition.operation.permutation);
    nodes.set(node.name, { ...node, operation: { ...operation, weights } });
    nodes.set(transposition.name, { ...transposition, operation: { kind: 'reshape' } });
  }
  return { ...graph, nodes: graph.nodes.map(({ name }) => nodes.get(name)!) };
}
