import { fired, fireSide, paddedBytes } from './fire';
import { pulseCrossings, pulseTrains } from './update';

/**
 * Outer products by pulses, vector after vector. The plan of an operation, as src/machine/stochastic-update.ts writes it, and what
 * each vector leaves; offsets in bytes.
 */
const UNIT: usize = 0;
const LONGEST: usize = 8;
const UPDATE_MANAGEMENT: usize = 12;
const LENGTH_MANAGEMENT: usize = 16;

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
      if (length == 1) {
        pulseCrossings(
          settings, rowBase + rowBytes, rowBase + 2 * rowBytes, rowLines, columnBase + columnBytes, columnBase + 2 * columnBytes,
          columnLines,
        );
      } else {
        pulseTrains(
          settings, rowBase + rowBytes, rowBase + 3 * rowBytes, rowBase + 2 * rowBytes, rowLines,
          columnBase + columnBytes, columnBase + 3 * columnBytes, columnBase + 2 * columnBytes, columnLines, (length + 31) >> 5,
        );
      }
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
