import type { TimingParameters } from '../chip/cost-table.ts';
import { blockSide, type NocTopology } from '../chip/noc-geometry.ts';

/** One step of a packet: through a router, if there is one, and along a link. */
export interface Hop {
  /** Among the links of the network. */
  readonly link: number;
  /** Cycles of the head through router and link. */
  readonly cycles: number;
  /** Routers passed (each with a link of one tile's length), and wire beyond that in half tile lengths. */
  readonly routers: 0 | 1;
  readonly wire: number;
}

/** Where every packet begins or ends: the hub (scratchpad, accumulator, DMA). */
export interface Topology {
  /** Names of its links, such as `link 0.1 east`; a link is its place in here. */
  links(parameters: TimingParameters): readonly string[];
  /** From the hub to a tile. A link is only ever reached over the same link before it. */
  outward(tile: number, parameters: TimingParameters): readonly Hop[];
  homeward(tile: number, parameters: TimingParameters): readonly Hop[];
}

/** Tiles are numbered down the columns, nearest to the hub first, so that neighbours of a group have links of their own and few hops. */
export const tileSite = (tile: number, gridRows: number): { readonly row: number; readonly column: number } => ({
  row: tile % gridRows,
  column: Math.floor(tile / gridRows),
});

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** `link r.c east` for every place of a grid, then `link r.c west`. */
const gridLinks = (rows: number, columns: number): string[] =>
  ['east', 'west'].flatMap((way) => range(rows).flatMap((row) => range(columns).map((column) => `link ${row}.${column} ${way}`)));

/** The hub has a port at the west end of every row: the tile in column c is c + 1 routers away. */
const mesh: Topology = {
  links: ({ gridRows, gridColumns }) => gridLinks(gridRows, gridColumns),
  outward: (tile, parameters) => {
    const { row, column } = tileSite(tile, parameters.gridRows);
    return range(column + 1).map((at) => routed(row * parameters.gridColumns + at, parameters));
  },
  homeward: (tile, parameters) => {
    const { gridRows, gridColumns } = parameters;
    const { row, column } = tileSite(tile, gridRows);
    return range(column + 1).map((at) => routed((gridRows + row) * gridColumns + column - at, parameters));
  },
};

const routed = (link: number, { routerCycles, linkCycles }: TimingParameters, length = 1): Hop => ({
  link,
  cycles: routerCycles + length * linkCycles,
  routers: 1,
  wire: 2 * (length - 1),
});

/**
 * Every row is a ring through the hub, folded so that all links are two tiles long. Packets take the shorter way round: links of the
 * one sense carry outward packets of the near half and homeward ones of the far half, links of the other sense the rest. Place c of
 * a sense is the link between ring places c and c + 1, where the hub is place 0.
 */
const torus: Topology = {
  links: ({ gridRows, gridColumns }) => gridLinks(gridRows, gridColumns + 1),
  outward: (tile, parameters) => ringPath(tile, parameters, false),
  homeward: (tile, parameters) => ringPath(tile, parameters, true),
};

function ringPath(tile: number, parameters: TimingParameters, home: boolean): readonly Hop[] {
  const { gridRows, gridColumns } = parameters;
  const { row, column } = tileSite(tile, gridRows);
  const places = gridColumns + 1;
  const near = column + 1 <= places - column - 1;
  // the near half lies east of the hub, the far half is reached over its back
  const spans = near ? range(column + 1) : range(places - column - 1).map((at) => places - 1 - at);
  const sense = near === home ? 1 : 0;
  const links = (home ? [...spans].reverse() : spans).map((span) => (sense * gridRows + row) * places + span);
  return links.map((link) => routed(link, parameters, 2));
}

