import type { ChipDescription } from './description.ts';

/** An ideal converter (bits 0) takes the time and energy of this resolution. */
export const idealChargedAsBits = 8;
export const chargedBits = (bits: number): number => (bits === 0 ? idealChargedAsBits : bits);

type Input = ChipDescription['tile']['input'];

/** Steps of the longest pulse: 2^(b-1) - 1 for pulse-width, one otherwise. */
export const stepsPerPass = (input: Input): number =>
  input.coding === 'pulse-width' ? 2 ** (chargedBits(input.bits) - 1) - 1 : 1;
/** Read passes per vector: one per magnitude bit when bit-serial. */
export const passesPerVector = (input: Input): number => (input.coding === 'bit-serial' ? chargedBits(input.bits) - 1 : 1);
/** Duration of one read pass: settling and the longest pulse, s. */
export const passSeconds = (tile: ChipDescription['tile']): number =>
  tile.array.settleS + stepsPerPass(tile.input) * tile.input.stepS;
/** From the end of a read pass until the last code of one vector pass is there, s. */
export const conversionTailSeconds = (tile: ChipDescription['tile']): number =>
  tile.adc.integrates ? tile.adc.readoutS : tile.adc.mux * tile.adc.conversionS;
