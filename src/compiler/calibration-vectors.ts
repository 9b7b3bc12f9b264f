import type { MatrixStage, StageWindow } from './lower.ts';

/** Vectors a stage's matrix sees for sample inputs: [count x rows]. */
export interface CalibrationVectors {
  readonly vectors: Float32Array;
  readonly count: number;
}

/** Output pixels looked at per image: enough for the largest partial sum, few enough to be quick. */
const pixelsPerImage = 64;

/** `inputs` holds `images` inputs of the stage's layer, one after the other, channels-last. */
export function calibrationVectors(stage: MatrixStage, inputs: Float32Array, images: number): CalibrationVectors {
  if (stage.window === undefined) return { vectors: inputs, count: images * stage.vectors };
  const outputWidth = pixelsAcross(stage.window);
  const step = Math.max(1, Math.floor(stage.vectors / pixelsPerImage));
  const perImage = Math.ceil(stage.vectors / step);
  const vectors = new Float32Array(images * perImage * stage.rows);
  let at = 0;
  for (let image = 0; image < images; image++)
    for (let pixel = 0; pixel < stage.vectors; pixel += step) {
      gather(
        vectors,
        at,
        inputs,
        image * stage.inputElements,
        stage.window,
        Math.floor(pixel / outputWidth),
        pixel % outputWidth,
      );
      at += stage.rows;
    }
  return { vectors, count: images * perImage };
}

const pixelsAcross = ({ width, padLeft, padRight, kernelWidth, dilation, strideX }: StageWindow): number =>
  Math.floor((width + padLeft + padRight - (dilation * (kernelWidth - 1) + 1)) / strideX) + 1;

/** One im2col row; what lies outside the map stays 0. */
function gather(out: Float32Array, at: number, map: Float32Array, base: number, window: StageWindow, y: number, x: number): void {
  const { height, width, channels, kernelHeight, kernelWidth, strideY, strideX, padTop, padLeft, dilation } = window;
  for (let ky = 0; ky < kernelHeight; ky++)
    for (let kx = 0; kx < kernelWidth; kx++) {
      const row = y * strideY - padTop + ky * dilation;
      const column = x * strideX - padLeft + kx * dilation;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const from = base + (row * width + column) * channels;
      out.set(map.subarray(from, from + channels), at + (ky * kernelWidth + kx) * channels);
    }
}
