import { loadPartial, storePartial } from './partial';

/** out[i, j] = input[i, j] * scale[i] for contiguous m x n; out may be input. */
export function scaleRows(out: usize, input: usize, scale: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; ++i) {
    const factor = v128.load32_splat(scale + ((<usize>i) << 2));
    for (let j = 0; j < n; j += 4) {
      storePartial(out, f32x4.mul(loadPartial(input, n - j), factor), n - j);
      const step: usize = (<usize>min(4, n - j)) << 2;
      out += step;
      input += step;
    }
  }
}
