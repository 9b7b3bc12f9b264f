import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TimingParameters } from '../../src/chip/cost-table.ts';
import { nocTopologies } from '../../src/chip/noc-geometry.ts';
import { createFabric } from '../../src/timing/fabric.ts';
import { flitsOf, routeHomeward, routeOutward, trafficOf } from '../../src/timing/routes.ts';
import { chip130 } from './operations.ts';

const chips = fc
  .record({
    topology: fc.constantFrom(...nocTopologies),
    gridRows: fc.integer({ min: 1, max: 7 }),
    gridColumns: fc.integer({ min: 1, max: 7 }),
    concentration: fc.integer({ min: 1, max: 10 }),
  })
  .map((change): TimingParameters => ({ ...chip130, ...change }));

const withTiles = chips.chain((chip) => {
  const tile = fc.nat(chip.gridRows * chip.gridColumns - 1);
  return fc.tuple(fc.constant(chip), fc.uniqueArray(tile, { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 900 }));
});

test('an empty packet still is a flit', () => {
  expect([0, 1, 16, 17].map((bytes) => flitsOf(bytes, 16))).toEqual([1, 1, 1, 2]);
});

test('law: a multicast crosses every link once, reaches each tile no later than alone and costs no more than packets of their own', () => {
  fc.assert(
    fc.property(withTiles, ([chip, tiles, bytes]) => {
      const together = routeOutward(tiles, bytes, chip);
      expect(new Set(together.links).size).toBe(together.links.length);
      const alone = tiles.map((tile) => routeOutward([tile], bytes, chip));
      expect(new Set(alone.flatMap(({ links }) => links))).toEqual(new Set(together.links));
      const [one, many] = [trafficOf([together]), trafficOf(alone)];
      expect([one.hops <= many.hops, one.wire <= many.wire]).toEqual([true, true]);
      const arrival = Math.max(...alone.map((route) => createFabric(chip).network.send(route, 0)));
      expect(createFabric(chip).network.send(together, 0)).toBe(arrival);
    }),
    { seed: 21, numRuns: 60 },
  );
});

test('law: whatever the topology, no packet is early and no link carries more than a flit a cycle', () => {
  fc.assert(
    fc.property(withTiles, fc.infiniteStream(fc.boolean()), ([chip, tiles, bytes], ways) => {
      const { network, resources, layout } = createFabric(chip);
      const used = new Map<number, number>();
      let latest = 0;
      for (const tile of tiles) {
        const isOut = ways.next().value as boolean;
        const route = isOut ? routeOutward([tile], bytes, chip) : routeHomeward(tile, bytes, chip);
        const arrived = network.send(route, 0);
        expect(arrived).toBeGreaterThanOrEqual(createFabric(chip).network.send(route, 0));
        latest = Math.max(latest, arrived);
        for (const link of route.links) used.set(link, (used.get(link) ?? 0) + route.flits);
      }
      const cycle = 1e12 / chip.clockHz;
      for (const [link, flits] of used) {
        expect(resources.busyPs[layout.link + link]).toBe(flits * cycle);
        expect(latest).toBeGreaterThanOrEqual((flits - 1) * cycle);
      }
    }),
    { seed: 22, numRuns: 60 },
  );
});

test('law: more flits never arrive sooner and never cost less', () => {
  fc.assert(
    fc.property(withTiles, ([chip, [tile], bytes]) => {
      const [small, large] = [routeHomeward(tile!, bytes, chip), routeHomeward(tile!, 2 * bytes, chip)];
      const time = (route: typeof small) => createFabric(chip).network.send(route, 0);
      expect(time(large)).toBeGreaterThanOrEqual(time(small));
      const [light, heavy] = [trafficOf([small]), trafficOf([large])];
      expect([heavy.hops >= light.hops, heavy.wire >= light.wire]).toEqual([true, true]);
    }),
    { seed: 23, numRuns: 60 },
  );
});