/** A mesh of routers, each for a square block of tiles, and one link of its own from router to tile and back. */
const concentrated: Topology = {
  links: (parameters) => {
    const { rows, columns } = blocks(parameters);
    const tiles = range(parameters.gridRows * parameters.gridColumns);
    return [...gridLinks(rows, columns), ...['in', 'out'].flatMap((way) => tiles.map((tile) => `link tile ${tile} ${way}`))];
  },
  outward: (tile, parameters) => {
    const { row, column, rows, columns, side } = blocks(parameters, tile);
    const local = localLink(2 * rows * columns + tile, side, parameters);
    return [...range(column + 1).map((at) => routed(row * columns + at, parameters, side)), local];
  },
  homeward: (tile, parameters) => {
    const { row, column, rows, columns, side } = blocks(parameters, tile);
    const tiles = parameters.gridRows * parameters.gridColumns;
    const local = localLink(2 * rows * columns + tiles + tile, side, parameters);
    return [local, ...range(column + 1).map((at) => routed((rows + row) * columns + column - at, parameters, side))];
  },
};

function blocks({ gridRows, gridColumns, concentration }: TimingParameters, tile = 0) {
  const side = blockSide(concentration);
  const { row, column } = tileSite(tile, gridRows);
  return {
    side,
    rows: Math.ceil(gridRows / side),
    columns: Math.ceil(gridColumns / side),
    row: Math.floor(row / side),
    column: Math.floor(column / side),
  };
}

/** Half a block's side of wire. */
const localLink = (link: number, side: number, { linkCycles }: TimingParameters): Hop => ({
  link,
  cycles: Math.ceil(side / 2) * linkCycles,
  routers: 0,
  wire: side,
});

/**
 * A binary tree over the grid with the hub at its root: a region is halved across its longer side until one tile is left. Repeaters
 * instead of routers. Link 0 joins hub and root; the halves of a region with the edges from `first` on have edge `first` and, behind
 * all edges of the first half, the next.
 */
const tree: Topology = {
  links: ({ gridRows, gridColumns }) =>
    ['out', 'home'].flatMap((way) => range(2 * gridRows * gridColumns - 1).map((link) => `link ${link} ${way}`)),
  outward: (tile, parameters) => treePath(tile, parameters, 0),
  homeward: (tile, parameters) => treePath(tile, parameters, 2 * parameters.gridRows * parameters.gridColumns - 1).reverse(),
};

function treePath(tile: number, { gridRows, gridColumns, linkCycles }: TimingParameters, base: number): Hop[] {
  const hops: Hop[] = [{ link: base, cycles: linkCycles, routers: 0, wire: 0 }];
  const { row, column } = tileSite(tile, gridRows);
  let [height, width, top, left, first] = [gridRows, gridColumns, 0, 0, 1];
  while (height * width > 1) {
    const across = width >= height;
    const side = across ? width : height;
    const half = Math.ceil(side / 2);
    const isSecond = across ? column >= left + half : row >= top + half;
    const tilesOfFirst = half * (across ? height : width);
    const link = isSecond ? first + 2 * tilesOfFirst - 1 : first;
    // the middles of region and half lie half the other half's side apart
    const wire = isSecond ? half : side - half;
    hops.push({ link: base + link, cycles: Math.ceil(wire / 2) * linkCycles, routers: 0, wire });
    first = link + 1;
    if (across) {
      left += isSecond ? half : 0;
      width = isSecond ? side - half : half;
    } else {
      top += isSecond ? half : 0;
      height = isSecond ? side - half : half;
    }
  }
  return hops;
}

/** One shared wire along every row, for both directions: a flit drives all of it, after as many cycles of arbitration as a router takes. */
const bus: Topology = {
  links: ({ gridRows }) => range(gridRows).map((row) => `bus ${row}`),
  outward: (tile, parameters) => [shared(tile, parameters)],
  homeward: (tile, parameters) => [shared(tile, parameters)],
};

const shared = (tile: number, { gridRows, gridColumns, routerCycles, linkCycles }: TimingParameters): Hop => ({
  link: tileSite(tile, gridRows).row,
  cycles: routerCycles + gridColumns * linkCycles,
  routers: 0,
  wire: 2 * gridColumns,
});

const topologies: Readonly<Record<NocTopology, Topology>> = { mesh, torus, cmesh: concentrated, 'h-tree': tree, bus };

export const topologyOf = ({ topology }: TimingParameters): Topology => topologies[topology];
