import type { ChipDescription } from './description.ts';

/** What group registers hold before a program writes them. Same members as the sequencer's group configuration. */
export interface CsrDefaults {
  readonly inFormat: 'f32' | 'bf16';
  readonly outFormat: 'f32' | 'bf16';
  readonly inUnit: number;
  readonly inBits: number;
  readonly dacMode: ChipDescription['tile']['input']['coding'];
  readonly adcBits: number;
  readonly adcRange: number;
  readonly noiseManagement: ChipDescription['tile']['input']['noiseManagement'];
  readonly inScale: number;
  readonly boundManagement: number;
  readonly mapping: ChipDescription['mapping']['scheme'];
  readonly slices: number;
  readonly sliceBits: number;
  readonly noiseOn: boolean;
  readonly driftOn: boolean;
  readonly irDrop: ChipDescription['tile']['array']['irDrop'];
  readonly weightMax: number;
  readonly programTolerance: number;
  readonly programLimit: number;
  readonly updateLength: number;
}

/** Tolerance of 0.2 %: the tighter acceptance Falcone 2025 characterises; train length 31: aihwkit UpdateParameters default. */
export const csrDefaults = ({ tile, vector, mapping }: ChipDescription): CsrDefaults => ({
  inFormat: vector.format,
  outFormat: vector.format,
  inUnit: 1,
  inBits: tile.input.bits,
  dacMode: tile.input.coding,
  adcBits: tile.adc.bits,
  adcRange: tile.adc.range,
  noiseManagement: tile.input.noiseManagement,
  inScale: 1,
  boundManagement: tile.adc.boundManagement,
  mapping: mapping.scheme,
  slices: mapping.slices,
  sliceBits: mapping.sliceBits,
  noiseOn: true,
  driftOn: true,
  irDrop: tile.array.irDrop,
  weightMax: 1,
  programTolerance: 0.002,
  programLimit: 500,
  updateLength: 31,
});
