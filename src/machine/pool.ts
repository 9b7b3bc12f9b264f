import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation, Window } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadFloats, loadNumbers, storeFloats, storeNumbers } from './formats.ts';
import { describe, spmAddress, spmPointer } from './memory.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';
import { checkPixels, mapElements } from './windows.ts';

/** Offsets in a channels-last map of channel 0 under output pixel `pixel`; positions in the padding are left out. */
export function windowOffsets(window: Window, pixel: number): number[] {
  const top = Math.floor(pixel / window.outputWidth) * window.strideY - window.padTop;
  const left = (pixel % window.outputWidth) * window.strideX - window.padLeft;
  const offsets: number[] = [];
  for (let ky = 0; ky < window.kernelHeight; ky++) {
    for (let kx = 0; kx < window.kernelWidth; kx++) {
      const [y, x] = [top + ky * window.dilation, left + kx * window.dilation];
      if (y >= 0 && y < window.height && x >= 0 && x < window.width) offsets.push((y * window.width + x) * window.channels);
    }
  }
  return offsets;
}

/**
 * POOL: D[pixel, channel] over the window given by A; max also writes the map offset it took to the index map B (i32).
 * Padding takes no part: average divides by the positions inside the map. BWD: A's window gives the shape of the input map and
 * points to the output gradient; D becomes the input gradient, zero where nothing flows.
 */
export function pool(context: MachineContext, op: IssuedOperation): Activity {
  if (op.a.kind !== 'window') throw trap(op, `operand A is ${describe(op.a)}; want a window`);
  checkPixels(op, op.a.window);
  if (flagOf(op, 'BWD')) poolBackward(context, op, op.a.window);
  else poolForward(context, op, op.a.window);
  return idleActivity;
}

const hasIndex = (op: IssuedOperation): boolean => op.b.kind === 'spm';

function indexMap(context: MachineContext, op: IssuedOperation, count: number): Int32Array {
  return context.kernels.i32(spmPointer(context.scratchpad, op, spmAddress(op, 'b'), count, 'i32'), count);
}

function poolForward(context: MachineContext, op: IssuedOperation, window: Window): void {
  if (functionOf(op) === 'max') poolLargest(context, op, window);
  else poolMean(context, op, window);
}

/** In i32 or in f32, which hold the elements of every format exactly. */
function poolLargest(context: MachineContext, op: IssuedOperation, window: Window): void {
  const { kernels, scratchpad } = context;
  const { height, width, channels, kernelHeight, kernelWidth, strideY, strideX, padTop, padLeft, dilation } = window;
  const count = op.length * channels;
  const source = spmPointer(scratchpad, op, window.address, mapElements(window), op.format);
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), count, op.format);
  const mark = kernels.mark();
  const working = op.format === 'i32' ? 'f32' : op.format;
  const map = loadFloats(kernels, source, mapElements(window), working);
  const [pooled, taken] = [kernels.allocate(4 * count), kernels.allocate(4 * count)];
  kernels.maxPool(
    ...([pooled, taken, map, height, width, channels, kernelHeight, kernelWidth, strideY, strideX] as const),
    ...([padTop, padLeft, dilation, window.outputWidth, op.length, op.format === 'i32' ? 1 : 0] as const),
  );
  storeFloats(kernels, target, pooled, count, working);
  if (hasIndex(op)) indexMap(context, op, count).set(kernels.i32(taken, count));
  kernels.release(mark);
}

function poolMean(context: MachineContext, op: IssuedOperation, window: Window): void {
  const { kernels, scratchpad } = context;
  const { channels } = window;
  const map = loadNumbers(
    kernels,
    spmPointer(scratchpad, op, window.address, mapElements(window), op.format),
    mapElements(window),
    op.format,
  );
  const pooled = new Float64Array(op.length * channels);
  for (let pixel = 0; pixel < op.length; pixel++) {
    const offsets = windowOffsets(window, pixel);
    for (let channel = 0; channel < channels; channel++) pooled[pixel * channels + channel] = meanOf(map, offsets, channel);
  }
  storeNumbers(kernels, spmPointer(scratchpad, op, spmAddress(op, 'd'), pooled.length, op.format), pooled, op.format);
}

function meanOf(map: Float64Array, offsets: readonly number[], channel: number): number {
  let sum = 0;
  for (const offset of offsets) sum += map[offset + channel]!;
  return sum / offsets.length;
}

function poolBackward(context: MachineContext, op: IssuedOperation, window: Window): void {
  const { kernels, scratchpad } = context;
  const { channels } = window;
  const count = op.length * channels;
  const gradient = loadNumbers(kernels, spmPointer(scratchpad, op, window.address, count, op.format), count, op.format);
  const result = new Float64Array(mapElements(window));
  if (functionOf(op) === 'max') scatterByIndex(context, op, gradient, result);
  else {
    for (let pixel = 0; pixel < op.length; pixel++) {
      const offsets = windowOffsets(window, pixel);
      for (const offset of offsets) {
        for (let c = 0; c < channels; c++)
          result[offset + c] = result[offset + c]! + gradient[pixel * channels + c]! / offsets.length;
      }
    }
  }
  storeNumbers(kernels, spmPointer(scratchpad, op, spmAddress(op, 'd'), result.length, op.format), result, op.format);
}

function scatterByIndex(context: MachineContext, op: IssuedOperation, gradient: Float64Array, result: Float64Array): void {
  if (!hasIndex(op)) throw trap(op, 'has no index map; max pooling needs the one its forward pass wrote');
  const taken = indexMap(context, op, gradient.length);
  for (let i = 0; i < taken.length; i++) {
    const at = taken[i]!;
    if (at < 0 || at >= result.length)
      throw trap(op, `finds ${at} in its index map; the input map has ${result.length} elements`);
    result[at] = result[at]! + gradient[i]!;
  }
}
