import fc from 'fast-check';
import type { Graph, GraphNode, Operation, Sliding } from '../../../src/network/graph/graph.ts';
import { elementsOf } from '../../../src/network/graph/rearrange.ts';
import { createStream } from '../../../src/numeric/philox.ts';
import { purposes } from '../../../src/numeric/purposes.ts';

/** What a random node is made from; meaning depends on the shape it meets. */
interface Choice {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly from: number;
}

type Value = { readonly name: string; readonly shape: readonly number[] };

const outSize = (size: number, kernel: number, stride: number, before: number, after: number, dilation: number): number =>
  Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;

/** A window that fits the map, odd sizes and lopsided padding included. */
function slidingOn([height, width]: readonly number[], { a, b, c }: Choice): Sliding {
  const kernel = [1 + (a % Math.min(7, height!)), 1 + (b % Math.min(7, width!))] as const;
  const stride = [1 + (c % 3), 1 + (b % 2)] as const;
  const room = Math.min(...[height! / kernel[0], width! / kernel[1]].map(Math.floor));
  const pad = [c % kernel[0], a % kernel[1], b % kernel[0], c % kernel[1]] as const;
  return { kernel, stride, pad, dilation: room >= 2 && a % 2 === 1 ? 2 : 1 };
}

const windowShape = (
  [height, width]: readonly number[],
  { kernel, stride, pad, dilation }: Sliding,
  channels: number,
): number[] => [
  outSize(height!, kernel[0], stride[0], pad[0], pad[2], dilation),
  outSize(width!, kernel[1], stride[1], pad[1], pad[3], dilation),
  channels,
];

/** Makes a graph of the choices: each node takes one of the values there are, and another of equal shape where it needs two. */
export function buildGraph(inputShape: readonly number[], choices: readonly Choice[], classes: number, seed: number): Graph {
  const stream = createStream(seed, purposes.initialisation);
  const random = (count: number, scale = 1): Float32Array =>
    Float32Array.from({ length: count }, () => scale * (2 * stream.uniform() - 1));
  const values: Value[] = [{ name: 'x', shape: inputShape }];
  const nodes: GraphNode[] = [];
  const add = (inputs: readonly Value[], shape: readonly number[], operation: Operation): Value => {
    const node = { name: `n${nodes.length}`, inputs: inputs.map(({ name }) => name), shape, operation };
    nodes.push(node);
    values.push({ name: node.name, shape });
    return { name: node.name, shape };
  };
  for (const choice of choices) {
    const input = values[Math.max(0, values.length - 1 - (choice.from % 3))]!;
    if (input.shape.length === 3) mapNode(add, input, choice, values, random);
    else vectorNode(add, input, choice, values, random);
  }
  const last = values.at(-1)!;
  const inputs = elementsOf(last.shape);
  const turned =
    last.shape.length === 3
      ? add([last], [last.shape[2]!, last.shape[0]!, last.shape[1]!], { kind: 'transpose', permutation: [2, 0, 1] })
      : last;
  const flat = add([turned], [inputs], { kind: 'reshape' });
  const scores = add([flat], [classes], {
    kind: 'linear',
    inputs,
    outputs: classes,
    weights: random(inputs * classes, 1 / Math.sqrt(inputs)),
    bias: random(classes),
  });
  return { name: 'random', input: 'x', inputShape, nodes, output: scores.name, loss: 'cross-entropy' };
}

type Add = (inputs: readonly Value[], shape: readonly number[], operation: Operation) => Value;
type Random = (count: number, scale?: number) => Float32Array;

const twin = (values: readonly Value[], { name, shape }: Value): Value | undefined =>
  values.find((other) => other.name !== name && other.name !== 'x' && other.shape.join() === shape.join());

