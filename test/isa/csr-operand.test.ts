import { expect, test } from 'vitest';
import { csrImmediate, csrOperand } from '../../src/isa/csr-operand.ts';

test.each([
  ['ADC_BITS', 8, 8],
  ['ADC_RANGE', 0.5, 0.5],
  ['MAPPING', 'digital-offset', 'digital-offset'],
  ['FORMAT', 'u8', 'u8'],
] as const)('%s = %s comes back from its word', (name, value, back) =>
  expect(csrImmediate(name, csrOperand(name, value).value)).toBe(back));

test.each([
  ['ADC_BITS', -1],
  ['ADC_BITS', 1.5],
  ['ADC_BITS', 'eight'],
  ['MAPPING', 'pair'],
  ['WEIGHT_MAX', -1],
] as const)('%s = %s is refused', (name, value) => expect(() => csrOperand(name, value)).toThrow(RangeError));

test.each([
  ['ADC_BITS', 17],
  ['MAPPING', 6],
  ['ADC_RANGE', 0xffffff],
] as const)('%s with bits %d holds nothing', (name, raw) => expect(csrImmediate(name, raw)).toBeUndefined());
