import { expect, test } from 'vitest';
import {
  areaFromNode,
  from45,
  fromNode,
  integerAddJoules,
  integerMultiplyJoules,
  registerArea,
  registerJoules,
} from '../../src/chip/logic-costs.ts';
import { relative } from './support.ts';

const at = (nodeNm: number, supplyV: number) => ({ nodeNm, supplyV, temperatureK: 300, leakage: 'lstp' }) as const;

test('8-bit multiply and add at 130 nm: 1.238 and 0.186 pJ', () => {
  expect(relative(from45(at(130, 1.3), integerMultiplyJoules(8)), 1.238e-12)).toBeLessThan(0.01);
  expect(relative(from45(at(130, 1.3), integerAddJoules(8)), 0.186e-12)).toBeLessThan(0.01);
});

test('register bit: 71 fJ and 48 um2 at 130 nm, 1.1 fJ at 14 nm', () => {
  expect(relative(registerJoules(at(130, 1.3)), 71e-15)).toBeLessThan(0.03);
  expect(relative(registerArea(at(130, 1.3)), 48e-12)).toBeLessThan(0.05);
  expect(relative(registerJoules(at(14, 0.8)), 1.1e-15)).toBeLessThan(0.05);
});

test('a number at its own node and nominal supply stays as it is', () => {
  expect(fromNode(at(32, 0.9), 3e-12, 32)).toBeCloseTo(3e-12, 20);
  expect(areaFromNode(at(130, 1.3), 953, 130)).toBeCloseTo(953e-12, 18);
});
