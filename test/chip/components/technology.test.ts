import { expect, test } from 'vitest';
import { identity, technology } from '../../../src/chip/components/technology.ts';
import { standardChip } from './standards.ts';

test('the supply follows the node', () => {
  expect(standardChip().technology).toEqual({ nodeNm: 130, supplyV: 1.3, temperatureK: 300, leakage: 'lstp' });
  expect(standardChip('technology.nodeNm=14 nm').technology.supplyV).toBe(0.8);
  expect(standardChip('technology.nodeNm=14 nm', 'technology.supplyV=0.7 V').technology.supplyV).toBe(0.7);
});

test('names and nodes cost nothing themselves', () => {
  expect('cost' in identity || 'cost' in technology).toBe(false);
  expect(Object.keys(identity.parameters)).toEqual(['name', 'doc', 'device']);
});
