import { interpolate, type NodeTable } from './node-table.ts';

export const sramEnergySource =
  'fit of a CACTI 7 sweep (itrs-hp, 350 K, one bank, 2 KB to 4 MB, 22 to 90 nm; +-10 % at 256 bit and 22-45 nm); extrapolated elsewhere';
export const sramAreaSource = 'CACTI 7 area of a 64 KB bank, linear in capacity; 14 and 7 nm assumed';

/**
 * Energy of one read of an SRAM bank, J: 5.6 fJ KB^0.60 256 (0.35 + 0.65 W/256) (node/32)^1.52.
 * bytes: capacity of the bank; widthBits: word read.
 */
export const sramReadJoules = (bytes: number, widthBits: number, nodeNm: number): number =>
  5.6e-15 * (bytes / 1024) ** 0.6 * 256 * (0.35 + (0.65 * widthBits) / 256) * (nodeNm / 32) ** 1.52;

/** mm^2 of 64 KB. */
const area64: NodeTable = [
  [7, 0.024],
  [14, 0.055],
  [22, 0.067],
  [28, 0.08],
  [32, 0.096],
  [45, 0.19],
  [65, 0.39],
  [130, 1.54],
];

/** Area of an SRAM of this capacity, m^2, wiring factor not included. */
export const sramArea = (bytes: number, nodeNm: number): number => (interpolate(area64, nodeNm, 'log') * 1e-6 * bytes) / 65536;
