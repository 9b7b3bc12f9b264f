import type { Clock } from './clock.ts';
import type { ResourceLayout, Resources } from './resources.ts';
import { occupy, startOf } from './resources.ts';
import type { Route } from './routes.ts';

/** The network on chip between hub and tiles. Every link carries one flit per cycle. */
export interface Network {
  /** Sends a packet along its route from `at` on; returns when its tail has reached the last place. `flits`: instead of the route's own. */
  send(route: Route, at: number, flits?: number): number;
}

export function createNetwork(layout: ResourceLayout, resources: Resources, clock: Clock): Network {
  /** When the head has passed each link of the route at hand. */
  const heads: number[] = [];

  /** Reserves one link after the other: the head waits for each, every link carries all flits, the tail follows the head. */
  function send({ links, before, cycles, flits: own }: Route, at: number, flits = own): number {
    let last = at;
    for (let place = 0; place < links.length; place++) {
      const from = before[place]!;
      const link = layout.link + links[place]!;
      const start = startOf(resources, link, from < 0 ? at : heads[from]!);
      occupy(resources, link, start, clock.after(start, flits));
      const head = clock.after(start, cycles[place]!);
      heads[place] = head;
      if (head > last) last = head;
    }
    return flits === 1 ? last : clock.after(last, flits - 1);
  }

  return { send };
}
