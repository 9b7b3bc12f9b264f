import { converterStep } from '../numeric/quantise.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import type { Direction, GroupState, SlicePanel } from './state.ts';

/** Output converters of one read: full scale, step and thermal noise, in units of (full-scale weight x full-scale input). */
export interface OutputConverter {
  readonly range: number;
  /** 0 = ideal: neither rounds, nor clips, nor errs. */
  readonly step: number;
  readonly inl: number;
  readonly thermal: number;
}

/** Range CAL.range wrote, as long as no SETC changed the CSR since; else the CSR's. */
export const adcRange = (state: GroupState, csrs: GroupCsrs): number =>
  state.range !== undefined && state.range.instead === csrs.adcRange ? state.range.value : csrs.adcRange;

export function outputConverter(context: MachineContext, state: GroupState, csrs: GroupCsrs): OutputConverter {
  const range = adcRange(state, csrs);
  const step = converterStep(csrs.adcBits, range);
  const { inlLsb, noiseLsb } = context.chip.tile.adc;
  const errors = csrs.noiseOn ? step : 0;
  return { range, step, inl: inlLsb * errors, thermal: noiseLsb * errors };
}

/** Key of a panel's trim among the corrections of its group. */
export const trimKey = (direction: Direction, block: number, slice: number): string => `${direction} ${block} ${slice}`;

/**
 * Gain and offset of each output's converter: mismatch of this chip less what CAL trimmed away. The trim acts in the
 * converter, before rounding, and is as fine as it was measured. Scratch pointers to f32[outputs] each.
 */
export function converterColumns(
  context: MachineContext,
  state: GroupState,
  direction: Direction,
  block: number,
  panel: SlicePanel,
  outputs: number,
  csrs: GroupCsrs,
  step: number,
): { readonly gain: number; readonly offset: number } {
  const { kernels } = context;
  const { offsetLsb, gainError } = context.chip.tile.adc;
  const [gainAt, offsetAt] = [kernels.allocate(4 * outputs), kernels.allocate(4 * outputs)];
  const [gain, offset] = [kernels.f32(gainAt, outputs), kernels.f32(offsetAt, outputs)];
  gain.fill(1);
  if (!csrs.noiseOn) return { gain: gainAt, offset: offsetAt };
  const [gainDraws, offsetDraws] = [kernels.f32(panel.draws.gain, outputs), kernels.f32(panel.draws.offset, outputs)];
  const trim = state.trims.get(trimKey(direction, block, panel.slice));
  for (let j = 0; j < outputs; j++) {
    gain[j] = (1 + gainError * gainDraws[j]!) / (trim?.gain[j] ?? 1);
    offset[j] = offsetLsb * step * offsetDraws[j]! - (trim?.offset[j] ?? 0);
  }
  return { gain: gainAt, offset: offsetAt };
}
