import { normalsAt } from './random';

/**
 * One update operation on an array of pulsed cells, as a block of 32-bit fields that src/machine/pulse-settings.ts writes. Records hold,
 * per cell: alpha up, slope up, upper bound, alpha down, slope down, lower bound, reference, pulses so far.
 */
const WEIGHTS: usize = 0;
const RECORDS: usize = 4;
const PERSISTENT: usize = 8;
const COLUMNS: usize = 12;
const LAW: usize = 16;
const CYCLE_NOISE: usize = 20;
const WRITE_NOISE: usize = 24;
const KEY0: usize = 28;
const KEY1: usize = 32;
const STREAM: usize = 36;
const COEFFICIENTS: usize = 48;
const ROW_DROP: usize = 80;
const COLUMN_DROP: usize = 84;
const DROP_TABLE: usize = 88;
const PULSES: usize = 96;
const LEVEL_SUM: usize = 104;

const LINEAR_MULTIPLIED = 1;
const POWER = 3;
const EXPONENTIAL_COMPLEX = 4;

/** Normals drawn and not used yet: `unused` of them from `next` on; room for what four cells take at most, and what is read past it. */
const DRAWN = 128;
const reservoir: usize = memory.data(4 * 1024, 16);
let next: usize = reservoir;
let unused: i32 = 0;
let counter: i32 = 0;

let block: usize = 0;
export let weights: usize = 0;
let records: usize = 0;
let persistent: usize = 0;
export let stride: usize = 0;
let law: i32 = 0;
let noise: f32 = 0;
let dropped: bool = false;
let pulses: i32 = 0;
let levels: f64 = 0;

/** Takes over the settings of an operation and forgets normals that an earlier one left. */
export function beginPulses(settings: usize): void {
  block = settings;
  weights = load<u32>(settings, WEIGHTS);
  records = load<u32>(settings, RECORDS);
  persistent = load<u32>(settings, PERSISTENT);
  stride = load<i32>(settings, COLUMNS);
  law = load<i32>(settings, LAW);
  noise = load<f32>(settings, CYCLE_NOISE);
  dropped = load<i32>(settings, DROP_TABLE) != 0;
  next = reservoir;
  unused = 0;
  counter = 0;
  waiting = 0;
  pulses = 0;
  levels = 0;
}

/** Writes the counters back. */
export function endPulses(): void {
  store<i32>(block, pulses, PULSES);
  store<f64>(block, levels, LEVEL_SUM);
}

/** Draws until `wanted` normals lie in a row. */
function refill(wanted: i32): void {
  memory.copy(reservoir, next, (<usize>unused) << 2);
  next = reservoir;
  // few pulses need few normals: the first draw is a small one
  const enough = max(wanted, counter == 0 ? 32 : DRAWN);
  while (unused < enough) {
    normalsAt(
      reservoir + ((<usize>unused) << 2), counter, load<i32>(block, STREAM), load<i32>(block, STREAM + 4),
      load<i32>(block, STREAM + 8), load<i32>(block, KEY0), load<i32>(block, KEY1),
    );
    counter += 8;
    unused += 32;
  }
}

// @ts-ignore: decorator
@inline
function draw(): f32 {
  if (unused == 0) refill(1);
  const value = load<f32>(next);
  next += 4;
  --unused;
  return value;
}

// @ts-ignore: decorator
@inline
function clamp(x: f32, low: f32, high: f32): f32 {
  return min(high, max(low, x));
}

/** Fraction of a step that the voltage left at a cell makes: the 65 entries of the table span half of the pulse voltage to all of it. */
function dropFactor(row: i32, column: i32): f32 {
  const lost =
    load<f32>(<usize>load<u32>(block, ROW_DROP) + ((<usize>row) << 2)) +
    load<f32>(<usize>load<u32>(block, COLUMN_DROP) + ((<usize>column) << 2));
  const at = clamp((<f32>0.5 - lost) * 128, 0, 64);
  const low = min(<i32>at, 63);
  const table = <usize>load<u32>(block, DROP_TABLE) + ((<usize>low) << 2);
  const first = load<f32>(table);
  return first + (at - <f32>low) * (load<f32>(table, 4) - first);
}

