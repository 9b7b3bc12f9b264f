import { cosine, radius, sine } from './box-muller';
import { storePartial } from './partial';
import { philox, words } from './philox';

/** The 32 normals drawn last, for the ends of rows. */
const scratch: usize = memory.data(128, 16);

/** 16 normals from the words of four counters, in the order counter by counter. */
// @ts-ignore: decorator
@inline
function sixteen(out: usize, source: usize): void {
  const radius0 = radius(v128.load(source));
  const radius1 = radius(v128.load(source, 32));
  const angle0 = v128.load(source, 16);
  const angle1 = v128.load(source, 48);
  const z0 = f32x4.mul(radius0, cosine(angle0));
  const z1 = f32x4.mul(radius0, sine(angle0));
  const z2 = f32x4.mul(radius1, cosine(angle1));
  const z3 = f32x4.mul(radius1, sine(angle1));
  const low01 = v128.shuffle<i32>(z0, z1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(z0, z1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(z2, z3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(z2, z3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 16);
  v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 32);
  v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 48);
}

/** Writes the 32 normals of counters first … first + 7 to `out`. */
function thirtyTwo(out: usize, first: i32, c1: i32, c2: i32, c3: i32, key0: i32, key1: i32): void {
  const a0 = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  const b0 = i32x4.add(i32x4.splat(first), i32x4(4, 5, 6, 7));
  philox(a0, i32x4.splat(c1), b0, i32x4.splat(c1), i32x4.splat(c2), i32x4.splat(c3), key0, key1);
  sixteen(out, words);
  sixteen(out + 64, words + 64);
}

/** The 32 normals of eight counters, for kernels that draw one at a time. */
export function normalsAt(out: usize, first: i32, c1: i32, c2: i32, c3: i32, key0: i32, key1: i32): void {
  thirtyTwo(out, first, c1, c2, c3, key0, key1);
}

export function normals(out: usize, count: i32, key0: i32, key1: i32, start: i32, c1: i32, c2: i32, c3: i32): void {
  let i = 0;
  for (; i + 32 <= count; i += 32) {
    thirtyTwo(out, start, c1, c2, c3, key0, key1);
    out += 128;
    start += 8;
  }
  if (i < count) {
    thirtyTwo(scratch, start, c1, c2, c3, key0, key1);
    memory.copy(out, scratch, (<usize>(count - i)) << 2);
  }
}

// @ts-ignore: decorator
@inline
function addScaled(target: usize, source: usize, scale: f32, count: i32): void {
  const factor = f32x4.splat(scale);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(target, f32x4.add(v128.load(target), f32x4.mul(factor, v128.load(source))));
    target += 16;
    source += 16;
  }
  for (; i < count; ++i) {
    store<f32>(target, load<f32>(target) + scale * load<f32>(source));
    target += 4;
    source += 4;
  }
}

/** y[i, j] += sigma[i] * normal(i n + j). */
export function addRowNoise(
  y: usize, sigma: usize, m: i32, n: i32, ldy: i32, key0: i32, key1: i32, start: i32, c1: i32, c2: i32, c3: i32,
): void {
  // normals of `scratch` not used yet: a row may begin inside a group of 32
  let left = 0;
  for (let i = 0; i < m; ++i) {
    const scale = load<f32>(sigma + ((<usize>i) << 2));
    let target = y + (((<usize>i) * (<usize>ldy)) << 2);
    let remaining = n;
    while (remaining > 0) {
      if (left == 0) {
        thirtyTwo(scratch, start, c1, c2, c3, key0, key1);
        start += 8;
        left = 32;
      }
      const taken = min(left, remaining);
      addScaled(target, scratch + ((<usize>(32 - left)) << 2), scale, taken);
      target += (<usize>taken) << 2;
      remaining -= taken;
      left -= taken;
    }
  }
}

/** Draws the words of eight grid elements in a row: counters (row, column … column + 7, stream, event). */
// @ts-ignore: decorator
@inline
function drawEight(row: i32, column: i32, stream: i32, event: i32, key0: i32, key1: i32): void {
  const rows = i32x4.splat(row);
  const columns = i32x4.splat(column);
  const a1 = i32x4.add(columns, i32x4(0, 1, 2, 3));
  const b1 = i32x4.add(columns, i32x4(4, 5, 6, 7));
  philox(rows, a1, rows, b1, i32x4.splat(stream), i32x4.splat(event), key0, key1);
}

/** Element (r, c): counter (row0 + r, column0 + c, stream, event), cosine branch of words 0 and 1. */
export function normalGrid(
  out: usize, rows: i32, columns: i32, stride: i32, row0: i32, column0: i32, key0: i32, key1: i32, stream: i32, event: i32,
): void {
  for (let r = 0; r < rows; ++r) {
    let target = out + (((<usize>r) * (<usize>stride)) << 2);
    for (let c = 0; c < columns; c += 8) {
      drawEight(row0 + r, column0 + c, stream, event, key0, key1);
      const low = f32x4.mul(radius(v128.load(words)), cosine(v128.load(words, 16)));
      const high = f32x4.mul(radius(v128.load(words, 64)), cosine(v128.load(words, 80)));
      storePartial(target, low, columns - c);
      storePartial(target + 16, high, columns - c - 4);
      target += 32;
    }
  }
}

// @ts-ignore: decorator
@inline
function uniform(word: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(word, 8)), f32x4.splat(5.9604644775390625e-8));
}

/** As normalGrid; word 0 gives (word >>> 8) / 2^24. */
export function uniformGrid(
  out: usize, rows: i32, columns: i32, stride: i32, row0: i32, column0: i32, key0: i32, key1: i32, stream: i32, event: i32,
): void {
  for (let r = 0; r < rows; ++r) {
    let target = out + (((<usize>r) * (<usize>stride)) << 2);
    for (let c = 0; c < columns; c += 8) {
      drawEight(row0 + r, column0 + c, stream, event, key0, key1);
      storePartial(target, uniform(v128.load(words)), columns - c);
      storePartial(target + 16, uniform(v128.load(words, 64)), columns - c - 4);
      target += 32;
    }
  }
}

/** The uniforms of four counters, counter by counter. */
// @ts-ignore: decorator
@inline
function sixteenUniforms(out: usize, source: usize): void {
  const u0 = uniform(v128.load(source));
  const u1 = uniform(v128.load(source, 16));
  const u2 = uniform(v128.load(source, 32));
  const u3 = uniform(v128.load(source, 48));
  const low01 = v128.shuffle<i32>(u0, u1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(u0, u1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(u2, u3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(u2, u3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 16);
  v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 32);
  v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 48);
}

export function uniforms(out: usize, count: i32, key0: i32, key1: i32, start: i32, c1: i32, c2: i32, c3: i32): void {
  for (let i = 0; i < count; i += 32) {
    const a0 = i32x4.add(i32x4.splat(start), i32x4(0, 1, 2, 3));
    const b0 = i32x4.add(i32x4.splat(start), i32x4(4, 5, 6, 7));
    philox(a0, i32x4.splat(c1), b0, i32x4.splat(c1), i32x4.splat(c2), i32x4.splat(c3), key0, key1);
    const whole = i + 32 <= count;
    const target = whole ? out : scratch;
    sixteenUniforms(target, words);
    sixteenUniforms(target + 64, words + 64);
    if (!whole) memory.copy(out, scratch, (<usize>(count - i)) << 2);
    out += 128;
    start += 8;
  }
}
