import { pulseTrains } from './update';
import { trainBits } from './trains';

/**
 * Outer products by pulses, vector after vector. The plan of an operation, as src/machine/stochastic-update.ts writes it, and what
 * each vector leaves; offsets in bytes.
 */
const UNIT: usize = 0;
const LONGEST: usize = 8;
const UPDATE_MANAGEMENT: usize = 12;
const LENGTH_MANAGEMENT: usize = 16;
const KEY0: usize = 20;
const KEY1: usize = 24;
const SEQUENCE: usize = 28;

const LENGTH: usize = 0;
const PULSES: usize = 4;
const ROWS_FIRED: usize = 8;
const COLUMNS_FIRED: usize = 12;
const ROW_LINES: usize = 16;
const COLUMN_LINES: usize = 20;
const LEVELS: usize = 24;
const RESULT_BYTES: usize = 32;

/** Counters of an operation on pulsed cells, see pulse.ts. */
const SETTINGS_VECTOR: usize = 40;
const SETTINGS_PULSES: usize = 96;
const SETTINGS_LEVELS: usize = 104;

/** Trains of one side lie behind each other: chances, lines, signs, then the words; arrays of `padded` lines. */
// @ts-ignore: decorator
@inline
function paddedBytes(lines: i32): usize {
  return (<usize>((lines + 7) & ~7)) << 2;
}

/** [low, high] of each row and 0. NaN is left out. */
export function rowExtremes(out: usize, x: usize, m: i32, k: i32): void {
  for (let i = 0; i < m; ++i) {
    let low: f32 = 0;
    let high: f32 = 0;
    let j = 0;
    if (k >= 4) {
      let lows = f32x4.splat(0);
      let highs = f32x4.splat(0);
      for (; j + 4 <= k; j += 4) {
        const value = v128.load(x + ((<usize>j) << 2));
        lows = f32x4.pmin(lows, value);
        highs = f32x4.pmax(highs, value);
      }
      low = min(
        min(f32x4.extract_lane(lows, 0), f32x4.extract_lane(lows, 1)), min(f32x4.extract_lane(lows, 2), f32x4.extract_lane(lows, 3)),
      );
      high = max(
        max(f32x4.extract_lane(highs, 0), f32x4.extract_lane(highs, 1)),
        max(f32x4.extract_lane(highs, 2), f32x4.extract_lane(highs, 3)),
      );
    }
    for (; j < k; ++j) {
      const value = load<f32>(x + ((<usize>j) << 2));
      if (value > high) high = value;
      else if (value < low) low = value;
    }
    store<f32>(out, low);
    store<f32>(out, high, 4);
    out += 8;
    x += (<usize>k) << 2;
  }
}

// @ts-ignore: decorator
@inline
function largest(extremes: usize): f64 {
  return <f64>max<f32>(load<f32>(extremes, 4), -load<f32>(extremes));
}

/** Slots in which the lines kept fire. */
let fired: i32 = 0;

/** Draws the trains of one side and keeps the lines that fire at least once; returns how many. */
function fireSide(plan: usize, values: usize, total: i32, factor: f64, length: i32, side: i32, vector: i32, inverted: bool, base: usize): i32 {
  const padded = paddedBytes(total);
  const lines = base + padded;
  const signs = lines + padded;
  const bits = signs + padded;
  let count = 0;
  for (let line = 0; line < total; ++line) {
    const chance = factor * abs(<f64>load<f32>(values + ((<usize>line) << 2)));
    const at: usize = (<usize>count) << 2;
    store<f32>(base + at, <f32>chance);
    store<i32>(lines + at, line);
    if (chance > 0) ++count;
  }
  const end = paddedBytes(count);
  const used: usize = (<usize>count) << 2;
  if (end > used) memory.fill(base + used, 0, end - used);
  const words = (length + 31) >> 5;
  for (let word = 0; word < words; ++word) {
    trainBits(
      bits + (<usize>word) * padded, base, count, min(32, length - 32 * word), load<i32>(plan, KEY0), load<i32>(plan, KEY1),
      (side << 3) | word, load<i32>(plan, SEQUENCE), vector,
    );
  }
  return keepFired(values, count, words, padded, inverted, lines, signs, bits);
}

