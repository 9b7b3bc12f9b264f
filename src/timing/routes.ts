import type { TimingParameters } from '../chip/cost-table.ts';
import { topologyOf } from './topologies.ts';

/** The way of a packet, to one tile or as a tree to several, or home from one. */
export interface Route {
  readonly flits: number;
  /** Links of the network, every one after the one that leads to it. */
  readonly links: readonly number[];
  /** Per link: the place in `links` of the one before, -1 where the packet begins; and cycles of the head. */
  readonly before: readonly number[];
  readonly cycles: readonly number[];
  /** What one flit passes in all: routers with a tile's length of link each, and half tile lengths of wire. */
  readonly routers: number;
  readonly wire: number;
}

/** Traffic of the network: flits x routers, and flits x half tile lengths of wire. */
export interface Traffic {
  readonly hops: number;
  readonly wire: number;
}

export const flitsOf = (bytes: number, flitBytes: number): number => Math.max(1, Math.ceil(bytes / flitBytes));

/** One packet for all of the tiles: it crosses a link they share once. */
export function routeOutward(tiles: readonly number[], bytes: number, parameters: TimingParameters): Route {
  const topology = topologyOf(parameters);
  return routeAlong(
    tiles.map((tile) => topology.outward(tile, parameters)),
    flitsOf(bytes, parameters.flitBytes),
  );
}

export const routeHomeward = (tile: number, bytes: number, parameters: TimingParameters): Route =>
  routeAlong([topologyOf(parameters).homeward(tile, parameters)], flitsOf(bytes, parameters.flitBytes));

function routeAlong(paths: readonly ReturnType<ReturnType<typeof topologyOf>['outward']>[], flits: number): Route {
  const placeOf = new Map<number, number>();
  const [links, before, cycles]: number[][] = [[], [], []];
  let [routers, wire] = [0, 0];
  for (const path of paths) {
    let last = -1;
    for (const hop of path) {
      let place = placeOf.get(hop.link);
      if (place === undefined) {
        place = links!.length;
        placeOf.set(hop.link, place);
        links!.push(hop.link);
        before!.push(last);
        cycles!.push(hop.cycles);
        routers += hop.routers;
        wire += hop.wire;
      }
      last = place;
    }
  }
  return { flits, links: links!, before: before!, cycles: cycles!, routers, wire };
}

export function trafficOf(routes: readonly Route[]): Traffic {
  let [hops, wire] = [0, 0];
  for (const route of routes) {
    hops += route.flits * route.routers;
    wire += route.flits * route.wire;
  }
  return { hops, wire };
}
