import type { Operation, Sliding } from '../../network/graph/graph.ts';
import { elementsOf } from '../../network/graph/rearrange.ts';
import type { MatrixStage, StageWindow } from '../lower.ts';
import type { LowerContext } from './lower-context.ts';
import { lowerPad } from './lower-moves.ts';
import type { NodeAtHand } from './node-at-hand.ts';

type Linear = Extract<Operation, { kind: 'linear' }>;
type Convolution = Extract<Operation, { kind: 'convolution' }>;
type Pool = Extract<Operation, { kind: 'pool' }>;

/** Most input rows of one block of grouped convolution: what a tile of the usual size holds. */
const blockRows = 256;

export const windowOf = (
  [height, width, channels]: readonly number[],
  { kernel, stride, pad, dilation }: Sliding,
): StageWindow => ({
  ...{ height: height!, width: width!, channels: channels!, kernelHeight: kernel[0], kernelWidth: kernel[1] },
  ...{ strideY: stride[0], strideX: stride[1], padTop: pad[0], padLeft: pad[1], padBottom: pad[2], padRight: pad[3], dilation },
});

function stageOf(
  name: string,
  operation: Pick<Linear, 'inputs' | 'outputs' | 'weights'>,
  sizes: Pick<MatrixStage, 'vectors' | 'window' | 'inputElements' | 'outputElements'>,
): MatrixStage {
  const { inputs, outputs, weights } = operation;
  return {
    ...{ kind: 'matrix', name, layer: -1, bias: undefined, activation: 'none' },
    ...sizes,
    rows: inputs,
    columns: outputs,
    weights,
  };
}

export function lowerLinear(context: LowerContext, { node, input, inputShape, relu }: NodeAtHand, operation: Linear): void {
  const elements = elementsOf(inputShape);
  const vectors = elements / operation.inputs;
  const sizes = { vectors, window: undefined, inputElements: elements, outputElements: vectors * operation.outputs };
  const bias = operation.bias === undefined ? undefined : context.constant(operation.bias);
  const matrix = stageOf(node.name, operation, sizes);
  context.emit({
    ...{ layer: node.name, reads: [input], writes: node.name, growth: 'rows' },
    operation: { kind: 'matrix', matrix, vectors, window: undefined, bias, relu },
  });
}

/** A window descriptor has one number for top and left and one for bottom and right, at most 15; otherwise the map is padded first. */
export const expressible = ([top, left, bottom, right]: Sliding['pad']): boolean =>
  top === left && bottom === right && Math.max(top, bottom) <= 15;

function padded(
  context: LowerContext,
  at: NodeAtHand,
  sliding: Sliding,
): { readonly input: string; readonly shape: readonly number[]; readonly sliding: Sliding } {
  if (expressible(sliding.pad)) return { input: at.input, shape: at.inputShape, sliding };
  const [top, left, bottom, right] = sliding.pad;
  const down = lowerPad(context, at.node.name, at.input, at.inputShape, 0, top, bottom);
  const whole = lowerPad(context, at.node.name, down.name, down.shape, 1, left, right);
  return { input: whole.name, shape: whole.shape, sliding: { ...sliding, pad: [0, 0, 0, 0] } };
}

/** A 1 x 1 kernel at every pixel needs no window: pixels are the vectors. */
const isPointwise = ({ kernel, stride, pad }: Sliding): boolean =>
  [...kernel, ...stride].every((x) => x === 1) && pad.every((x) => x === 0);

export function lowerConvolution(context: LowerContext, at: NodeAtHand, operation: Convolution): void {
  const { node } = at;
  const { input, shape, sliding } = padded(context, at, operation);
  const pixels = node.shape[0]! * node.shape[1]!;
  if (operation.groups === 1) {
    const [rows, columns] = [operation.kernel[0] * operation.kernel[1] * operation.inChannels, operation.outChannels];
    const window = isPointwise(sliding) ? undefined : windowOf(shape, sliding);
    const sizes = { vectors: pixels, window, inputElements: elementsOf(shape), outputElements: pixels * columns };
    const matrix = stageOf(node.name, { inputs: rows, outputs: columns, weights: operation.weights }, sizes);
    const bias = operation.bias === undefined ? undefined : context.constant(operation.bias);
    context.emit({
      ...{ layer: node.name, reads: [input], writes: node.name, growth: window === undefined ? 'rows' : 'none' },
      operation: { kind: 'matrix', matrix, vectors: pixels, window, bias, relu: at.relu },
    });
    return;
  }
  lowerGroups(context, at, operation, { input, shape, sliding, pixels });
}