/** Moves lines that fire to the front, and the words of the list right behind each other, padded to four lines with zeros. */
function keepFired(values: usize, drawn: i32, words: i32, padded: usize, inverted: bool, lines: usize, signs: usize, bits: usize): i32 {
  let count: usize = 0;
  fired = 0;
  for (let i: usize = 0; i < (<usize>drawn) << 2; i += 4) {
    let any = load<i32>(bits + i);
    for (let word = 1; word < words; ++word) any |= load<i32>(bits + (<usize>word) * padded + i);
    if (any == 0) continue;
    const line = load<i32>(lines + i);
    store<i32>(lines + count, line);
    store<i32>(signs + count, i32(load<f32>(values + ((<usize>line) << 2)) < 0 != inverted));
    for (let word = 0; word < words; ++word) {
      const at = bits + (<usize>word) * padded;
      const train = load<i32>(at + i);
      store<i32>(at + count, train);
      fired += popcnt<i32>(train);
    }
    count += 4;
  }
  const stride = (count + 15) & ~15;
  for (let word = 0; word < words; ++word) {
    const to = bits + (<usize>word) * stride;
    if (word > 0) memory.copy(to, bits + (<usize>word) * padded, count);
    if (stride > count) memory.fill(to + count, 0, stride - count);
  }
  return <i32>(count >> 2);
}

/**
 * Plans and draws the trains of one vector pair, see src/machine/train-plan.ts. Writes length, lines and firings to `result`; a length
 * of 0 means that nothing is to be done.
 */
export function fireVector(
  plan: usize, result: usize, scale: f64, x: usize, xExtremes: usize, rows: i32, rowBase: usize, d: usize, dExtremes: usize,
  columns: i32, columnBase: usize, vector: i32,
): void {
  memory.fill(result, 0, RESULT_BYTES);
  const unit = load<f64>(plan, UNIT);
  const longest = load<i32>(plan, LONGEST);
  const managed = load<i32>(plan, LENGTH_MANAGEMENT) != 0;
  const rate = abs(scale);
  const largestX = largest(xExtremes);
  const largestD = largest(dExtremes);
  const wanted = (rate * largestX * largestD) / unit;
  if (!(wanted > 0)) return;
  const length = managed ? <i32>min(ceil(wanted), <f64>longest) : longest;
  const factor = sqrt(rate / (unit * <f64>length));
  let rowFactor = factor;
  let columnFactor = factor;
  if (managed || load<i32>(plan, UPDATE_MANAGEMENT) != 0) {
    const held = wanted > <f64>longest ? (largestD * <f64>longest) / wanted : largestD;
    rowFactor = factor * sqrt(held / largestX);
    columnFactor = factor * sqrt(largestX / held);
  }
  store<i32>(result, length, LENGTH);
  store<i32>(result, fireSide(plan, x, rows, rowFactor, length, 0, vector, false, rowBase), ROW_LINES);
  store<i32>(result, fired, ROWS_FIRED);
  store<i32>(result, fireSide(plan, d, columns, columnFactor, length, 1, vector, scale < 0, columnBase), COLUMN_LINES);
  store<i32>(result, fired, COLUMNS_FIRED);
}

/** Fires n vector pairs and pulses their coincidences. */
export function pulseVectors(
  settings: usize, plan: usize, results: usize, scales: usize, x: usize, xExtremes: usize, rows: i32, rowBase: usize, d: usize,
  dExtremes: usize, columns: i32, columnBase: usize, n: i32,
): void {
  const rowBytes = paddedBytes(rows);
  const columnBytes = paddedBytes(columns);
  for (let v = 0; v < n; ++v) {
    fireVector(plan, results, load<f64>(scales), x, xExtremes, rows, rowBase, d, dExtremes, columns, columnBase, v);
    const length = load<i32>(results, LENGTH);
    const rowLines = load<i32>(results, ROW_LINES);
    const columnLines = load<i32>(results, COLUMN_LINES);
    if (rowLines > 0 && columnLines > 0) {
      store<i32>(settings, v, SETTINGS_VECTOR);
      pulseTrains(
        settings, rowBase + rowBytes, rowBase + 3 * rowBytes, rowBase + 2 * rowBytes, rowLines,
        columnBase + columnBytes, columnBase + 3 * columnBytes, columnBase + 2 * columnBytes, columnLines, (length + 31) >> 5,
      );
      store<i32>(results, load<i32>(settings, SETTINGS_PULSES), PULSES);
      store<f64>(results, load<f64>(settings, SETTINGS_LEVELS), LEVELS);
    }
    results += RESULT_BYTES;
    scales += 8;
    x += (<usize>rows) << 2;
    d += (<usize>columns) << 2;
    xExtremes += 8;
    dExtremes += 8;
  }
}
