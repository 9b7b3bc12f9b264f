import { expect, test } from 'vitest';
import { readDataValues } from '../../src/isa/data-values.ts';

const token = (text: string) => ({ text, column: 1 });
const bytes = (type: string, ...values: string[]): number[] => [...readDataValues(token(type), values.map(token))];

test('values are little-endian in their type', () => {
  expect(bytes('u8', '0', '255', '0x10')).toEqual([0, 255, 16]);
  expect(bytes('i32', '-2', '256')).toEqual([254, 255, 255, 255, 0, 1, 0, 0]);
  expect(bytes('f32', '-1.5')).toEqual([0, 0, 192, 191]);
});

test.each([
  ['u8', '256'],
  ['u8', '1.5'],
  ['i32', '2147483648'],
  ['f32', '1e39'],
  ['f32', 'x'],
  ['f64', '1'],
  ['u8'],
])('%s %s is refused', (type, ...values) => expect(() => bytes(type, ...values)).toThrow());
