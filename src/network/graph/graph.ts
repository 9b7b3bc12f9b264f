/** Functions of one number. */
export type UnaryFunction =
  | 'relu'
  | 'leaky'
  | 'sigmoid'
  | 'tanh'
  | 'gelu'
  | 'exp'
  | 'sqrt'
  | 'rsqrt'
  | 'log'
  | 'erf'
  | 'abs'
  | 'neg';
export type BinaryFunction = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min';

/** A window that slides over a channels-last map. */
export interface Sliding {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  /** top, left, bottom, right */
  readonly pad: readonly [number, number, number, number];
  readonly dilation: number;
}

/**
 * Long short-term memory over [steps, inputs], state zero or given at the start (Hochreiter and Schmidhuber 1997; forget gate of
 * Gers 2000). Rows of the weights are inputs then units; columns are input, forget, output gate and candidate, `units` each.
 */
export interface Lstm {
  readonly kind: 'lstm';
  readonly inputs: number;
  readonly units: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** From the last step to the first. */
  readonly reverse: boolean;
  readonly hidden: Float32Array | undefined;
  readonly cell: Float32Array | undefined;
}

/** What a node does with its inputs. Weights are input-major, as tiles hold them. */
export type Operation =
  /** Every row of the last axis times weights[inputs x outputs]. */
  | {
      readonly kind: 'linear';
      readonly inputs: number;
      readonly outputs: number;
      readonly weights: Float32Array;
      readonly bias: Float32Array | undefined;
    }
  /** weights[groups][(kernel x channels of the group) x (outputs of the group)], one group after the other. */
  | (Sliding & {
      readonly kind: 'convolution';
      readonly groups: number;
      readonly inChannels: number;
      readonly outChannels: number;
      readonly weights: Float32Array;
      readonly bias: Float32Array | undefined;
    })
  /** Padding takes no part: an average divides by the positions inside the map. */
  | (Sliding & { readonly kind: 'pool'; readonly function: 'max' | 'average' })
  /** `slope` belongs to leaky. */
  | { readonly kind: 'unary'; readonly function: UnaryFunction; readonly slope?: number }
  | { readonly kind: 'clip'; readonly low: number; readonly high: number }
  /** Two inputs of the same shape. */
  | { readonly kind: 'binary'; readonly function: BinaryFunction }
  /** A constant of 1 element, of one row (the last axis) or of as many as the input; `reversed`: the constant is the left operand. */
  | {
      readonly kind: 'constant';
      readonly function: BinaryFunction;
      readonly constant: Float32Array;
      readonly reversed: boolean;
    }
  /** Over the last axis. */
  | { readonly kind: 'softmax'; readonly log: boolean }
  | { readonly kind: 'layer-norm'; readonly scale: Float32Array; readonly shift: Float32Array; readonly epsilon: number }
  /** Mean of the last axis, which becomes 1 long. */
  | { readonly kind: 'mean' }
  | { readonly kind: 'concat'; readonly axis: number }
  | { readonly kind: 'slice'; readonly axis: number; readonly start: number }
  /** Zeros before and after one axis. */
  | { readonly kind: 'pad'; readonly axis: number; readonly before: number }
  /** The whole tensor `count` times in a row (broadcast over leading axes), or each element (over trailing axes). */
  | { readonly kind: 'repeat'; readonly count: number; readonly each: boolean }
  /** Two computed inputs: [..., rows, inner] times [..., inner, columns], or `transposed` [..., columns, inner]; leading axes are equal. */
  | { readonly kind: 'product'; readonly transposed: boolean }
  /** Each element over (bias + alpha / size x the sum of squares of `size` channels around it) ^ beta (Krizhevsky 2012). */
  | { readonly kind: 'lrn'; readonly size: number; readonly alpha: number; readonly beta: number; readonly bias: number }
  /** Nearest code of x / scale (half to even) plus `zero`, from `low` to `high`. */
  | { readonly kind: 'quantise'; readonly scale: number; readonly zero: number; readonly low: number; readonly high: number }
  | Lstm
  /** Same elements in the same order under another shape. */
  | { readonly kind: 'reshape' }
  | { readonly kind: 'transpose'; readonly permutation: readonly number[] };

export type OperationKind = Operation['kind'];

/** One operation; its name is the name of the value it makes. */
export interface GraphNode {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Of the value it makes, for one sample, row-major; maps are [height, width, channels]. */
  readonly shape: readonly number[];
  readonly operation: Operation;
}

/** A network as a graph with named edges: one input, one output, nodes in an order that respects them. */
export interface Graph {
  readonly name: string;
  /** Name of the value that is the input. */
  readonly input: string;
  readonly inputShape: readonly number[];
  readonly nodes: readonly GraphNode[];
  /** Name of the value that is the result: one score a class. */
  readonly output: string;
  readonly loss: 'cross-entropy' | 'mse';
}

/** Shapes of all values by name. */
export function shapesOf(graph: Graph): ReadonlyMap<string, readonly number[]> {
  return new Map([[graph.input, graph.inputShape], ...graph.nodes.map(({ name, shape }) => [name, shape] as const)]);
}

/** Nodes that read each value. */
export function consumersOf(graph: Graph): ReadonlyMap<string, readonly GraphNode[]> {
  const consumers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes)
    for (const input of new Set(node.inputs)) {
      const known = consumers.get(input);
      if (known === undefined) consumers.set(input, [node]);
      else known.push(node);
    }
  return consumers;
}
