import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bits, choice, flag, integer, plainNumber, quantity, text } from '../../src/chip/parameter.ts';
import { describeRange, describeValueOf, readValue } from '../../src/chip/parameter-value.ts';

const common = { doc: 'd', source: 's' };
const duration = quantity('s', { ...common, from: 1e-12, to: 1e-3, standard: 1e-9 });
const node = quantity('m', { ...common, from: 7, to: 130, standard: 130 }, 1e-9);
const size = quantity('B', { ...common, from: 1, to: 1e6, standard: 64 });
const resolution = bits({ ...common, standard: 8 });
const count = integer({ ...common, from: 1, to: 10, standard: 1 });
const factor = plainNumber({ ...common, from: 0, to: 2, standard: 1 });
const scheme = choice(['none', 'abs-max'], { ...common, standard: 'none' });
const switched = flag({ ...common, standard: true });
const label = text({ ...common, standard: '' });

test.each([
  [duration, '2 ns', 2e-9],
  [duration, '0.5us', 0.5e-6],
  [node, '14 nm', 14],
  [size, '512 B', 512],
  [resolution, 8, 8],
  [resolution, 'ideal', 0],
  [resolution, '6', 6],
  [count, '3', 3],
  [factor, 1.22, 1.22],
  [scheme, 'abs-max', 'abs-max'],
  [switched, 'false', false],
  [switched, true, true],
  [label, 'x', 'x'],
] as const)('reads %#', (parameter, raw, value) => {
  expect(readValue(parameter, raw)).toEqual({ ok: true, value });
});

test.each([
  [duration, 2e-9, 'a duration with its unit, such as 2 ns'],
  [duration, '2 nm', 'a duration such as 2 ns (the unit nm does not measure a duration)'],
  [duration, '2 s', 'a value from 1 ps to 1 ms'],
  [duration, undefined, 'a value from 1 ps to 1 ms'],
  [size, '0.5 B', 'whole bytes from 1 B to 976.6 KiB'],
  [resolution, 1, 'ideal or a whole number of bits from 2 to 16'],
  [resolution, 6.5, 'ideal or a whole number of bits from 2 to 16'],
  [count, 2.5, 'a whole number from 1 to 10'],
  [count, 'many', 'a whole number from 1 to 10'],
  [factor, Number.NaN, 'a value from 0 to 2'],
  [factor, Number.POSITIVE_INFINITY, 'a value from 0 to 2'],
  [scheme, 'absmax', 'one of none, abs-max'],
  [switched, 'yes', 'true or false'],
  [label, 3, 'a text'],
] as const)('refuses %#', (parameter, raw, expected) => {
  expect(readValue(parameter, raw)).toMatchObject({ ok: false, expected });
});

test('a misspelt choice comes with the nearest one', () => {
  expect(readValue(scheme, 'absmax')).toMatchObject({ nearest: 'abs-max' });
});

test('what is described is read back within four digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-11, max: 1e-4, noNaN: true }), fc.integer({ min: 7, max: 130 }), (seconds, nanometres) => {
      const reading = readValue(duration, describeValueOf(duration, seconds));
      expect(reading.ok && Math.abs(Number(reading.value) / seconds - 1)).toBeLessThan(1e-3);
      expect(readValue(node, describeValueOf(node, nanometres))).toEqual({ ok: true, value: nanometres });
    }),
    { seed: 3 },
  );
});

test('an ideal converter is written so', () => {
  expect(describeValueOf(resolution, 0)).toBe('ideal');
  expect(describeRange(label)).toBe('a text');
});
