import { expect, test } from 'vitest';
import { noc } from '../../../src/chip/components/noc.ts';
import { tileArea } from '../../../src/chip/tile-area.ts';
import { relative } from '../support.ts';
import { picojoules, standardChip } from './standards.ts';

test.each([
  [130, 1.47, 0.169],
  [45, 0.237, 0.1],
  [14, 0.022, 0.064],
])('%i nm: %f pJ a bit through a router, %f pJ a bit and millimetre of link', (node, router, link) => {
  const bit = (hopMm: number) => {
    const chip = standardChip(`technology.nodeNm=${node} nm`, `noc.hopMm=${hopMm} mm`);
    return picojoules(noc.cost, 'flit-hop', chip) / chip.noc.flitBits;
  };
  expect(relative(bit(2) - bit(1), link)).toBeLessThan(0.01);
  expect(relative(2 * bit(1) - bit(2), router)).toBeLessThan(0.03);
});

test('a hop is the side of a tile, a router per tile', () => {
  const chip = standardChip();
  expect(chip.noc.hopMm).toBeCloseTo(Math.sqrt(tileArea(chip)) * 1e3, 12);
  expect(noc.cost.count(chip)).toBe(64);
  expect(noc.cost.area.value(standardChip('noc.flitBits=256'))).toBeCloseTo(2 * noc.cost.area.value(chip), 12);
});

test.each([
  ['mesh', 1, 5],
  ['torus', 1, 6],
  ['cmesh', 1 / 4, 6],
  ['h-tree', 0, 1],
  ['bus', 0, 12],
] as const)('%s: %f routers a tile, %i cycles a hop', (topology, routers, cycles) => {
  const chip = standardChip(`noc.topology=${topology}`);
  expect(noc.cost.area.value(chip)).toBeCloseTo(routers * noc.cost.area.value(standardChip()), 15);
  expect(noc.cost.latency.value(chip) * chip.clock.frequencyHz).toBeCloseTo(cycles, 9);
});

test('two half lengths of wire and a router make a hop', () => {
  const chip = standardChip();
  const [hop, wire] = [picojoules(noc.cost, 'flit-hop', chip), picojoules(noc.cost, 'flit-wire', chip)];
  const router = picojoules(noc.cost, 'flit-hop', standardChip('noc.hopMm=0.001 mm'));
  expect(relative(router + 2 * wire, hop)).toBeLessThan(1e-3);
});
