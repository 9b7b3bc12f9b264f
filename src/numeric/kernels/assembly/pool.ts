/**
 * Largest of each window, channel by channel, and its offset in the map; channels last. Positions in the padding take no part, the first
 * of equals wins, and a NaN only where it comes first. A window that lies in the padding alone gives NaN and offset -1. Elements are f32 or,
 * with `integers`, i32.
 */
export function maxPool(
  out: usize, taken: usize, map: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, dilation: i32, outputWidth: i32, pixels: i32, integers: bool,
): void {
  const whole = channels & ~3;
  for (let pixel = 0; pixel < pixels; ++pixel) {
    const top = (pixel / outputWidth) * strideY - padTop;
    const left = (pixel % outputWidth) * strideX - padLeft;
    for (let channel = 0; channel < whole; channel += 4) {
      let best = f32x4.splat(NaN);
      let at = i32x4.splat(-1);
      for (let ky = 0; ky < kernelHeight; ++ky) {
        const y = top + ky * dilation;
        if (y < 0 || y >= height) continue;
        for (let kx = 0; kx < kernelWidth; ++kx) {
          const x = left + kx * dilation;
          if (x < 0 || x >= width) continue;
          const offset = (y * width + x) * channels + channel;
          const value = v128.load(map + ((<usize>offset) << 2));
          const above = integers ? i32x4.gt_s(value, best) : f32x4.gt(value, best);
          const mask = v128.or(above, i32x4.eq(at, i32x4.splat(-1)));
          best = v128.bitselect(value, best, mask);
          at = v128.bitselect(i32x4.add(i32x4.splat(offset), i32x4(0, 1, 2, 3)), at, mask);
        }
      }
      v128.store(out, best);
      v128.store(taken, at);
      out += 16;
      taken += 16;
    }
    for (let channel = whole; channel < channels; ++channel) {
      let best = reinterpret<i32>(<f32>NaN);
      let at = -1;
      for (let ky = 0; ky < kernelHeight; ++ky) {
        const y = top + ky * dilation;
        if (y < 0 || y >= height) continue;
        for (let kx = 0; kx < kernelWidth; ++kx) {
          const x = left + kx * dilation;
          if (x < 0 || x >= width) continue;
          const offset = (y * width + x) * channels + channel;
          const value = load<i32>(map + ((<usize>offset) << 2));
          if (at < 0 || (integers ? value > best : reinterpret<f32>(value) > reinterpret<f32>(best))) {
            best = value;
            at = offset;
          }
        }
      }
      store<i32>(out, best);
      store<i32>(taken, at);
      out += 4;
      taken += 4;
    }
  }
}
