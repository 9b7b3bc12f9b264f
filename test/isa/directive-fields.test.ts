import { expect, test } from 'vitest';
import { readFields } from '../../src/isa/directive-fields.ts';

const head = { text: '.window', column: 1 };
const fields = (...texts: string[]) =>
  readFields(
    texts.map((text) => ({ text, column: 1 })),
    ['kernel', 'pad', 'height'],
  );

test('reads whole numbers and pairs', () => {
  const read = fields('kernel=5x3', 'height=28');
  expect(read.whole('height', head)).toBe(28);
  expect(read.optional('pad')).toBeUndefined();
  expect(read.pair('kernel', 'x', head)).toEqual([5, 3]);
  expect(read.pair('height', 'x', head)).toEqual([28, 28]);
  expect(read.pair('pad', ':', head, 0)).toEqual([0, 0]);
  expect(read.token('pad')).toBeUndefined();
});

test('refuses unknown, doubled, missing and unreadable fields', () => {
  expect(() => fields('kernle=5')).toThrow('want one of kernel, pad, height');
  expect(() => fields('pad=1', 'pad=2')).toThrow('want each field once');
  expect(() => fields('5')).toThrow('want fields such as');
  expect(() => fields().whole('height', head)).toThrow('want height=');
  expect(() => fields().pair('kernel', 'x', head)).toThrow('want kernel=');
  expect(() => fields('height=-1').whole('height', head)).toThrow('want a whole number');
  expect(() => fields('kernel=5x').pair('kernel', 'x', head)).toThrow('want a whole number');
});