/** Groups share a tile in blocks, each a block-diagonal matrix on its own channels: gathered before it, spread after it. */
function lowerGroups(
  context: LowerContext,
  { node, relu }: NodeAtHand,
  operation: Convolution,
  {
    input,
    shape,
    sliding,
    pixels,
  }: { readonly input: string; readonly shape: readonly number[]; readonly sliding: Sliding; readonly pixels: number },
): void {
  const { groups, inChannels, outChannels, kernel, bias } = operation;
  const [inEach, outEach] = [inChannels / groups, outChannels / groups];
  const positions = kernel[0] * kernel[1];
  const together = Math.max(1, Math.min(groups, Math.floor(blockRows / (positions * inEach))));
  for (let first = 0; first < groups; first += together) {
    const count = Math.min(together, groups - first);
    const [channels, outputs] = [count * inEach, count * outEach];
    const name = `${node.name}.${first / together + 1}`;
    const part = context.temporary(node.name, shape[0]! * shape[1]! * channels);
    const gather = {
      kind: 'strided',
      rows: shape[0]! * shape[1]!,
      length: channels,
      pitch: inChannels,
      from: first * inEach,
      to: 0,
    } as const;
    context.emit({ layer: node.name, reads: [input], writes: part, growth: 'none', operation: gather });
    const weights = blockDiagonal(operation, first, count);
    const window = windowOf([shape[0]!, shape[1]!, channels], sliding);
    const sizes = { vectors: pixels, window, inputElements: shape[0]! * shape[1]! * channels, outputElements: pixels * outputs };
    const matrix = stageOf(name, { inputs: positions * channels, outputs, weights }, sizes);
    const ownBias = bias?.subarray(first * outEach, first * outEach + outputs);
    const product = context.temporary(node.name, pixels * outputs);
    context.emit({
      ...{ layer: node.name, reads: [part], writes: product, growth: 'none' },
      operation: {
        kind: 'matrix',
        matrix,
        vectors: pixels,
        window,
        bias: ownBias === undefined ? undefined : context.constant(ownBias),
        relu,
      },
    });
    const spread = { kind: 'spread', rows: pixels, length: outputs, pitch: outChannels, from: 0, to: first * outEach } as const;
    context.emit({
      layer: node.name,
      reads: [product],
      writes: node.name,
      partial: first > 0,
      growth: 'none',
      operation: spread,
    });
  }
}

/** Weights of `count` groups from `first` as one matrix over their channels, zero between groups. */
function blockDiagonal(
  { weights, groups, inChannels, outChannels, kernel }: Convolution,
  first: number,
  count: number,
): Float32Array {
  const [inEach, outEach, positions] = [inChannels / groups, outChannels / groups, kernel[0] * kernel[1]];
  const [rows, columns] = [count * inEach, count * outEach];
  const out = new Float32Array(positions * rows * columns);
  for (let group = 0; group < count; group++)
    for (let position = 0; position < positions; position++)
      for (let channel = 0; channel < inEach; channel++) {
        const from = (((first + group) * positions + position) * inEach + channel) * outEach;
        out.set(weights.subarray(from, from + outEach), (position * rows + group * inEach + channel) * columns + group * outEach);
      }
  return out;
}

export function lowerPool(context: LowerContext, at: NodeAtHand, operation: Pool): void {
  const { node } = at;
  const pixels = node.shape[0]! * node.shape[1]!;
  // Zeros would take part in an average and in a maximum of negative numbers: only padding the window itself knows is left out.
  const window = windowOf(at.inputShape, operation);
  context.emit({
    ...{ layer: node.name, reads: [at.input], writes: node.name, growth: 'none' },
    operation: { kind: 'pool', function: operation.function, window, pixels },
  });
}
