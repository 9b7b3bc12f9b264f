import { loadPartial, storePartial } from './partial';

/** Round to nearest even; a NaN stays a (quiet) NaN. */
// @ts-ignore: decorator
@inline
function roundBf16(bits: v128): v128 {
  const odd = v128.and(i32x4.shr_u(bits, 16), i32x4.splat(1));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.add(bits, i32x4.splat(0x7fff)), odd), 16);
  const quiet = v128.or(i32x4.shr_u(bits, 16), i32x4.splat(0x40));
  return v128.bitselect(quiet, rounded, f32x4.ne(bits, bits));
}

export function toBf16(out: usize, input: usize, count: i32): void {
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    v128.store(out, i16x8.narrow_i32x4_u(roundBf16(v128.load(input)), roundBf16(v128.load(input, 16))));
    input += 32;
    out += 16;
  }
  for (; i < count; ++i) {
    store<u16>(out, <u16>i32x4.extract_lane(roundBf16(v128.load32_splat(input)), 0));
    input += 4;
    out += 2;
  }
}

export function fromBf16(out: usize, input: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(out, i32x4.shl(v128.load_ext<u16>(input), 16));
    input += 8;
    out += 16;
  }
  for (; i < count; ++i) {
    store<u32>(out, (<u32>load<u16>(input)) << 16);
    input += 2;
    out += 4;
  }
}

export function fromU8(out: usize, input: usize, count: i32, unit: f32): void {
  const units = f32x4.splat(unit);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const wide = v128.load_ext<u8>(input);
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(wide)), units));
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(wide)), units), 16);
    input += 8;
    out += 32;
  }
  for (; i < count; ++i) {
    store<f32>(out, (<f32>load<u8>(input)) * unit);
    input += 1;
    out += 4;
  }
}

/** A NaN passes, as does -0: f32x4.pmax keeps its first operand unless it is smaller. */
export function relu(out: usize, input: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    storePartial(out, f32x4.pmax(loadPartial(input, count - i), f32x4.splat(0)), count - i);
    input += 16;
    out += 16;
  }
}

/** out[i, j] = input[i, j] + row[j], contiguous. */
export function addRows(out: usize, input: usize, row: usize, m: i32, n: i32): void {
  const rowBytes: usize = (<usize>n) << 2;
  for (let i = 0; i < m; ++i) {
    for (let j = 0; j < n; j += 4) {
      const at: usize = (<usize>j) << 2;
      storePartial(out + at, f32x4.add(loadPartial(input + at, n - j), loadPartial(row + at, n - j)), n - j);
    }
    input += rowBytes;
    out += rowBytes;
  }
}

export function axpy(out: usize, input: usize, scale: f32, count: i32): void {
  const factor = f32x4.splat(scale);
  for (; count >= 4; count -= 4) {
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(factor, v128.load(input))));
    input += 16;
    out += 16;
  }
  storePartial(out, f32x4.add(loadPartial(out, count), f32x4.mul(factor, loadPartial(input, count))), count);
}
