import type { ChipDescription } from './description.ts';
import { areaScale, energyScale } from './scaling.ts';

type Technology = ChipDescription['technology'];

export const horowitzSource = 'Horowitz 2014, 45 nm 0.9 V, scaled by Stillmaker & Baas 2017';
export const aladdinSource = 'Aladdin 40 nm (Accelergy hwcomponents), scaled by Stillmaker & Baas 2017';

/** Energy in this technology of what costs `joules` at 45 nm. */
export const from45 = (technology: Technology, joules: number): number =>
  joules * energyScale(technology.nodeNm, technology.supplyV);

/** Energy in this technology of what costs `joules` at another node and its nominal supply. */
export const fromNode = (technology: Technology, joules: number, nodeNm: number): number =>
  from45(technology, joules / energyScale(nodeNm));

/** Area in this technology of what takes `squareMicrometres` at another node, m^2. */
export const areaFromNode = (technology: Technology, squareMicrometres: number, nodeNm: number): number =>
  (squareMicrometres * 1e-12 * areaScale(technology.nodeNm)) / areaScale(nodeNm);

/** Writing or reading one bit of a register: 9 fJ at 40 nm (Aladdin). */
export const registerJoules = (technology: Technology): number => fromNode(technology, 9e-15, 40);
/** One register bit: 5.98 um^2 at 40 nm (Aladdin). m^2. */
export const registerArea = (technology: Technology): number => areaFromNode(technology, 5.98, 40);

/** Energies at 45 nm, J: lines through the 8- and 32-bit additions (0.03, 0.1 pJ), b^2 through the 8-bit product (0.2 pJ) of Horowitz 2014. */
export const integerAddJoules = (bits: number): number => 0.03e-12 + (0.07e-12 * (bits - 8)) / 24;
export const integerMultiplyJoules = (bits: number): number => 3.125e-15 * bits * bits;

/** Floating point at 45 nm: J (Horowitz 2014) and um^2 by vector format. bf16 is charged as fp16. */
export const floatingPoint = {
  bf16: { bits: 16, add: 0.4e-12, multiply: 1.1e-12, addArea: 1360, multiplyArea: 1640 },
  f32: { bits: 32, add: 0.9e-12, multiply: 3.7e-12, addArea: 4184, multiplyArea: 7700 },
} as const;
