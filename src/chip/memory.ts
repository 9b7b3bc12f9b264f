import type { ChipDescription } from './description.ts';
import { leakageSource, sramLeakageDensity } from './leakage.ts';
import { fromNode } from './logic-costs.ts';
import { areaScale } from './scaling.ts';
import { sramArea, sramAreaSource, sramEnergySource, sramReadJoules } from './sram.ts';

export type MemoryKind = 'sram' | 'edram';
type Technology = ChipDescription['technology'];

const edram = 'PUMA constants: 64 KB embedded DRAM at 32 nm, 17.2 pJ per 256 bit, 0.086 mm2, 0.46 mW';
export const memoryEnergySource = `sram: ${sramEnergySource}; edram: ${edram}, scaled as the SRAM fit`;
export const memoryAreaSource = `sram: ${sramAreaSource}; edram: ${edram}`;
export const memoryLeakageSource = `sram: ${leakageSource}; edram: ${edram}, refresh included`;
export const memoryEnergyText =
  'sram: 5.6 fJ KB^0.60 256 (0.35 + 0.65 W/256) (node/32)^1.52; edram: 17.2 pJ kE/kE(32) (KB/64)^0.60 (0.35 + 0.65 W/256)';

/** Energy of one word of `widthBits`, J. */
export function memoryReadJoules(kind: MemoryKind, bytes: number, widthBits: number, technology: Technology): number {
  if (kind === 'sram') return sramReadJoules(bytes, widthBits, technology.nodeNm);
  return fromNode(technology, 17.2e-12, 32) * (bytes / 65536) ** 0.6 * (0.35 + (0.65 * widthBits) / 256);
}

/** m^2, wiring factor not included. */
export const memoryArea = (kind: MemoryKind, bytes: number, { nodeNm }: Technology): number =>
  kind === 'sram' ? sramArea(bytes, nodeNm) : (0.086e-6 * bytes * areaScale(nodeNm)) / (65536 * areaScale(32));

/** W. */
export const memoryLeakage = (kind: MemoryKind, bytes: number, technology: Technology): number =>
  kind === 'sram' ? sramArea(bytes, technology.nodeNm) * sramLeakageDensity(technology) : (0.46e-3 * bytes) / 65536;
