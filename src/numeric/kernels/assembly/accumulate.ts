import { loadPartial, storePartial } from './partial';

/** Is every one of `count` floats finite? */
function allFinite(values: usize, count: i32): bool {
  // zero times anything finite is zero
  let sum = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    sum = f32x4.add(sum, f32x4.mul(loadPartial(values, count - i), f32x4.splat(0)));
    values += 16;
  }
  return !v128.any_true(f32x4.ne(sum, f32x4.splat(0)));
}

/** Are four (or fewer) neighbouring inputs 0 in all n vectors? */
function allZero(x: usize, n: i32, strideBytes: usize, count: i32): bool {
  let any = i32x4.splat(0);
  for (let v = 0; v < n; ++v) {
    any = v128.or(any, loadPartial(x, count));
    x += strideBytes;
  }
  return !v128.any_true(i32x4.shl(any, 1));
}

/** Rows r … r + 3 of chi, columns eight at a time. */
function fourRows(chi: usize, x: usize, d: usize, n: i32, xBytes: usize, columns: i32, rate: v128): void {
  let c = 0;
  for (; c + 8 <= columns; c += 8) fourByEight(chi, x, d, n, xBytes, columns, rate, c, true);
  if (c < columns) fourByEight(chi, x, d, n, xBytes, columns, rate, c, false);
}

/** Columns c … c + 7 of four rows; all of them, where `whole`, else as many as there are. */
// @ts-ignore: decorator
@inline
function fourByEight(
  chi: usize, x: usize, d: usize, n: i32, xBytes: usize, columns: i32, rate: v128, c: i32, whole: bool,
): void {
  const rowBytes: usize = (<usize>columns) << 2;
  const left = whole ? 8 : columns - c;
  let s00 = f32x4.splat(0);
  let s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  let from = x;
  let at = d + ((<usize>c) << 2);
  for (let v = 0; v < n; ++v) {
    const d0 = loadPartial(at, left);
    const d1 = loadPartial(at + 16, left - 4);
    let factor = v128.load32_splat(from);
    s00 = f32x4.add(s00, f32x4.mul(factor, d0));
    s01 = f32x4.add(s01, f32x4.mul(factor, d1));
    factor = v128.load32_splat(from, 4);
    s10 = f32x4.add(s10, f32x4.mul(factor, d0));
    s11 = f32x4.add(s11, f32x4.mul(factor, d1));
    factor = v128.load32_splat(from, 8);
    s20 = f32x4.add(s20, f32x4.mul(factor, d0));
    s21 = f32x4.add(s21, f32x4.mul(factor, d1));
    factor = v128.load32_splat(from, 12);
    s30 = f32x4.add(s30, f32x4.mul(factor, d0));
    s31 = f32x4.add(s31, f32x4.mul(factor, d1));
    from += xBytes;
    at += rowBytes;
  }
  let into = chi + ((<usize>c) << 2);
  addTo(into, s00, s01, left, rate);
  into += rowBytes;
  addTo(into, s10, s11, left, rate);
  into += rowBytes;
  addTo(into, s20, s21, left, rate);
  into += rowBytes;
  addTo(into, s30, s31, left, rate);
}

// @ts-ignore: decorator
@inline
function addTo(chi: usize, s0: v128, s1: v128, left: i32, rate: v128): void {
  storePartial(chi, f32x4.add(loadPartial(chi, left), f32x4.mul(rate, s0)), left);
  storePartial(chi + 16, f32x4.add(loadPartial(chi + 16, left - 4), f32x4.mul(rate, s1)), left - 4);
}

function oneRow(chi: usize, x: usize, d: usize, n: i32, xBytes: usize, columns: i32, rate: v128): void {
  const rowBytes: usize = (<usize>columns) << 2;
  for (let c = 0; c < columns; c += 8) {
    const left = columns - c;
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let from = x;
    let at = d + ((<usize>c) << 2);
    for (let v = 0; v < n; ++v) {
      const factor = v128.load32_splat(from);
      s0 = f32x4.add(s0, f32x4.mul(factor, loadPartial(at, left)));
      s1 = f32x4.add(s1, f32x4.mul(factor, loadPartial(at + 16, left - 4)));
      from += xBytes;
      at += rowBytes;
    }
    addTo(chi + ((<usize>c) << 2), s0, s1, left, rate);
  }
}

/**
 * chi[r, c] += rate sum_v x[v, r] d[v, c]; x is n x rows, d n x columns. The sum starts at 0 and takes the vectors in order. Rows whose
 * inputs are all 0 are left alone where d is finite: their sum is 0.
 */