/** Step before noise of the laws that are not linear. */
function curvedStep(x: f32, low: f32, high: f32, up: bool, slope: f32): f32 {
  const c = block + COEFFICIENTS;
  if (law == POWER) {
    const open = (high - x) / (high - low);
    return Mathf.pow(max<f32>(up ? open : <f32>1 - open, 0), slope);
  }
  const z = (<f32>2 * x * load<f32>(c)) / (high - low) + load<f32>(c, 4);
  const exponent = up ? load<f32>(c, 8) * z : -load<f32>(c, 12) * z;
  return max<f32>(<f32>1 - (up ? load<f32>(c, 16) : load<f32>(c, 20)) * Mathf.exp(exponent), 0);
}

/** Pulses of the laws that are not linear with additive noise. */
function curvedPulses(start: f32, alpha: f32, slope: f32, low: f32, high: f32, count: i32, up: bool): f32 {
  let x = start;
  for (let k = 0; k < count; ++k) {
    let step = law == LINEAR_MULTIPLIED ? <f32>1 + slope * x : curvedStep(x, low, high, up, slope);
    step *= alpha;
    if (law == EXPONENTIAL_COMPLEX) {
      const floor = load<f32>(block, COEFFICIENTS + 24);
      const perWeight = load<f32>(block, COEFFICIENTS + 28);
      step += noise * (abs(step) + floor + perWeight * abs(x)) * draw();
    } else if (noise != 0) step *= <f32>1 + noise * draw();
    x = clamp(x + step, low, high);
  }
  return x;
}

/** `count` pulses of one direction on one cell; each step is clipped to the bounds of the cell. */
// @ts-ignore: decorator
@inline
export function pulseCell(row: i32, column: i32, count: i32, up: bool): void {
  const cell = <usize>row * stride + <usize>column;
  const record = records + (cell << 5);
  const visible = weights + (cell << 2);
  const truth = persistent == 0 ? visible : persistent + (cell << 2);
  const side: usize = up ? record : record + 12;
  const reference = load<f32>(record, 24);
  const high = load<f32>(record, 8);
  const low = load<f32>(record, 20);
  const slope = load<f32>(side, 4);
  let alpha = load<f32>(side);
  if (!up) alpha = -alpha;
  if (dropped) alpha *= dropFactor(row, column);
  let x = load<f32>(truth) + reference;
  store<f32>(record, load<f32>(record, 28) + <f32>count, 28);
  pulses += count;
  levels += <f64>count * <f64>x;
  if (law != 0) x = curvedPulses(x, alpha, slope, low, high, count, up);
  else if (noise == 0) for (let k = 0; k < count; ++k) x = clamp(x + alpha * (<f32>1 + slope * x), low, high);
  else for (let k = 0; k < count; ++k) x = clamp(x + alpha * (<f32>1 + slope * x + noise * draw()), low, high);
  const result = x - reference;
  store<f32>(truth, result);
  if (persistent != 0) store<f32>(visible, result + load<f32>(block, WRITE_NOISE) * draw());
}

/** Most pulses of a cell that waits, and the cells that wait to be pulsed four at a time: index, pulses, -1 for up and 0 for down. */
const LONGEST_WAIT = 127;
const waitingCells: usize = memory.data(32, 16);
const waitingCounts: usize = memory.data(32, 16);
const waitingUp: usize = memory.data(32, 16);
let waiting: usize = 0;

/** As pulseCell, some cells later; `flushCells` must follow. A cell must not come twice in between. */
// @ts-ignore: decorator
@inline
export function pulseSoon(row: i32, column: i32, count: i32, up: bool): void {
  if (law != 0 || dropped || count > LONGEST_WAIT) {
    flushCells();
    pulseCell(row, column, count, up);
    return;
  }
  store<i32>(waitingCells + waiting, row * <i32>stride + column);
  store<i32>(waitingCounts + waiting, count);
  store<i32>(waitingUp + waiting, -i32(up));
  waiting += 4;
  if (waiting == 16) pulseFour();
}

/** Can pulses on cells wait for others? */
// @ts-ignore: decorator
@inline
export function mayWait(): bool {
  return law == 0 && !dropped;
}

