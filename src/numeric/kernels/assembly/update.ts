import { loadPartial } from './partial';
import {
  beginPulses, endPulses, flushCells, flushOnce, mayWait, pulseCell, pulseOnceSoon, pulseSoon, stride, weights,
} from './pulse';

/** Common slots of a row and four columns. */
const together: usize = memory.data(16, 16);

/**
 * Coincidences of pulse trains: cell (rowOf[i], columnOf[j]) gets as many pulses as both lines have common slots, up where the signs
 * (0 or 1) of the lines agree. Only lines that fire are listed. Trains are `words` words of 32 slots; word k of line i lies at
 * k x lines + i, padded to a multiple of four lines with zeros.
 */
export function pulseTrains(
  settings: usize, rowOf: usize, rowBits: usize, rowSign: usize, rows: i32, columnOf: usize, columnBits: usize, columnSign: usize,
  columns: i32, words: i32,
): void {
  beginPulses(settings);
  const rowStride: usize = (<usize>((rows + 3) & ~3)) << 2;
  const columnStride: usize = (<usize>((columns + 3) & ~3)) << 2;
  for (let i = 0; i < rows; ++i) {
    const at: usize = (<usize>i) << 2;
    const row = load<i32>(rowOf + at);
    const sign = load<i32>(rowSign + at);
    const first = i32x4.splat(load<i32>(rowBits + at));
    for (let j = 0; j < columns; j += 4) {
      const from: usize = (<usize>j) << 2;
      if (words == 1) {
        const common = v128.and(first, v128.load(columnBits + from));
        let hit = i32x4.bitmask(i32x4.ne(common, i32x4.splat(0)));
        if (hit == 0) continue;
        v128.store(together, common);
        do {
          const k: usize = (<usize>ctz<i32>(hit)) << 2;
          pulseSoon(row, load<i32>(columnOf + from + k), popcnt<i32>(load<i32>(together + k)), sign == load<i32>(columnSign + from + k));
          hit &= hit - 1;
        } while (hit != 0);
        continue;
      }
      for (let k: usize = from; k < from + 16; k += 4) {
        let count = 0;
        for (let word: usize = 0; word < <usize>words; ++word) {
          count += popcnt<i32>(load<i32>(rowBits + word * rowStride + at) & load<i32>(columnBits + word * columnStride + k));
        }
        if (count > 0) pulseSoon(row, load<i32>(columnOf + k), count, sign == load<i32>(columnSign + k));
      }
    }
  }
  flushCells();
  endPulses();
}

/** pulseTrains of lines that all fire in the same single slot. */
export function pulseCrossings(
  settings: usize, rowOf: usize, rowSign: usize, rows: i32, columnOf: usize, columnSign: usize, columns: i32,
): void {
  beginPulses(settings);
  if (!mayWait()) everyCrossing(rowOf, rowSign, rows, columnOf, columnSign, columns);
  else if (columns == 1) columnCrossings(rowOf, rowSign, rows, load<i32>(columnOf), load<i32>(columnSign));
  else rowCrossings(rowOf, rowSign, rows, columnOf, columnSign, columns);
  endPulses();
}

function everyCrossing(rowOf: usize, rowSign: usize, rows: i32, columnOf: usize, columnSign: usize, columns: i32): void {
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) {
    for (let j: usize = 0; j < (<usize>columns) << 2; j += 4) {
      pulseCell(load<i32>(rowOf + i), load<i32>(columnOf + j), 1, load<i32>(rowSign + i) == load<i32>(columnSign + j));
    }
  }
}

function rowCrossings(rowOf: usize, rowSign: usize, rows: i32, columnOf: usize, columnSign: usize, columns: i32): void {
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) {
    const first = i32x4.splat(load<i32>(rowOf + i) * <i32>stride);
    const sign = v128.load32_splat(rowSign + i);
    for (let j = 0; j < columns; j += 4) {
      const at: usize = (<usize>j) << 2;
      pulseOnceSoon(i32x4.add(first, v128.load(columnOf + at)), i32x4.eq(sign, v128.load(columnSign + at)), min(4, columns - j));
    }
  }
  flushOnce();
}

