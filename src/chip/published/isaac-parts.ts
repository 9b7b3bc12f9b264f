import { part, whole } from './published-parts.ts';

/** Tables of ISAAC-CE (Shafiee 2016), 32 nm; the printed cells are recalled, their sums close. */
export const isaacSource = 'Shafiee 2016, table of ISAAC-CE at 32 nm';

/** One in-situ multiply-accumulate unit; groups of blocks are listed as printed, with their joint power and area. */
export const isaacUnit = [
  part('8 ADC, 8 bit, 1.28 GS/s', 1, 16, 0.0096),
  part('8 x 128 DAC, 1 bit', 1, 4, 0.00017),
  part('8 x 128 sample and hold', 1, 0.01, 0.00004),
  part('8 arrays 128 x 128, 2 bit', 1, 2.4, 0.0002),
  part('4 shift and add', 1, 0.2, 0.00024),
  part('input register 2 KB', 1, 1.24, 0.0021),
  part('output register 256 B', 1, 0.23, 0.00077),
];

export const isaacTile = [
  whole('in-situ multiply-accumulate unit', 12, isaacUnit),
  part('eDRAM 64 KB', 1, 20.7, 0.083),
  part('384-wire bus', 1, 7, 0.09),
  part('a quarter of a router', 0.25, 42, 0.151),
  part('2 sigmoid', 1, 0.52, 0.0006),
  part('shift and add', 1, 0.05, 0.00006),
  part('max pool', 1, 0.4, 0.00024),
  part('output register 3 KB', 1, 1.68, 0.0032),
];

export const isaacChip = [whole('tile', 168, isaacTile), part('HyperTransport', 1, 10400, 22.88)];
