import { describe, expect, test } from 'vitest';
import { bytes, type Joules, joules, picoseconds, type Seconds, seconds, volts } from '../../src/units/quantity.ts';

describe('quantities', () => {
  test('carry their number unchanged', () => {
    expect(seconds(1.5)).toBe(1.5);
    expect(joules(-2e-12)).toBe(-2e-12);
  });

  test('refuse NaN and infinities, naming the value first', () => {
    expect(() => volts(Number.NaN)).toThrow(new RangeError('voltage is NaN; want a finite number'));
    expect(() => seconds(Number.POSITIVE_INFINITY)).toThrow('duration is Infinity');
  });

  test('picoseconds and bytes are whole and not negative', () => {
    expect(picoseconds(3)).toBe(3);
    expect(() => picoseconds(-3)).toThrow('delay is -3; want a whole number >= 0');
    expect(() => bytes(0.5)).toThrow(RangeError);
  });

  test('a quantity is refused where another dimension is due, by the compiler', () => {
    const wait = (duration: Seconds): number => duration;
    // @ts-expect-error an energy is no duration
    expect(wait(joules(1))).toBe(1);
    // @ts-expect-error a bare number has no dimension
    const energy: Joules = 1;
    expect(energy).toBe(1);
  });
});
