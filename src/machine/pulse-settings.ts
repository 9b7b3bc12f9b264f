import type { StepLaw } from '../device/pulsed/pulsed-cell.ts';
import { type StreamKey, streamKey } from '../numeric/philox.ts';
import { type Purpose, purposes } from '../numeric/purposes.ts';
import type { MachineContext } from './context.ts';
import { markPulsed } from './pulsed-state.ts';
import type { GroupState } from './state.ts';

const lawCodes: Readonly<Record<Exclude<StepLaw, 'exact'>, number>> = {
  linear: 0,
  'linear-multiplied': 1,
  exponential: 2,
  power: 3,
  'exponential-complex': 4,
};

/** Key of update draws: the run's seed and the chip instance. */
export function updateKey(context: MachineContext, purpose: Purpose): StreamKey {
  const { key0, key1 } = streamKey(context.seed, purpose);
  return { key0: key0 ^ Math.floor(context.chipSeed / 2 ** 32), key1: key1 ^ (context.chipSeed % 2 ** 32) };
}

/** Voltage lost on the write path, f32 fractions of the pulse voltage by row and by column, and the table of what is left of a step. */
export interface WriteDrop {
  readonly rows: number;
  readonly columns: number;
  readonly table: number;
}

/**
 * Writes the block of settings the pulse kernels read (src/numeric/kernels/assembly/pulse.ts) and clears its counters. `sequence` and
 * `vector` address the noise of these pulses.
 */
export function beginPulses(
  context: MachineContext,
  state: GroupState,
  sequence: number,
  vector: number,
  drop: WriteDrop | undefined = undefined,
): number {
  const pulsed = state.pulsed!;
  const { cell } = pulsed;
  if (cell.law === 'exact') throw new RangeError('law is exact; want one with pulses');
  const { key0, key1 } = updateKey(context, purposes.pulse);
  const [words, floats] = [context.kernels.i32(pulsed.settings, 32), context.kernels.f32(pulsed.settings, 32)];
  words.fill(0);
  words.set([pulsed.weights, pulsed.records, pulsed.persistent, state.layout.columns, lawCodes[cell.law]]);
  floats[5] = cell.cycleNoise;
  floats[6] = cell.writeNoise * cell.granularity;
  words.set([key0, key1, sequence, vector, state.shape.id], 7);
  const { shape } = cell;
  if (shape !== undefined) {
    const { a, b, gammaUp, gammaDown, amplitudeUp, amplitudeDown, noiseFloor, noisePerWeight } = shape;
    floats.set([a, b, gammaUp, gammaDown, amplitudeUp, amplitudeDown, noiseFloor, noisePerWeight], 12);
  }
  if (drop !== undefined) words.set([drop.rows, drop.columns, drop.table], 20);
  return pulsed.settings;
}

/** What a pulse kernel did. */
export interface PulseTally {
  readonly pulses: number;
  /** Heat of the pulsed cells, J, each at its conductance before the pulses. */
  readonly joules: number;
}

/** Heat of pulses whose cells had the sum `levels` of levels before them, J. */
export function pulseHeat({ device }: MachineContext, { map }: GroupState, pulses: number, levels: number): number {
  if (pulses === 0) return 0;
  const meanS = Math.max(0, map.middleS + (map.scaleS * levels) / pulses);
  return pulses * device.pulseJoules(meanS);
}

/** Reads the counters back and marks what was derived from the weights (of these rows, or of all) as stale. */
export function endPulses(context: MachineContext, state: GroupState, rows?: Iterable<number>): PulseTally {
  const { settings } = state.pulsed!;
  const pulses = context.kernels.i32(settings, 32)[24]!;
  if (pulses === 0) return { pulses: 0, joules: 0 };
  const levels = new Float64Array(context.kernels.memory.buffer, settings + 104, 1)[0]!;
  markPulsed(state, rows);
  return { pulses, joules: pulseHeat(context, state, pulses, levels) };
}
