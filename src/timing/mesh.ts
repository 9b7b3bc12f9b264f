import type { TimingParameters } from '../chip/cost-table.ts';
import type { Clock } from './clock.ts';
import type { ResourceLayout, Resources } from './resources.ts';
import { occupy, startOf } from './resources.ts';

/**
 * The network on chip: a mesh whose rows each end in a port of the hub (scratchpad, accumulator, DMA) on the west side, so the tile
 * in mesh column c is c + 1 hops from the hub along its row. East- and westward links are separate and carry one flit per cycle.
 */
export interface Mesh {
  /** Sends a packet from the hub through columns 0..column of a row; tiles on the way may copy it. Returns the tail's arrival. */
  outward(row: number, column: number, flits: number, at: number): number;
  /** Sends a packet from a tile to the hub; returns the tail's arrival. */
  homeward(row: number, column: number, flits: number, at: number): number;
}

/**
 * Where a tile sits: tiles are numbered down the mesh columns, nearest to the hub first, so that neighbours of a group have
 * links of their own and few hops.
 */
export const tileSite = (tile: number, gridRows: number): { readonly row: number; readonly column: number } => ({
  row: tile % gridRows,
  column: Math.floor(tile / gridRows),
});

export function flitsOf(bytes: number, flitBytes: number): number {
  return Math.max(1, Math.ceil(bytes / flitBytes));
}

export function createMesh(parameters: TimingParameters, layout: ResourceLayout, resources: Resources, clock: Clock): Mesh {
  const { gridColumns } = parameters;
  const hopCycles = parameters.routerCycles + parameters.linkCycles;

  /** Reserves one link after the other: the head waits for each, every link carries all flits, the tail follows the head. */
  function traverse(firstLink: number, step: number, hops: number, flits: number, at: number): number {
    let head = at;
    for (let hop = 0; hop < hops; hop++) {
      const link = firstLink + hop * step;
      const start = startOf(resources, link, head);
      occupy(resources, link, start, clock.after(start, flits));
      head = clock.after(start, hopCycles);
    }
    return flits === 1 ? head : clock.after(head, flits - 1);
  }

  return {
    outward: (row, column, flits, at) => traverse(layout.eastLink + row * gridColumns, 1, column + 1, flits, at),
    homeward: (row, column, flits, at) => traverse(layout.westLink + row * gridColumns + column, -1, column + 1, flits, at),
  };
}
