import type { Format } from '../../isa/limits.ts';
import type { IssuedOperation, Window } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadFloats } from './formats.ts';
import { spmPointer } from './memory.ts';
import { trap } from './trap.ts';

export const windowElements = (window: Window): number => window.kernelHeight * window.kernelWidth * window.channels;
export const mapElements = (window: Window): number => window.height * window.width * window.channels;

/** Traps unless `length` output pixels exist. */
export function checkPixels(op: IssuedOperation, window: Window): void {
  const pixels = window.outputHeight * window.outputWidth;
  if (op.length > pixels) throw trap(op, `asks for ${op.length} pixels of a window that has ${pixels}`);
}

/** The map under a window as f32: scratch, or the scratchpad itself. */
export function loadMap(context: MachineContext, op: IssuedOperation, window: Window, format: Format, unit = 1): number {
  const count = mapElements(window);
  return loadFloats(context.kernels, spmPointer(context.scratchpad, op, window.address, count, format), count, format, unit);
}

/** im2col rows of a window, one per output pixel: f32[pixels x width] in scratch; traps when a row is not `width` long. */
export function windowRows(
  context: MachineContext,
  op: IssuedOperation,
  window: Window,
  format: Format,
  unit: number,
  width: number,
): number {
  checkPixels(op, window);
  if (windowElements(window) !== width)
    throw trap(op, `reads windows of ${windowElements(window)} elements; the group has ${width} rows`);
  const map = loadMap(context, op, window, format, unit);
  const { outputHeight, outputWidth, height, channels, kernelHeight, kernelWidth, strideY, strideX, padTop, padLeft, dilation } =
    window;
  const rows = context.kernels.allocate(4 * outputHeight * outputWidth * width);
  context.kernels.im2col(
    rows,
    map,
    height,
    window.width,
    channels,
    kernelHeight,
    kernelWidth,
    strideY,
    strideX,
    padTop,
    padLeft,
    dilation,
    outputHeight,
    outputWidth,
  );
  return rows;
}