export function accumulateOuter(chi: usize, x: usize, d: usize, n: i32, rows: i32, columns: i32, rate: f32): void {
  const factor = f32x4.splat(rate);
  const xBytes: usize = (<usize>rows) << 2;
  const rowBytes: usize = (<usize>columns) << 2;
  const skips = isFinite(rate) && allFinite(d, n * columns);
  for (let r = 0; r < rows; r += 4) {
    if (!(skips && allZero(x, n, xBytes, rows - r))) {
      if (rows - r >= 4) fourRows(chi, x, d, n, xBytes, columns, factor);
      else for (let k = 0; k < rows - r; ++k) oneRow(chi + (<usize>k) * rowBytes, x + ((<usize>k) << 2), d, n, xBytes, columns, factor);
    }
    chi += 4 * rowBytes;
    x += 16;
  }
}

/**
 * Whole steps of `epsilon` in each of `count` accumulators, saturated at +-most, written as integers of `bytes` bytes (1, 2 or 4) and
 * taken off the accumulator. NaN holds no steps. Returns how many counts are not 0.
 */
export function emitCounts(counts: usize, chi: usize, count: i32, epsilon: f64, most: f64, bytes: i32): i32 {
  memory.fill(counts, 0, (<usize>count) * (<usize>bytes));
  // the largest f32 not above |epsilon|: what lies below it holds no whole step
  let bound = <f32>abs(epsilon);
  if (<f64>bound > abs(epsilon)) bound = reinterpret<f32>(reinterpret<i32>(bound) - 1);
  const least = f32x4.splat(bound);
  let found = 0;
  for (let i = 0; i < count; i += 4) {
    const from = chi + ((<usize>i) << 2);
    if (!v128.any_true(f32x4.ge(f32x4.abs(loadPartial(from, count - i)), least))) continue;
    for (let k = i; k < min(i + 4, count); ++k) {
      const at = chi + ((<usize>k) << 2);
      const value = <f64>load<f32>(at);
      const steps = min(most, max(-most, trunc(value / epsilon)));
      if (steps == 0 || isNaN(steps)) continue;
      store<f32>(at, <f32>(value - steps * epsilon));
      const n = <i32>steps;
      if (bytes == 1) store<i8>(counts + <usize>k, <i8>n);
      else if (bytes == 2) store<i16>(counts + ((<usize>k) << 1), <i16>n);
      else store<i32>(counts + ((<usize>k) << 2), n);
      ++found;
    }
  }
  return found;
}

/** i32 from signed integers of 1, 2 or 4 bytes. */
export function widenCounts(out: usize, counts: usize, count: i32, bytes: i32): void {
  let i = 0;
  if (bytes == 4) {
    memory.copy(out, counts, (<usize>count) << 2);
    return;
  }
  for (; i + 4 <= count; i += 4) {
    const at = counts + (<usize>i) * (<usize>bytes);
    const wide = bytes == 1 ? i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(at))) : v128.load_ext<i16>(at);
    v128.store(out + ((<usize>i) << 2), wide);
  }
  for (; i < count; ++i) {
    const at = counts + (<usize>i) * (<usize>bytes);
    store<i32>(out + ((<usize>i) << 2), bytes == 1 ? <i32>load<i8>(at) : <i32>load<i16>(at));
  }
}

/**
 * Serial slots of a rectangle of signed pulse counts (i32, `stride` to a row): row after row, each in runs of `parallel` neighbours, the
 * largest up count and then the largest down count of each run. touched[r] becomes 1 where row r has a count other than 0.
 */
export function serialSlots(counts: usize, stride: i32, rows: i32, columns: i32, parallel: i32, touched: usize): f64 {
  let slots: f64 = 0;
  for (let r = 0; r < rows; ++r) {
    const row = counts + (((<usize>r) * (<usize>stride)) << 2);
    let any = i32x4.splat(0);
    for (let c = 0; c < columns; c += 4) any = v128.or(any, loadPartial(row + ((<usize>c) << 2), columns - c));
    if (!v128.any_true(any)) continue;
    store<u8>(touched + <usize>r, 1);
    for (let c = 0; c < columns; c += parallel) {
      let up = 0;
      let down = 0;
      for (let k = c; k < min(c + parallel, columns); ++k) {
        const n = load<i32>(row + ((<usize>k) << 2));
        up = max(up, n);
        down = max(down, -n);
      }
      slots += <f64>(up + down);
    }
  }
  return slots;
}
