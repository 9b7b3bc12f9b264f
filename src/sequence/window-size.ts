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
