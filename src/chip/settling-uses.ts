import type { ChipPath } from './chip-path.ts';

/** What the settling of a word line depends on. */
export const settlingUses: readonly ChipPath[] = [
  'tile.array.kind',
  'tile.array.driverOhm',
  'tile.array.lineOhmPerCell',
  'tile.array.rowCapacitanceF',
  'tile.columns',
  'tile.adc.bits',
];
