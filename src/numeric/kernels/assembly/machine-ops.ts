import { loadPartial, storePartial } from './partial';

/** out[i, j] = input[i, j] * scale[i] for contiguous m x n; out may be input. */
export function scaleRows(out: usize, input: usize, scale: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; ++i) {
    const factor = v128.load32_splat(scale + ((<usize>i) << 2));
    let left = n;
    for (; left >= 4; left -= 4) {
      v128.store(out, f32x4.mul(v128.load(input), factor));
      out += 16;
      input += 16;
    }
    storePartial(out, f32x4.mul(loadPartial(input, left), factor), left);
    out += (<usize>left) << 2;
    input += (<usize>left) << 2;
  }
}

/** out[i, j] = input[i, j] * scale[j] for contiguous m x n; out may be input. */
export function scaleColumns(out: usize, input: usize, scale: usize, m: i32, n: i32): void {
  const rowBytes: usize = (<usize>n) << 2;
  for (let i = 0; i < m; ++i) {
    for (let j = 0; j < n; j += 4) {
      const at: usize = (<usize>j) << 2;
      storePartial(out + at, f32x4.mul(loadPartial(input + at, n - j), loadPartial(scale + at, n - j)), n - j);
    }
    out += rowBytes;
    input += rowBytes;
  }
}
