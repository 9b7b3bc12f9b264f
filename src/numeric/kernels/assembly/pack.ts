import { loadPartial, storePartial } from './partial';

/** Packed layout: panels of 8 columns, in each panel k rows of 8 floats; missing columns of the last panel are 0. */
export function pack(packed: usize, b: usize, k: i32, n: i32, ldb: i32): void {
  const rowBytes: usize = (<usize>ldb) << 2;
  let out = packed;
  for (let j = 0; j < n; j += 8) {
    const columns = n - j;
    let source = b + ((<usize>j) << 2);
    for (let p = 0; p < k; ++p) {
      v128.store(out, loadPartial(source, columns));
      v128.store(out, loadPartial(source + 16, columns - 4), 16);
      source += rowBytes;
      out += 32;
    }
  }
}

/** Packs row `p` of k alone. */
export function packRow(packed: usize, row: usize, k: i32, p: i32, n: i32): void {
  let out = packed + ((<usize>p) << 5);
  for (let j = 0; j < n; j += 8) {
    v128.store(out, loadPartial(row, n - j));
    v128.store(out, loadPartial(row + 16, n - j - 4), 16);
    row += 32;
    out += (<usize>k) << 5;
  }
}

/** Packs the transpose of B[n x k]: column j of the panel is row j of B. */
export function packTransposed(packed: usize, b: usize, k: i32, n: i32, ldb: i32): void {
  const rowBytes: usize = (<usize>ldb) << 2;
  let out = packed;
  for (let j = 0; j < n; j += 8) {
    const columns = min(n - j, 8);
    for (let column = 0; column < 8; ++column) {
      let target = out + ((<usize>column) << 2);
      if (column < columns) {
        let source = b + (<usize>(j + column)) * rowBytes;
        for (let p = 0; p < k; ++p) {
          store<f32>(target, load<f32>(source));
          source += 4;
          target += 32;
        }
      } else {
        for (let p = 0; p < k; ++p) {
          store<f32>(target, 0);
          target += 32;
        }
      }
    }
    out += (<usize>k) << 5;
  }
}

/** out[n x m] from in[m x n], in blocks of 4 x 4. */
export function transpose(out: usize, input: usize, m: i32, n: i32): void {
  const inBytes: usize = (<usize>n) << 2;
  const outBytes: usize = (<usize>m) << 2;
  for (let i = 0; i < m; i += 4) {
    const rows = m - i;
    for (let j = 0; j < n; j += 4) {
      const columns = n - j;
      const source = input + (<usize>i) * inBytes + ((<usize>j) << 2);
      const zero = f32x4.splat(0);
      const r0 = loadPartial(source, columns);
      const r1 = rows > 1 ? loadPartial(source + inBytes, columns) : zero;
      const r2 = rows > 2 ? loadPartial(source + 2 * inBytes, columns) : zero;
      const r3 = rows > 3 ? loadPartial(source + 3 * inBytes, columns) : zero;
      const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      const target = out + (<usize>j) * outBytes + ((<usize>i) << 2);
      storePartial(target, v128.shuffle<i64>(low01, low23, 0, 2), rows);
      if (columns > 1) storePartial(target + outBytes, v128.shuffle<i64>(low01, low23, 1, 3), rows);
      if (columns > 2) storePartial(target + 2 * outBytes, v128.shuffle<i64>(high01, high23, 0, 2), rows);
      if (columns > 3) storePartial(target + 3 * outBytes, v128.shuffle<i64>(high01, high23, 1, 3), rows);
    }
  }
}
