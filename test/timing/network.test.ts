import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nocTopologies } from '../../src/chip/noc-geometry.ts';
import { createFabric } from '../../src/timing/fabric.ts';
import { routeHomeward, routeOutward } from '../../src/timing/routes.ts';
import { chip130, group, halt, mvm, time } from './operations.ts';

const cycle = 5_000;
const hop = 3;
/** Tile in a row and column of the grid. */
const tileAt = (row: number, column: number): number => column * chip130.gridRows + row;
const bytesOf = (flits: number): number => flits * chip130.flitBytes;
const home = (row: number, column: number, flits: number) => routeHomeward(tileAt(row, column), bytesOf(flits), chip130);
const out = (row: number, column: number, flits: number) => routeOutward([tileAt(row, column)], bytesOf(flits), chip130);

test('alone, a packet takes its hops plus one cycle per further flit', () => {
  fc.assert(
    fc.property(fc.nat(7), fc.nat(7), fc.integer({ min: 1, max: 40 }), (row, column, flits) => {
      const { network } = createFabric(chip130);
      const alone = ((column + 1) * hop + flits - 1) * cycle;
      expect(network.send(out(row, column, flits), 0)).toBe(alone);
      expect(network.send(home(row, column, flits), 0)).toBe(alone);
    }),
    { seed: 9 },
  );
});

test('contention: a link carries one flit per cycle, and a packet is never early', () => {
  const packet = fc.record({ column: fc.nat(7), flits: fc.integer({ min: 1, max: 9 }), gap: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 25 }), (packets) => {
      const { network, resources, layout } = createFabric(chip130);
      let at = 0;
      let carried = 0;
      let last = 0;
      for (const { column, flits, gap } of packets) {
        at += gap * cycle;
        const arrived = network.send(home(2, column, flits), at);
        expect(arrived).toBeGreaterThanOrEqual(at + ((column + 1) * hop + flits - 1) * cycle);
        carried += flits;
        last = Math.max(last, arrived);
      }
      const gate = layout.names.indexOf('link 2.0 west');
      expect(resources.busyPs[gate]).toBe(carried * cycle);
      expect(last).toBeGreaterThanOrEqual((carried + hop - 1) * cycle);
    }),
    { seed: 10 },
  );
});

test('packets of other rows and of the other direction do not contend', () => {
  const { network } = createFabric(chip130);
  const alone = network.send(out(0, 3, 20), 0);
  expect(network.send(out(1, 3, 20), 0)).toBe(alone);
  expect(network.send(home(0, 3, 20), 0)).toBe(alone);
  expect(network.send(out(0, 3, 20), 0)).toBe(alone + 20 * cycle);
});

test('a command is one flit, whatever the route was made for', () => {
  const { network } = createFabric(chip130);
  expect(network.send(out(0, 3, 20), 0, 1)).toBe(4 * hop * cycle);
});

test('the topology decides how long a product takes and what its packets pass', () => {
  const product = [mvm(group(0, 784, 256), 0, 1 << 16, 8), halt];
  const run = (topology: typeof chip130.topology) => time(product, { ...chip130, topology, concentration: 4 });
  const outcomes = nocTopologies.map((topology) => [topology, run(topology)] as const);
  const seconds = new Map(outcomes.map(([topology, { picoseconds }]) => [topology, Number(picoseconds)]));
  expect(new Set(seconds.values()).size).toBe(nocTopologies.length);
  // eight tiles on the first column of a mesh have links of their own; a trunk or a shared router has to serve them all
  expect(seconds.get('h-tree')).toBeGreaterThan(seconds.get('mesh')!);
  const hops = new Map(
    outcomes.map(([topology, { actions }]) => [topology, [actions['noc.flit-hop'], actions['noc.flit-wire']]]),
  );
  expect(hops.get('mesh')).toEqual([expect.any(Number), 0]);
  for (const routerless of ['h-tree', 'bus'] as const) {
    expect(hops.get(routerless)![0]).toBe(0);
    expect(hops.get(routerless)![1]).toBeGreaterThan(0);
  }
  expect(hops.get('torus')![1]).toBeGreaterThan(0);
});
