import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { ArrayRead } from './array-read.ts';
import type { MachineContext } from './context.ts';
import { converterColumns, outputConverter, trimKey } from './converters.ts';
import type { InputBlock, SlicePanel, Trim } from './state.ts';

/** Reference signal of the gain measurement, in full scales of the converter. */
const referenceLevel = 0.5;
/** Bits of the noise key that no MVM place uses. */
const calibrationPlace = 0x7f000000;

/** Mean conversion of a known signal by every converter of a panel over n reads; thermal noise dithers the rounding. */
function meanConversion(
  context: MachineContext,
  read: ArrayRead,
  block: InputBlock,
  panel: SlicePanel,
  signal: number,
  n: number,
): Float64Array {
  const { kernels, seed, chipSeed } = context;
  const { outputs, direction } = read.view;
  const converter = outputConverter(context, read.state, read.csrs);
  const mark = kernels.mark();
  const [y, sigma, clips] = [kernels.allocate(4 * n * outputs), kernels.allocate(4 * n), kernels.allocate(4 * n)];
  kernels.f32(y, n * outputs).fill(signal);
  kernels.f32(sigma, n).fill(converter.thermal);
  const { key0, key1 } = streamKey(seed, purposes.read);
  const place = calibrationPlace | (signal === 0 ? 0 : 1 << 11) | (block.index << 12) | panel.slice;
  kernels.addRowNoise(y, sigma, n, outputs, outputs, key0, key1, 0, read.sequence, place, chipSeed);
  const { gain, offset } = converterColumns(
    context,
    read.state,
    direction,
    block.index,
    panel,
    outputs,
    read.csrs,
    converter.step,
  );
  kernels.adc(y, gain, offset, clips, n, outputs, outputs, converter.step, converter.range, converter.inl);
  const means = new Float64Array(outputs);
  const values = kernels.f32(y, n * outputs);
  for (let i = 0; i < values.length; i++) means[i % outputs] = means[i % outputs]! + values[i]! / n;
  kernels.release(mark);
  return means;
}

function trimOf(read: ArrayRead, block: InputBlock, panel: SlicePanel): Trim {
  const { state, view } = read;
  const key = trimKey(view.direction, block.index, panel.slice);
  const known = state.trims.get(key) ?? { offset: new Float32Array(view.outputs), gain: new Float32Array(view.outputs).fill(1) };
  state.trims.set(key, known);
  return known;
}

/** Offset of each column at zero input, summed over its converters, in full-scale outputs; `write` trims it away. */
export function measureOffset(context: MachineContext, read: ArrayRead, n: number, write: boolean): Float32Array {
  const result = new Float32Array(read.view.outputs);
  if (read.csrs.adcBits === 0) return result;
  for (const block of read.view.blocks) {
    for (const panel of block.panels) {
      const zero = meanConversion(context, read, block, panel, 0, n);
      const trim = write ? trimOf(read, block, panel) : undefined;
      for (let j = 0; j < result.length; j++) {
        result[j] = result[j]! + panel.factor * zero[j]!;
        if (trim !== undefined) trim.offset[j] = trim.offset[j]! + zero[j]!;
      }
    }
  }
  return result;
}

/** Gain of each column between zero and half scale, mean over its converters; `write` trims it to 1. */
export function measureGain(context: MachineContext, read: ArrayRead, n: number, write: boolean): Float32Array {
  const result = new Float32Array(read.view.outputs);
  if (read.csrs.adcBits === 0) return result.fill(1);
  const signal = referenceLevel * outputConverter(context, read.state, read.csrs).range;
  const converters = read.view.blocks.length * read.view.blocks[0]!.panels.length;
  for (const block of read.view.blocks) {
    for (const panel of block.panels) {
      const zero = meanConversion(context, read, block, panel, 0, n);
      const half = meanConversion(context, read, block, panel, signal, n);
      const trim = write ? trimOf(read, block, panel) : undefined;
      for (let j = 0; j < result.length; j++) {
        const gain = (half[j]! - zero[j]!) / signal;
        result[j] = result[j]! + gain / converters;
        if (trim !== undefined) trim.gain[j] = trim.gain[j]! * gain;
      }
    }
  }
  return result;
}