function mapNode(add: Add, input: Value, choice: Choice, values: readonly Value[], random: Random): void {
  const { shape } = input;
  const [height, width, channels] = shape as [number, number, number];
  const other = twin(values, input);
  switch (choice.kind % 9) {
    case 0:
    case 1: {
      const sliding = slidingOn(shape, choice);
      const outChannels = 1 + (choice.b % 5);
      const rows = sliding.kernel[0] * sliding.kernel[1] * channels;
      const bias = choice.a % 3 === 0 ? undefined : random(outChannels);
      const weights = random(rows * outChannels, 1 / Math.sqrt(rows));
      add([input], windowShape(shape, sliding, outChannels), {
        kind: 'convolution',
        ...sliding,
        groups: 1,
        inChannels: channels,
        outChannels,
        weights,
        bias,
      });
      return;
    }
    case 2: {
      const sliding = { ...slidingOn(shape, choice), dilation: 1 };
      const rows = sliding.kernel[0] * sliding.kernel[1];
      const operation = {
        kind: 'convolution',
        ...sliding,
        groups: channels,
        inChannels: channels,
        outChannels: channels,
      } as const;
      add([input], windowShape(shape, sliding, channels), {
        ...operation,
        weights: random(rows * channels, 1 / Math.sqrt(rows)),
        bias: random(channels),
      });
      return;
    }
    case 3: {
      const kernel = [1 + (choice.a % Math.min(3, height)), 1 + (choice.b % Math.min(3, width))] as const;
      const sliding = {
        kernel,
        stride: [1 + (choice.c % 2), 1 + (choice.b % 2)] as const,
        pad: [0, 0, 0, 0] as const,
        dilation: 1,
      };
      add([input], windowShape(shape, sliding, channels), {
        kind: 'pool',
        function: choice.a % 2 === 0 ? 'max' : 'average',
        ...sliding,
      });
      return;
    }
    case 4:
      if (other !== undefined)
        add([input, other], shape, { kind: 'binary', function: (['add', 'sub', 'mul', 'max'] as const)[choice.a % 4]! });
      return;
    case 5: {
      const axis = choice.a % 3;
      const doubled = shape.map((size, at) => (at === axis ? 2 * size : size));
      if (elementsOf(doubled) < 2000) add([input, other ?? input], doubled, { kind: 'concat', axis });
      return;
    }
    case 6:
      add([input], shape, {
        kind: 'unary',
        function: (['relu', 'leaky', 'sigmoid', 'tanh'] as const)[choice.a % 4]!,
        slope: 0.1,
      });
      return;
    case 7:
      add([input], shape, {
        kind: 'constant',
        function: (['mul', 'add', 'sub'] as const)[choice.a % 3]!,
        constant: random([1, channels, elementsOf(shape)][choice.b % 3]!),
        reversed: choice.c % 2 === 0,
      });
      return;
    default: {
      const axis = choice.a % 3;
      const size = 1 + (choice.b % shape[axis]!);
      const start = choice.c % (shape[axis]! - size + 1);
      add(
        [input],
        shape.map((whole, at) => (at === axis ? size : whole)),
        { kind: 'slice', axis, start },
      );
    }
  }
}

function vectorNode(add: Add, input: Value, choice: Choice, values: readonly Value[], random: Random): void {
  const size = input.shape.at(-1)!;
  const other = twin(values, input);
  const outputs = 2 + (choice.b % 20);
  switch (choice.kind % 5) {
    case 0:
    case 1:
      add([input], [...input.shape.slice(0, -1), outputs], {
        kind: 'linear',
        inputs: size,
        outputs,
        weights: random(size * outputs, 1 / Math.sqrt(size)),
        bias: choice.a % 2 === 0 ? random(outputs) : undefined,
      });
      return;
    case 2:
      add(
        [input],
        input.shape,
        choice.a % 2 === 0
          ? { kind: 'softmax', log: choice.b % 2 === 0 }
          : { kind: 'layer-norm', scale: random(size), shift: random(size), epsilon: 1e-3 },
      );
      return;
    case 3:
      if (other === undefined) add([input], input.shape, { kind: 'unary', function: 'relu' });
      else add([input, other], input.shape, { kind: 'binary', function: 'add' });
      return;
    default:
      add([input], input.shape, {
        kind: 'constant',
        function: 'mul',
        constant: random(choice.a % 2 === 0 ? 1 : size),
        reversed: false,
      });
  }
}

const choice = fc.record({ kind: fc.nat(44), a: fc.nat(20), b: fc.nat(20), c: fc.nat(20), from: fc.nat(5) });
const shapes = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 })),
  fc.tuple(fc.integer({ min: 2, max: 40 })),
  fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 12 })),
);

/** Graphs with branches, residuals, concatenations, odd sizes, 1 x 1 to 7 x 7 kernels, strides, padding and dilation. */
export const randomGraph: fc.Arbitrary<Graph> = fc
  .record({
    shape: shapes,
    choices: fc.array(choice, { minLength: 1, maxLength: 9 }),
    classes: fc.integer({ min: 2, max: 9 }),
    seed: fc.nat(1000),
  })
  .map(({ shape, choices, classes, seed }) => buildGraph(shape, choices, classes, seed));
