import { expect, test } from 'vitest';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import { chip130, group, groupCsrs } from './operations.ts';

const shape = group(0, 784, 256, { firstTile: 6 });

test('lanes are row blocks; tiles on different mesh rows get packets of their own', () => {
  const plan = createGroupPlans(chip130, 0).forward(shape);
  expect(plan.lanes.map(({ inputBytes, inputOffset }) => [inputBytes, inputOffset])).toEqual([
    [256, 0],
    [256, 256],
    [256, 512],
    [16, 768],
  ]);
  expect(plan.lanes[0]!.outward).toEqual([
    { row: 6, column: 0, flits: 16 },
    { row: 7, column: 0, flits: 16 },
  ]);
  expect(plan.lanes[1]!.homeward).toEqual([
    { row: 0, column: 1, flits: 16 },
    { row: 1, column: 1, flits: 16 },
  ]);
  const straddling = createGroupPlans(chip130, 0).forward(group(1, 10, 256, { firstTile: 7 }));
  expect(straddling.lanes[0]!.outward.map(({ row, column }) => [row, column])).toEqual([
    [7, 0],
    [0, 1],
  ]);
});

test('flits x hops count a shared link once outward and every packet homeward', () => {
  const lane = createGroupPlans(chip130, 0).forward(shape).lanes[1]!;
  expect([lane.outwardHops, lane.outwardFlitHops, lane.homewardFlitHops]).toEqual([4, 64, 64]);
  // nine tiles: the ninth lies behind the first, whose link carries the packet once
  const shared = createGroupPlans(chip130, 0).forward(group(1, 10, 9 * 128, { firstTile: 0 })).lanes[0]!;
  expect([shared.outwardHops, shared.homeward.length]).toEqual([2 + 7, 9]);
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
  expect(plans.forward(twice).lanes.map(({ replica, homeward }) => [replica, homeward[0]!.row])).toEqual([
    [0, 3],
    [1, 4],
  ]);
  expect(plans.forward(twice)).toBe(plans.forward(twice));
  expect(plans.forward({ ...twice })).not.toBe(plans.forward(twice));
});
