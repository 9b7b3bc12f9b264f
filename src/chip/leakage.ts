import type { ChipPath } from './chip-path.ts';
import type { ChipDescription } from './description.ts';
import { interpolate, type NodeTable } from './node-table.ts';

export const leakageSource =
  'whole-chip LSTP leakage over area of NeuroSim V2.1 runs of VGG-8 (130, 32, 14 nm, 300 K); HP/LSTP ratio 1450 from CACTI 7; doubling per 10 K assumed';

/** What a leakage density depends on. */
export const leakageUses: readonly ChipPath[] = ['technology.nodeNm', 'technology.temperatureK', 'technology.leakage'];

/** W/m^2 of LSTP logic at 300 K. */
const densities: NodeTable = [
  [7, 12.2],
  [14, 6.1],
  [32, 1.95],
  [130, 1.11],
];
const highPerformanceRatio = 1450;
const doublingKelvin = 10;

/** Leakage power of one square metre of CMOS in this chip's technology, W/m^2. The 7 nm entry is assumed (twice 14 nm). */
export function leakageDensity(technology: ChipDescription['technology']): number {
  const flavour = technology.leakage === 'hp' ? highPerformanceRatio : 1;
  return interpolate(densities, technology.nodeNm, 'log') * flavour * 2 ** ((technology.temperatureK - 300) / doublingKelvin);
}

/** SRAM leaks by its own CACTI anchor (64 KB, 32 nm, LSTP, 350 K: 13.7 uW on 0.096 mm^2), scaled like logic, W/m^2. */
export function sramLeakageDensity(technology: ChipDescription['technology']): number {
  const anchor = { nodeNm: 32, temperatureK: 350, leakage: 'lstp', supplyV: 0.9 } as const;
  return (13.7e-6 / 0.096e-6) * (leakageDensity(technology) / leakageDensity(anchor));
}
