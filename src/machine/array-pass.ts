import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import { converterStep } from '../numeric/quantise.ts';
import type { ArrayRead, ReadTally, SingleLines } from './array-read.ts';
import type { MachineContext } from './context.ts';
import { converterColumns, type OutputConverter, outputConverter } from './converters.ts';
import { inputSlots, type Slot } from './input-coding.ts';
import { type DrivenInputs, driveInputs } from './input-scaling.ts';
import { dropVoltage } from './ir-drop.ts';
import type { InputBlock, SlicePanel } from './state.ts';

/** Vectors driven through the array together. */
export interface Batch {
  /** f32[n x inputs], and f32[n] factors that bring each to full scale 1. */
  readonly x: number;
  readonly inverse: number;
  readonly n: number;
  /** Position of the first vector in its operation (a multiple of four), and the bound-management pass. */
  readonly first: number;
  readonly pass: number;
  /** Conversions that met the range, by vector; counted up. */
  readonly clipped: Int32Array;
  /** Input scale left out of x: energy and activity of vector i count 1 / unscaled[i]. */
  readonly unscaled: Float32Array | undefined;
}

/**
 * One pass of a batch through every tile: y = sum over blocks, slots and slices of ADC(W x + noise), in units of full-scale
 * weight x full-scale input; f32[n x outputs] at y.
 */
export function arrayPass(context: MachineContext, read: ArrayRead, batch: Batch, y: number, tally: ReadTally): void {
  const { kernels } = context;
  const { view, csrs } = read;
  const converter = outputConverter(context, read.state, csrs);
  for (const block of view.blocks) {
    const mark = kernels.mark();
    const driven = driveInputs(
      context,
      batch.x + 4 * block.start,
      batch.inverse,
      batch.n,
      block.length,
      view.inputs,
      converterStep(csrs.inBits, 1),
    );
    if (batch.pass === 0) tally.inputSum += total(kernels.f32(driven.absSum, batch.n), batch.unscaled);
    const slots = inputSlots(context, csrs, driven, batch.n, block.length);
    for (const [k, slot] of slots.entries()) {
      tally.joules += slotJoules(context, slot, block, batch);
      for (const panel of block.panels) {
        const worth = slot.worth * panel.factor;
        const direct = block.index === 0 && k === 0 && panel.slice === 0;
        const z = direct ? y : kernels.allocate(4 * batch.n * view.outputs);
        convert(context, read, batch, { block, panel, slot, k }, converter, z, tally);
        if (!direct) kernels.axpy(y, z, worth, batch.n * view.outputs);
        else if (worth !== 1) scale(kernels.f32(y, batch.n * view.outputs), worth);
      }
    }
    subtractOffset(context, read, block, driven, batch.n, y);
    kernels.release(mark);
  }
}

interface Place {
  readonly block: InputBlock;
  readonly panel: SlicePanel;
  readonly slot: Slot;
  readonly k: number;
}

/** Array, read noise and converters of one slot and slice. Read noise is output-referred: sigma_w |x|, exact in distribution. */
function convert(
  context: MachineContext,
  read: ArrayRead,
  batch: Batch,
  place: Place,
  converter: OutputConverter,
  z: number,
  tally: ReadTally,
): void {
  const { kernels } = context;
  const { view, csrs } = read;
  const { block, panel, slot, k } = place;
  const { n } = batch;
  if (read.single === undefined)
    kernels.gemm(z, slot.x, panel.packed, n, block.length, view.outputs, view.outputs, block.length, false);
  else singleLines(context, read.single, batch, block, view.outputs, slot.x, z);
  if (view.irDrop !== 'off') dropVoltage(context, view, block, panel, slot.x, z, n);
  if (csrs.noiseOn) addNoise(context, read, batch, place, converter.thermal, z, (block.index << 12) | (k << 6) | panel.slice);
  if (converter.step === 0) return;
  const { gain, offset } = converterColumns(
    context,
    read.state,
    view.direction,
    block.index,
    panel,
    view.outputs,
    csrs,
    converter.step,
  );
  const clips = kernels.allocate(4 * n);
  const met = kernels.adc(z, gain, offset, clips, n, view.outputs, view.outputs, converter.step, converter.range, converter.inl);
  if (met === 0) return;
  tally.saturations += met;
  const counts = kernels.i32(clips, n);
  for (let i = 0; i < n; i++) batch.clipped[i] = batch.clipped[i]! + counts[i]!;
}

