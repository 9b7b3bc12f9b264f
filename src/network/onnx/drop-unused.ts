import type { Graph, GraphNode } from '../graph/graph.ts';

/** The graph without nodes that its output does not rest on. */
export function dropUnused(graph: Graph): Graph {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const used = new Set<string>();
  const waiting = [graph.output];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    const node: GraphNode | undefined = byName.get(name);
    if (node !== undefined) waiting.push(...node.inputs);
  }
  return { ...graph, nodes: graph.nodes.filter(({ name }) => used.has(name)) };
}
