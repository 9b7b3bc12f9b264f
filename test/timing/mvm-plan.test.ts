import { expect, test } from 'vitest';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import type { Route } from '../../src/timing/routes.ts';
import { topologyOf } from '../../src/timing/topologies.ts';
import { chip130, group, groupCsrs } from './operations.ts';

const shape = group(0, 784, 256, { firstTile: 6 });

/** Last link of a way. */
const lastOf = ({ links }: Route): string => topologyOf(chip130).links(chip130)[links.at(-1)!]!;

test('lanes are row blocks; a multicast branches where its tiles lie in different mesh rows', () => {
  const plan = createGroupPlans(chip130, 0).forward(shape);
  expect(plan.lanes.map(({ inputBytes, inputOffset }) => [inputBytes, inputOffset])).toEqual([
    [256, 0],
    [256, 256],
    [256, 512],
    [16, 768],
  ]);
  expect(plan.lanes[0]!.outward).toMatchObject({ flits: 16, links: [6 * 8, 7 * 8], before: [-1, -1], cycles: [3, 3] });
  expect(plan.lanes[1]!.homeward.map(({ flits, links }) => [flits, links.length])).toEqual([
    [16, 2],
    [16, 2],
  ]);
  const straddling = createGroupPlans(chip130, 0).forward(group(1, 10, 256, { firstTile: 7 }));
  expect(straddling.lanes[0]!.outward).toMatchObject({ links: [7 * 8, 0, 1], before: [-1, -1, 1] });
});

test('flits x hops count a shared link once outward and every packet homeward', () => {
  const lane = createGroupPlans(chip130, 0).forward(shape).lanes[1]!;
  expect([lane.commandTraffic.hops, lane.outwardTraffic.hops, lane.homewardTraffic.hops]).toEqual([4, 64, 64]);
  // nine tiles: the ninth lies behind the first, whose link carries the packet once
  const shared = createGroupPlans(chip130, 0).forward(group(1, 10, 9 * 128, { firstTile: 0 })).lanes[0]!;
  expect([shared.commandTraffic.hops, shared.homeward.length]).toEqual([2 + 7, 9]);
  expect([lane.linesDriven, lane.linesConverted, lane.bufferAccesses]).toEqual([512, 256, 2 * 8 + 2 * 8]);
});

test('transposed reads exchange rows and columns and convert every row of a tile', () => {
  const plan = createGroupPlans(chip130, 0).transposed(group(0, 784, 256, { csrs: { ...groupCsrs, slices: 2 } }));
  expect([plan.inputs, plan.outputs, plan.lanesPerReplica]).toEqual([256, 784, 4]);
  expect(plan.lanes[0]!.linesDriven).toBe(64 * 2 * 4);
  expect(plan.lanes[0]!.linesConverted).toBe(784);
  expect(plan.conversionPs).toBe(Math.ceil(256 / 16) * 50_000);
});

test('an integrating converter needs one conversion time, a shared one its share', () => {
  const conversion = (change: object) => createGroupPlans({ ...chip130, ...change }, 0).forward(shape).conversionPs;
  expect([conversion({}), conversion({ adcMux: 1 }), conversion({ adcIntegrates: true })]).toEqual([400_000, 50_000, 50_000]);
});

test('replicas follow each other in the grid, and plans are kept per group object', () => {
  const plans = createGroupPlans(chip130, 100);
  const twice = group(2, 100, 100, { firstTile: 3, replicas: 2 });
  expect(plans.units(twice)).toEqual([103, 104]);
  expect(plans.forward(twice).lanes.map(({ replica, homeward }) => [replica, lastOf(homeward[0]!)])).toEqual([
    [0, 'link 3.0 west'],
    [1, 'link 4.0 west'],
  ]);
  expect(plans.forward(twice)).toBe(plans.forward(twice));
  expect(plans.forward({ ...twice })).not.toBe(plans.forward(twice));
});

test('a row that the tile drives itself is driven, but neither sent nor converted', () => {
  const constant = group(0, 513, 128, { csrs: { ...groupCsrs, constantRow: true } });
  const plans = createGroupPlans(chip130, 0);
  const forward = plans.forward(constant);
  expect(forward.lanes.map(({ inputBytes, linesDriven }) => [inputBytes, linesDriven])).toEqual([
    [256, 256],
    [256, 256],
    [0, 1],
  ]);
  expect(plans.transposed(constant).outputs).toBe(512);
  expect(plans.transposed(constant).lanes[0]!.linesConverted).toBe(512);
});
