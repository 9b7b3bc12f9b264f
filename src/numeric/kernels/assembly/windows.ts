import { loadPartial, storePartial } from './partial';

/** Channels-last windows: a row of `columns` per output pixel, holding kernelHeight x kernelWidth x channels. */

/** Copies by whole vectors; what is written past `count` is written again later, so only the ends need care. */
// @ts-ignore: decorator
@inline
function copyRun(out: usize, input: usize, count: i32, outEnd: usize, inputEnd: usize): void {
  const padded: usize = (<usize>((count + 3) & ~3)) << 2;
  if (out + padded <= outEnd && input + padded <= inputEnd) {
    const end = out + padded;
    while (out < end) {
      v128.store(out, v128.load(input));
      out += 16;
      input += 16;
    }
    return;
  }
  for (; count > 0; count -= 4) {
    storePartial(out, loadPartial(input, count), count);
    out += 16;
    input += 16;
  }
}

function zeroFloats(out: usize, count: i32): void {
  memory.fill(out, 0, (<usize>count) << 2);
}

function addRun(out: usize, input: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    v128.store(out, f32x4.add(v128.load(out), v128.load(input)));
    out += 16;
    input += 16;
  }
  storePartial(out, f32x4.add(loadPartial(out, count), loadPartial(input, count)), count);
}

export function im2col(
  out: usize, map: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, dilation: i32, outputHeight: i32, outputWidth: i32,
): void {
  const pixelBytes: usize = (<usize>channels) << 2;
  const runBytes: usize = (<usize>kernelWidth) * pixelBytes;
  const mapEnd = map + (<usize>height) * (<usize>width) * pixelBytes;
  const outEnd = out + (<usize>outputHeight) * (<usize>outputWidth) * (<usize>kernelHeight) * runBytes;
  for (let oy = 0; oy < outputHeight; ++oy) {
    for (let ox = 0; ox < outputWidth; ++ox) {
      const left = ox * strideX - padLeft;
      const contiguous = dilation == 1 && left >= 0 && left + kernelWidth <= width;
      for (let ky = 0; ky < kernelHeight; ++ky) {
        const y = oy * strideY - padTop + ky * dilation;
        const row = map + (<usize>y) * (<usize>width) * pixelBytes;
        if (y < 0 || y >= height) {
          zeroFloats(out, kernelWidth * channels);
        } else if (contiguous) {
          copyRun(out, row + (<usize>left) * pixelBytes, kernelWidth * channels, outEnd, mapEnd);
        } else {
          let target = out;
          for (let kx = 0; kx < kernelWidth; ++kx) {
            const x = left + kx * dilation;
            if (x >= 0 && x < width) copyRun(target, row + (<usize>x) * pixelBytes, channels, outEnd, mapEnd);
            else zeroFloats(target, channels);
            target += pixelBytes;
          }
        }
        out += runBytes;
      }
    }
  }
}

export function col2im(
  map: usize, columns: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, dilation: i32, outputHeight: i32, outputWidth: i32,
): void {
  const pixelBytes: usize = (<usize>channels) << 2;
  const runBytes: usize = (<usize>kernelWidth) * pixelBytes;
  for (let oy = 0; oy < outputHeight; ++oy) {
    for (let ox = 0; ox < outputWidth; ++ox) {
      const left = ox * strideX - padLeft;
      const contiguous = dilation == 1 && left >= 0 && left + kernelWidth <= width;
      for (let ky = 0; ky < kernelHeight; ++ky) {
        const y = oy * strideY - padTop + ky * dilation;
        const row = map + (<usize>y) * (<usize>width) * pixelBytes;
        if (y >= 0 && y < height) {
          if (contiguous) {
            addRun(row + (<usize>left) * pixelBytes, columns, kernelWidth * channels);
          } else {
            for (let kx = 0; kx < kernelWidth; ++kx) {
              const x = left + kx * dilation;
              if (x >= 0 && x < width) addRun(row + (<usize>x) * pixelBytes, columns + (<usize>kx) * pixelBytes, channels);
            }
          }
        }
        columns += runBytes;
      }
    }
  }
}
