import { expect, test } from 'vitest';
import { cmoHfoxNumbers, cmoHfoxParameters } from '../../src/device/cmo-hfox-parameters.ts';

test('every number of the cell is a documented parameter, once', () => {
  expect(cmoHfoxParameters.map(({ name }) => name).sort()).toEqual(Object.keys(cmoHfoxNumbers).sort());
  for (const { name, value } of cmoHfoxParameters) expect(value).toBe(cmoHfoxNumbers[name as keyof typeof cmoHfoxNumbers]);
});