/** One pulse on each of the first `count` of four cells, soon; the lanes of `up` are -1 for up and 0 for down. */
// @ts-ignore: decorator
@inline
export function pulseOnceSoon(cells: v128, up: v128, count: i32): void {
  v128.store(waitingCells + waiting, cells);
  v128.store(waitingUp + waiting, up);
  waiting += (<usize>count) << 2;
  if (waiting >= 16) pulseFourOnce();
}

/** Pulses the cells that still wait. */
export function flushCells(): void {
  const count = waiting;
  waiting = 0;
  for (let at: usize = 0; at < count; at += 4) {
    pulseCell(0, load<i32>(waitingCells + at), load<i32>(waitingCounts + at), load<i32>(waitingUp + at) != 0);
  }
}

/** Pulses the cells of pulseOnceSoon that still wait. */
export function flushOnce(): void {
  const count = waiting;
  waiting = 0;
  for (let at: usize = 0; at < count; at += 4) pulseCell(0, load<i32>(waitingCells + at), 1, load<i32>(waitingUp + at) != 0);
}

/** One half of the records of the cells that wait, field by field. */
// @ts-ignore: decorator
@inline
function field(first: v128, second: v128, pairs: i32): v128 {
  return pairs == 0 ? v128.shuffle<i64>(first, second, 0, 2) : v128.shuffle<i64>(first, second, 1, 3);
}

function pulseFour(): void {
  waiting = 0;
  fourCells(false);
}

function pulseFourOnce(): void {
  fourCells(true);
  waiting -= 16;
  v128.store(waitingCells, v128.load(waitingCells, 16));
  v128.store(waitingUp, v128.load(waitingUp, 16));
}

