import type { Window } from './issued-operation.ts';

type WindowShape = Omit<Window, 'address' | 'outputHeight' | 'outputWidth'>;

const positions = (size: number, before: number, after: number, kernel: number, dilation: number, stride: number): number =>
  Math.floor((size + before + after - (dilation * (kernel - 1) + 1)) / stride) + 1;

/** Output pixels of a window, by the usual convolution arithmetic. */
export function outputSize(shape: WindowShape): { readonly outputHeight: number; readonly outputWidth: number } {
  const { dilation } = shape;
  return {
    outputHeight: positions(shape.height, shape.padTop, shape.padBottom, shape.kernelHeight, dilation, shape.strideY),
    outputWidth: positions(shape.width, shape.padLeft, shape.padRight, shape.kernelWidth, dilation, shape.strideX),
  };
}

/**
 * The window that gives output rows `first` to `first + rows - 1` of another, fewer where that has fewer: it lies on the map rows these
 * need, `below` rows further down, and only the padding that they touch is left.
 */
export function outputRows(
  shape: Omit<Window, 'address'>,
  first: number,
  rows: number,
): Omit<Window, 'address'> & { readonly below: number } {
  const { height, padTop, strideY, kernelHeight, dilation, outputHeight } = shape;
  const count = Math.min(rows, outputHeight - first);
  const top = first * strideY - padTop;
  const bottom = top + (count - 1) * strideY + dilation * (kernelHeight - 1) + 1;
  const from = Math.min(Math.max(top, 0), height);
  const to = Math.min(Math.max(bottom, from), height);
  return {
    ...shape,
    ...{ height: to - from, padTop: from - top, padBottom: bottom - to, outputHeight: count, below: from },
  };
}
