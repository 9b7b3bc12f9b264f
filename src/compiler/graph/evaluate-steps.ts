import { binaryFunctions, unaryFunctions } from '../../network/graph/functions.ts';
import type { Sliding } from '../../network/graph/graph.ts';
import { lstm } from '../../network/graph/lstm.ts';
import { convolution, linear, poolMap, products } from '../../network/graph/matrix-operations.ts';
import { permute, repeat } from '../../network/graph/rearrange.ts';
import { meanRows } from '../../network/graph/row-operations.ts';
import type { Kernels } from '../../numeric/kernels.ts';
import { roundHalfEven } from '../../numeric/quantise.ts';
import type { MatrixStage, StageWindow } from '../lower.ts';
import type { LoweredGraph, Step, StepOperation, VecFunction } from './steps.ts';

type Of<K extends StepOperation['kind']> = Extract<StepOperation, { kind: K }>;

const slidingOf = (window: StageWindow): Sliding => ({
  kernel: [window.kernelHeight, window.kernelWidth],
  stride: [window.strideY, window.strideX],
  pad: [window.padTop, window.padLeft, window.padBottom, window.padRight],
  dilation: window.dilation,
});

/** Positions a window takes down and across. */
export function windowPixels(window: StageWindow): readonly [number, number] {
  const { height, width, dilation, kernelHeight, kernelWidth, strideY, strideX, padTop, padBottom, padLeft, padRight } = window;
  return [
    Math.floor((height + padTop + padBottom - dilation * (kernelHeight - 1) - 1) / strideY) + 1,
    Math.floor((width + padLeft + padRight - dilation * (kernelWidth - 1) - 1) / strideX) + 1,
  ];
}

function matrix(
  kernels: Kernels,
  { matrix: stage, window, bias, relu }: Of<'matrix'>,
  input: Float32Array,
  constants: readonly Float32Array[],
): Float32Array {
  const own = { weights: stage.weights, bias: bias === undefined ? undefined : constants[bias] };
  const product =
    window === undefined
      ? linear(kernels, { kind: 'linear', inputs: stage.rows, outputs: stage.columns, ...own }, input)
      : convolution(
          kernels,
          {
            kind: 'convolution',
            ...slidingOf(window),
            groups: 1,
            inChannels: window.channels,
            outChannels: stage.columns,
            ...own,
          },
          input,
          [window.height, window.width, window.channels],
          [...windowPixels(window), stage.columns],
        );
  if (relu) for (let at = 0; at < product.length; at++) product[at] = Math.max(0, product[at]!);
  return product;
}

/** The commonest operation on maps, without a call an element. */
function sumOf(left: Float32Array, right: Float32Array): Float32Array {
  const out = left.slice();
  for (let at = 0; at < out.length; at++) out[at]! += right[at % right.length]!;
  return out;
}

const vec = (name: VecFunction): ((a: number, b: number) => number) =>
  name === 'abs' || name === 'neg' ? (a) => unaryFunctions[name](a, 0) : binaryFunctions[name];

function reduceRows({ function: name, length }: Of<'reduce'>, input: Float32Array): Float32Array {
  if (name === 'mean') return meanRows(input, length);
  return Float32Array.from({ length: input.length / length }, (_, row) => {
    const values = input.subarray(row * length, (row + 1) * length);
    return name === 'sum'
      ? values.reduce((sum, x) => sum + x, 0)
      : values.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  });
}

/** Rows from one tensor into a part of another. */
function moveRows(
  { kind, rows, length, pitch, from, to }: Of<'strided' | 'spread'>,
  input: Float32Array,
  out: Float32Array,
): void {
  const [readPitch, writePitch] = kind === 'strided' ? [pitch, length] : [length, pitch];
  for (let row = 0; row < rows; row++)
    out.set(input.subarray(from + row * readPitch, from + row * readPitch + length), to + row * writePitch);
}

function result(
  kernels: Kernels,
  { operation, reads }: Step,
  lowered: LoweredGraph,
  values: Map<string, Float32Array>,
  before: Float32Array,
): Float32Array {
  const input = reads.length === 0 ? before : values.get(reads[0]!)!;
  switch (operation.kind) {
    case 'matrix':
      return matrix(kernels, operation, input, lowered.constants);
    case 'pool': {
      const { window, function: name } = operation;
      const shape = [window.height, window.width, window.channels];
      return poolMap({ kind: 'pool', function: name, ...slidingOf(window) }, input, shape, [
        ...windowPixels(window),
        window.channels,
      ]);
    }
    case 'act':
      return input.map((x) => unaryFunctions[operation.function](x, operation.slope));
    case 'vec': {
      const { right } = operation;
      if (operation.function === 'add' && right?.kind === 'value') return sumOf(input, values.get(right.name)!);
      const f = vec(operation.function);
      const other =
        right === undefined
          ? [0]
          : right.kind === 'number'
            ? [right.value]
            : right.kind === 'value'
              ? values.get(right.name)!
              : lowered.constants[right.id]!;
      return input.map((x, index) => f(x, other[index % other.length]!));
    }
    case 'reduce':
      return reduceRows(operation, input);
    case 'strided':
    case 'spread':
      moveRows(operation, input, before);
      return before;
    case 'broadcast':
      return repeat(operation.constant === undefined ? input : lowered.constants[operation.constant]!, operation.count, false);
    case 'transpose':
      return permute(input, [operation.times, operation.rows, operation.length], [0, 2, 1]);
    case 'product': {
      const { rows, inner, columns, transposed } = operation;
      return products(kernels, input, values.get(reads[1]!)!, [rows, inner], columns, transposed);
    }
    case 'round':
      return input.map((x) => Math.min(32767, Math.max(-32768, roundHalfEven(x / operation.scale))));
    case 'lstm':
      return lstm(kernels, operation.lstm, input).hidden;
    case 'zero':
      return before.fill(0);
    case 'convert':
    case 'store':
    case 'send':
      return input;
    case 'receive':
      throw new RangeError('a part of a network receives values; want the whole of it');
    case 'load':
      return values.get(operation.value)!;
  }
}

/**
 * Runs the lowered steps for one sample in floats. `seen` is called with what each matrix is given. The scratchpad of a chip that makes
 * no errors holds these values.
 */
export function evaluateSteps(
  kernels: Kernels,
  lowered: LoweredGraph,
  input: Float32Array,
  seen?: (matrix: MatrixStage, input: Float32Array) => void,
): ReadonlyMap<string, Float32Array> {
  const values = new Map([[lowered.input, input]]);
  for (const step of lowered.steps) {
    if (step.operation.kind === 'matrix') seen?.(step.operation.matrix, values.get(step.reads[0]!)!);
    if (step.operation.kind === 'lstm')
      seen?.(step.operation.matrix, lstm(kernels, step.operation.lstm, values.get(step.reads[0]!)!).joined);
    const before = values.get(step.writes) ?? new Float32Array(lowered.values.get(step.writes)!.elements);
    values.set(step.writes, result(kernels, step, lowered, values, before));
  }
  return values;
}