/** W x for vectors that drive one line each: a row of weights times the input of its line. */
function singleLines(
  { kernels }: MachineContext,
  { lines, reads, weights }: SingleLines,
  { n, first }: Batch,
  { start, length }: InputBlock,
  outputs: number,
  x: number,
  z: number,
): void {
  const inputs = kernels.f32(x, n * length);
  kernels.f32(z, n * outputs).fill(0);
  for (let i = 0; i < n; i++) {
    const index = Math.floor((first + i) / reads);
    const line = lines[index]! - start;
    if (line < 0 || line >= length) continue;
    kernels.axpy(z + 4 * i * outputs, weights + 4 * index * outputs, inputs[i * length + line]!, outputs);
  }
}

function addNoise(
  context: MachineContext,
  read: ArrayRead,
  batch: Batch,
  { slot }: Place,
  thermal: number,
  z: number,
  place: number,
): void {
  const { kernels } = context;
  const cell = cellNoise(context, read);
  if (cell === 0 && thermal === 0) return;
  const sigma = kernels.allocate(4 * batch.n);
  const [deviation, squares] = [kernels.f32(sigma, batch.n), kernels.f32(slot.squareSum, batch.n)];
  for (let i = 0; i < batch.n; i++) deviation[i] = Math.sqrt(cell * cell * squares[i]! + thermal * thermal);
  const { key0, key1 } = streamKey(context.seed, purposes.read);
  const start = (batch.first / 4) * read.view.outputs;
  kernels.addRowNoise(
    z,
    sigma,
    batch.n,
    read.view.outputs,
    read.view.outputs,
    key0,
    key1,
    start,
    read.sequence,
    place | (batch.pass << 24),
    context.chipSeed,
  );
}

/** White read noise of one weight, all its devices, in full-scale weights. */
export function cellNoise(context: MachineContext, { state }: Pick<ArrayRead, 'state'>): number {
  const { device, chip } = context;
  const fraction = chip.tile.array.readNoiseFraction;
  const perCellS = fraction > 0 && device.kind !== 'ideal' ? fraction * (device.maxS - device.minS) : device.readNoiseS;
  const cells = state.map.signs.length + (state.reference === undefined ? 0 : 1);
  return (perCellS * Math.sqrt(cells)) / state.map.scaleS;
}

/** Joules the cells of a block draw for a slot: V^2 G t summed over lines by their conductance sums. */
function slotJoules(context: MachineContext, slot: Slot, block: InputBlock, batch: Batch): number {
  const { kernels } = context;
  const { n } = batch;
  const { length, lineS } = block;
  if (slot.squared)
    return slot.joulesPerSiemens * squareDot(kernels.f32(slot.x, n * length), kernels.f32(lineS, length), batch.unscaled);
  if (batch.unscaled === undefined) return slot.joulesPerSiemens * kernels.absDot(slot.x, lineS, n, length, length);
  let sum = 0;
  for (let i = 0; i < n; i++)
    sum += kernels.absDot(slot.x + 4 * i * length, lineS, 1, length, length) / (batch.unscaled[i]! || 1);
  return slot.joulesPerSiemens * sum;
}

function squareDot(x: Float32Array, lineS: Float32Array, unscaled: Float32Array | undefined): number {
  let sum = 0;
  for (let i = 0; i * lineS.length < x.length; i++) {
    const scaling = unscaled?.[i] || 1;
    for (let j = 0; j < lineS.length; j++) sum += (x[i * lineS.length + j]! / scaling) ** 2 * lineS[j]!;
  }
  return sum;
}

/** Takes off what the offset mapping (and the mean shift CAL.drift found) adds: a constant times the digital sum of the inputs. */
function subtractOffset(
  context: MachineContext,
  read: ArrayRead,
  block: InputBlock,
  driven: DrivenInputs,
  n: number,
  y: number,
): void {
  const { kernels } = context;
  const { view, state } = read;
  const constant = view.commonMode + state.meanShift;
  if (constant === 0) return;
  const sums = kernels.allocate(4 * n);
  kernels.gemm(sums, driven.x, block.ones, n, block.length, 1, 1, block.length, false);
  const [sum, result] = [kernels.f32(sums, n), kernels.f32(y, n * view.outputs)];
  for (let i = 0; i < n; i++) {
    const shift = constant * sum[i]!;
    for (let j = i * view.outputs; j < (i + 1) * view.outputs; j++) result[j] = result[j]! - shift;
  }
}

function total(sums: Float32Array, unscaled: Float32Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < sums.length; i++) sum += sums[i]! / (unscaled?.[i] || 1);
  return sum;
}

function scale(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * factor;
}
