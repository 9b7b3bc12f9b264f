import type { ChipDescription } from './description.ts';

/** An ideal converter (bits 0) takes the time and energy of this resolution. */
export const idealChargedAsBits = 8;
export const chargedBits = (bits: number): number => (bits === 0 ? idealChargedAsBits : bits);

type Input = ChipDescription['tile']['input'];

/** Bits of an input without its sign. */
export const magnitudeBits = (input: Input): number => chargedBits(input.bits) - 1;

/** Magnitude bits of each pulse train of one input: all in one, or two halves. */
export function trainsOf(input: Input): readonly [number] | readonly [number, number] {
  const bits = magnitudeBits(input);
  return bits > input.splitAbove && bits > 1 ? [Math.ceil(bits / 2), Math.floor(bits / 2)] : [bits];
}

/** Steps of the longest pulse: 2^(b-1) - 1 for pulse-width (summed over its trains), one otherwise. */
export const stepsPerPass = (input: Input): number =>
  input.coding === 'pulse-width' ? trainsOf(input).reduce((sum, bits) => sum + 2 ** bits - 1, 0) : 1;
/** Read passes per vector: one per magnitude bit when bit-serial (and one for the sign), times the phases. */
export const passesPerVector = (input: Input): number =>
  input.phases * (input.coding === 'bit-serial' ? magnitudeBits(input) + (input.signPass ? 1 : 0) : 1);
/** Word lines charged per pass: once, or once per magnitude bit of unary trains. */
export const drivesPerPass = (input: Input): number =>
  input.coding === 'pulse-width' && input.train === 'unary' ? magnitudeBits(input) : 1;
/** No line settles faster: assumed, as for the drivers of CMOS at any node. */
const fastestSettlingS = 1e-9;

/** Until a word line is within half a converter step of its voltage: (driver + half the line) C ln 2^(b + 1), s. SRAM has no such lines. */
export function settlingSeconds({ array, adc, columns }: ChipDescription['tile']): number {
  if (array.kind === 'sram') return 0;
  const ohm = array.driverOhm + (array.lineOhmPerCell * columns) / 2;
  return Math.max(fastestSettlingS, ohm * array.rowCapacitanceF * Math.log(2 ** (chargedBits(adc.bits) + 1)));
}

/** What the lines have to settle in: the pause around the pulses and the shortest pulse, s. */
export const readWindowSeconds = ({ array, input }: ChipDescription['tile']): number => array.settleS + input.stepS;

/** Duration of one read pass: settling and the longest pulse, and no less than the lines need, s. */
export const passSeconds = (tile: ChipDescription['tile']): number =>
  Math.max(tile.array.settleS + stepsPerPass(tile.input) * tile.input.stepS, settlingSeconds(tile));
/** From the end of a read pass until the last code of one vector pass is there, s. */
export const conversionTailSeconds = (tile: ChipDescription['tile']): number =>
  tile.adc.integrates ? tile.adc.readoutS : tile.adc.mux * tile.adc.conversionS;

/** Cells whose joint write current one line carries; at least one is always written. */
export const writableAtOnce = ({ maxLineA, writeA }: { readonly maxLineA: number; readonly writeA: number }): number =>
  Math.max(1, Math.min(4096, Math.floor((maxLineA / writeA) * (1 + 1e-9))));