/** The linear law on four cells: what one does after the other on a single cell, four lanes do side by side. `once`: a pulse each. */
// @ts-ignore: decorator
@inline
function fourCells(once: bool): void {
  const c0 = load<i32>(waitingCells);
  const c1 = load<i32>(waitingCells, 4);
  const c2 = load<i32>(waitingCells, 8);
  const c3 = load<i32>(waitingCells, 12);
  const n0 = once ? 1 : load<i32>(waitingCounts);
  const n1 = once ? 1 : load<i32>(waitingCounts, 4);
  const n2 = once ? 1 : load<i32>(waitingCounts, 8);
  const n3 = once ? 1 : load<i32>(waitingCounts, 12);
  const r0 = records + ((<usize>c0) << 5);
  const r1 = records + ((<usize>c1) << 5);
  const r2 = records + ((<usize>c2) << 5);
  const r3 = records + ((<usize>c3) << 5);
  const truth = persistent == 0 ? weights : persistent;
  const a0 = v128.load(r0);
  const a1 = v128.load(r1);
  const a2 = v128.load(r2);
  const a3 = v128.load(r3);
  const b0 = v128.load(r0, 16);
  const b1 = v128.load(r1, 16);
  const b2 = v128.load(r2, 16);
  const b3 = v128.load(r3, 16);
  const low01 = v128.shuffle<i32>(a0, a1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(a0, a1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(a2, a3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(a2, a3, 2, 6, 3, 7);
  const up = v128.load(waitingUp);
  const counts = once ? i32x4.splat(1) : v128.load(waitingCounts);
  const high = field(high01, high23, 0);
  const tail01 = v128.shuffle<i32>(b0, b1, 0, 4, 1, 5);
  const tail23 = v128.shuffle<i32>(b2, b3, 0, 4, 1, 5);
  const end01 = v128.shuffle<i32>(b0, b1, 2, 6, 3, 7);
  const end23 = v128.shuffle<i32>(b2, b3, 2, 6, 3, 7);
  const alpha = v128.bitselect(field(low01, low23, 0), f32x4.neg(field(high01, high23, 1)), up);
  const slope = v128.bitselect(field(low01, low23, 1), field(tail01, tail23, 0), up);
  const low = field(tail01, tail23, 1);
  const reference = field(end01, end23, 0);
  const taken = f32x4.add(field(end01, end23, 1), f32x4.convert_i32x4_s(counts));
  let x = gathered(truth + ((<usize>c0) << 2), truth + ((<usize>c1) << 2), truth + ((<usize>c2) << 2), truth + ((<usize>c3) << 2));
  x = f32x4.add(x, reference);
  v128.store32_lane(r0, taken, 0, 28);
  v128.store32_lane(r1, taken, 1, 28);
  v128.store32_lane(r2, taken, 2, 28);
  v128.store32_lane(r3, taken, 3, 28);
  pulses += n0 + n1 + n2 + n3;
  levels += <f64>n0 * <f64>f32x4.extract_lane(x, 0);
  levels += <f64>n1 * <f64>f32x4.extract_lane(x, 1);
  levels += <f64>n2 * <f64>f32x4.extract_lane(x, 2);
  levels += <f64>n3 * <f64>f32x4.extract_lane(x, 3);
  // normals in the order in which the cells would take them
  const noisy = noise != 0;
  const extra = persistent == 0 ? 0 : 1;
  const drawn = (noisy ? n0 + n1 + n2 + n3 : 0) + 4 * extra;
  if (unused < drawn) refill(drawn);
  let z0 = next;
  let z1 = z0 + ((<usize>((noisy ? n0 : 0) + extra)) << 2);
  let z2 = z1 + ((<usize>((noisy ? n1 : 0) + extra)) << 2);
  let z3 = z2 + ((<usize>((noisy ? n2 : 0) + extra)) << 2);
  next += (<usize>drawn) << 2;
  unused -= drawn;
  const one = f32x4.splat(1);
  const sigma = f32x4.splat(noise);
  let written = f32x4.splat(0);
  if (once) {
    let factor = f32x4.add(one, f32x4.mul(slope, x));
    let drawnFirst = v128.load(z0);
    if (extra != 0) {
      // a cell's own normal, then that of its writing
      const later = v128.load(z0, 16);
      written = noisy ? v128.shuffle<i32>(drawnFirst, later, 1, 3, 5, 7) : drawnFirst;
      drawnFirst = v128.shuffle<i32>(drawnFirst, later, 0, 2, 4, 6);
    }
    if (noisy) factor = f32x4.add(factor, f32x4.mul(sigma, drawnFirst));
    x = f32x4.pmin(f32x4.pmax(f32x4.add(x, f32x4.mul(alpha, factor)), low), high);
  } else {
    const most = max(max(n0, n1), max(n2, n3));
    for (let k = 0; k < most; ++k) {
      let factor = f32x4.add(one, f32x4.mul(slope, x));
      if (noisy) {
        factor = f32x4.add(factor, f32x4.mul(sigma, gathered(z0, z1, z2, z3)));
        z0 += 4;
        z1 += 4;
        z2 += 4;
        z3 += 4;
      }
      const moved = f32x4.pmin(f32x4.pmax(f32x4.add(x, f32x4.mul(alpha, factor)), low), high);
      x = v128.bitselect(moved, x, i32x4.gt_s(counts, i32x4.splat(k)));
    }
    if (extra != 0) {
      // each lane stopped at its own count; the normal after it is that of its writing
      const past = noisy ? most : 0;
      written = gathered(
        z0 - ((<usize>(past - (noisy ? n0 : 0))) << 2), z1 - ((<usize>(past - (noisy ? n1 : 0))) << 2),
        z2 - ((<usize>(past - (noisy ? n2 : 0))) << 2), z3 - ((<usize>(past - (noisy ? n3 : 0))) << 2),
      );
    }
  }
  const result = f32x4.sub(x, reference);
  scatter(truth, result, c0, c1, c2, c3);
  if (persistent == 0) return;
  scatter(weights, f32x4.add(result, f32x4.mul(f32x4.splat(load<f32>(block, WRITE_NOISE)), written)), c0, c1, c2, c3);
}

// @ts-ignore: decorator
@inline
function gathered(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let value = v128.load32_zero(p0);
  value = v128.load32_lane(p1, value, 1);
  value = v128.load32_lane(p2, value, 2);
  return v128.load32_lane(p3, value, 3);
}

// @ts-ignore: decorator
@inline
function scatter(base: usize, value: v128, c0: i32, c1: i32, c2: i32, c3: i32): void {
  v128.store32_lane(base + ((<usize>c0) << 2), value, 0);
  v128.store32_lane(base + ((<usize>c1) << 2), value, 1);
  v128.store32_lane(base + ((<usize>c2) << 2), value, 2);
  v128.store32_lane(base + ((<usize>c3) << 2), value, 3);
}
