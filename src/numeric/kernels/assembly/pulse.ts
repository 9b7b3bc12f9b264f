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

/** Normals drawn at once, and how many of the last ones are unused. */
const DRAWN = 128;
const reservoir: usize = memory.data(4 * DRAWN, 16);
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
  unused = 0;
  counter = 0;
  pulses = 0;
  levels = 0;
}

/** Writes the counters back. */
export function endPulses(): void {
  store<i32>(block, pulses, PULSES);
  store<f64>(block, levels, LEVEL_SUM);
}

function refill(): void {
  for (let at: usize = 0; at < 4 * DRAWN; at += 128) {
    normalsAt(
      reservoir + at, counter, load<i32>(block, STREAM), load<i32>(block, STREAM + 4), load<i32>(block, STREAM + 8),
      load<i32>(block, KEY0), load<i32>(block, KEY1),
    );
    counter += 8;
  }
  unused = DRAWN;
}

// @ts-ignore: decorator
@inline
function draw(): f32 {
  if (unused == 0) refill();
  const value = load<f32>(reservoir + ((<usize>(DRAWN - unused)) << 2));
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
