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
  readonly updateScheme: 'gate' | 'half-v';
  readonly updateManagement: boolean;
  readonly lengthManagement: boolean;
  readonly updatePhases: number;
  readonly lineLimit: number;
  readonly writeDrop: boolean;
  readonly disturb: boolean;
  readonly autoScale: boolean;
  readonly autoMomentum: number;
  readonly accumulateRate: number;
  readonly transferRate: number;
  readonly transferThreshold: number;
  readonly transferLength: number;
  readonly transferReads: number;
  readonly transferMomentum: number;
  readonly transferForget: boolean;
  readonly chopProbability: number;
  readonly chopOutProbability: number;
  readonly tailWeight: number;
}

/** Train length 31: aihwkit UpdateParameters default. */
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
  programTolerance: tile.array.acceptance,
  programLimit: 500,
  updateLength: 31,
  updateScheme: 'gate',
  updateManagement: true,
  lengthManagement: true,
  updatePhases: 0,
  lineLimit: 0,
  writeDrop: false,
  disturb: true,
  autoScale: false,
  autoMomentum: 0.99,
  accumulateRate: 1,
  transferRate: 1,
  transferThreshold: 1,
  transferLength: 1,
  transferReads: 1,
  transferMomentum: 0,
  transferForget: false,
  chopProbability: 0,
  chopOutProbability: 0,
  tailWeight: 5,
});