function columnCrossings(rowOf: usize, rowSign: usize, rows: i32, column: i32, columnSign: i32): void {
  const width = i32x4.splat(<i32>stride);
  for (let i = 0; i < rows; i += 4) {
    const at: usize = (<usize>i) << 2;
    const cells = i32x4.add(i32x4.mul(v128.load(rowOf + at), width), i32x4.splat(column));
    pulseOnceSoon(cells, i32x4.eq(v128.load(rowSign + at), i32x4.splat(columnSign)), min(4, rows - i));
  }
  flushOnce();
}

/** Signed pulse counts (i32, rows x columns) of the cells from row `row0` and column `column0` on. */
export function pulseCounts(settings: usize, counts: usize, row0: i32, column0: i32, rows: i32, columns: i32): void {
  beginPulses(settings);
  for (let r = 0; r < rows; ++r) {
    for (let c = 0; c < columns; c += 4) {
      const at = counts + ((<usize>c) << 2);
      if (!v128.any_true(loadPartial(at, columns - c))) continue;
      for (let k = c; k < min(c + 4, columns); ++k) {
        const count = load<i32>(counts + ((<usize>k) << 2));
        if (count != 0) pulseCell(row0 + r, column0 + k, abs(count), count > 0);
      }
    }
    counts += (<usize>columns) << 2;
  }
  endPulses();
}

/**
 * Pulses each cell with a count other than 0 until it is within `tolerance` of count x unit more than it was, `limit` pulses at most.
 * Counts become the pulses used; returns the cells that did not get there.
 */
export function pulseVerified(
  settings: usize, counts: usize, row0: i32, column0: i32, rows: i32, columns: i32, unit: f32, tolerance: f32, limit: i32,
): i32 {
  beginPulses(settings);
  let failed = 0;
  for (let r = 0; r < rows; ++r) {
    for (let c = 0; c < columns; ++c) {
      const count = load<i32>(counts);
      const cell = weights + (((<usize>(row0 + r)) * stride + <usize>(column0 + c)) << 2);
      let used = 0;
      if (count != 0) {
        const target = load<f32>(cell) + <f32>count * unit;
        while (used < limit && abs(load<f32>(cell) - target) > tolerance) {
          pulseCell(row0 + r, column0 + c, 1, load<f32>(cell) < target);
          ++used;
        }
        if (abs(load<f32>(cell) - target) > tolerance) ++failed;
      }
      store<i32>(counts, used);
      counts += 4;
    }
  }
  endPulses();
  return failed;
}

// @ts-ignore: decorator
@inline
function siemens(weight: v128, reference: v128, middle: v128, scale: v128, access: v128): v128 {
  // pmax keeps its first operand where the comparison fails: NaN passes
  const g = f32x4.pmax(f32x4.add(middle, f32x4.mul(f32x4.add(weight, reference), scale)), f32x4.splat(0));
  return f32x4.div(g, f32x4.add(f32x4.splat(1), f32x4.mul(g, access)));
}

/**
 * Conductance of every line: sums over cells of g / (1 + g access) with g = max(0, middle + (weight + reference) scale).
 * columns must be a multiple of four or the arrays padded; rowSums and columnSums are overwritten.
 */
export function lineSums(
  rowSums: usize, columnSums: usize, weights: usize, references: usize, rows: i32, columns: i32, middle: f32, scale: f32, access: f32,
): void {
  const m = f32x4.splat(middle);
  const s = f32x4.splat(scale);
  const a = f32x4.splat(access);
  const whole = columns & ~3;
  memory.fill(columnSums, 0, (<usize>columns) << 2);
  for (let r = 0; r < rows; ++r) {
    let sum = f32x4.splat(0);
    let at: usize = columnSums;
    for (let c = 0; c < whole; c += 4) {
      const g = siemens(v128.load(weights), v128.load(references), m, s, a);
      sum = f32x4.add(sum, g);
      v128.store(at, f32x4.add(v128.load(at), g));
      weights += 16;
      references += 16;
      at += 16;
    }
    let total = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
    for (let c = whole; c < columns; ++c) {
      const level = max<f32>(middle + (load<f32>(weights) + load<f32>(references)) * scale, 0);
      const g = level / (<f32>1 + level * access);
      total += g;
      store<f32>(at, load<f32>(at) + g);
      weights += 4;
      references += 4;
      at += 4;
    }
    store<f32>(rowSums, total);
    rowSums += 4;
  }
}
