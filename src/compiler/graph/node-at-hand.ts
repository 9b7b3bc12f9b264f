import type { GraphNode } from '../../network/graph/graph.ts';

/** A node being lowered, its first input resolved. */
export interface NodeAtHand {
  readonly node: GraphNode;
  /** Values it reads, reshapes looked through. */
  readonly inputs: readonly string[];
  readonly input: string;
  readonly inputShape: readonly number[];
  readonly inputShapes: readonly (readonly number[])[];
  /** A ReLU that alone reads its output is done on the way out. */
  readonly relu: boolean;
}
