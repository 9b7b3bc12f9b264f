import type { ChipDescription } from './description.ts';

export type NocTopology = ChipDescription['noc']['topology'];
export const nocTopologies: readonly NocTopology[] = ['mesh', 'torus', 'cmesh', 'h-tree', 'bus'];

/** Side, in tiles, of the square block that shares one router of a concentrated mesh. */
export const blockSide = (concentration: number): number => Math.ceil(Math.sqrt(concentration));
