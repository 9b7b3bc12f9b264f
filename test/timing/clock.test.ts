import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../../src/timing/clock.ts';

const frequency = fc.integer({ min: 1_000, max: 4_000_000 }).map((kilohertz) => kilohertz * 1_000);
const exactEdge = (cycle: number, hertz: number) =>
  Number((2n * BigInt(cycle) * 10n ** 12n + BigInt(hertz)) / (2n * BigInt(hertz)));

test('edge n lies at round(n x 1e12 / f), computed from n', () => {
  fc.assert(
    fc.property(frequency, fc.nat(1_000_000), (hertz, cycle) => {
      expect(createClock(hertz).after(0, cycle)).toBe(exactEdge(cycle, hertz));
    }),
    { seed: 3 },
  );
});

test('edges add up: m then n edges later is m + n edges later', () => {
  fc.assert(
    fc.property(frequency, fc.nat(100_000), fc.nat(100_000), (hertz, first, second) => {
      const clock = createClock(hertz);
      expect(clock.after(clock.after(0, first), second)).toBe(clock.after(0, first + second));
    }),
    { seed: 4 },
  );
});

test('the next edge is an edge, not before the time, and less than one cycle after it', () => {
  fc.assert(
    fc.property(frequency, fc.nat(2 ** 40), (hertz, time) => {
      const clock = createClock(hertz);
      const edge = clock.atOrAfter(time);
      expect(edge).toBeGreaterThanOrEqual(time);
      expect(edge - time).toBeLessThanOrEqual(Math.ceil(1e12 / hertz));
      expect(clock.atOrAfter(edge)).toBe(edge);
    }),
    { seed: 5 },
  );
});

test('shifting by the repeat changes no duration', () => {
  fc.assert(
    fc.property(frequency, fc.nat(1_000_000), fc.nat(1_000), fc.integer({ min: 1, max: 3 }), (hertz, time, cycles, repeats) => {
      const clock = createClock(hertz);
      const shift = repeats * clock.repeatPs;
      const edge = clock.atOrAfter(time);
      expect(clock.after(edge + shift, cycles) - shift).toBe(clock.after(edge, cycles));
    }),
    { seed: 6 },
  );
});

test('1.28 GHz does not drift: 4 cycles are 3125 ps', () => {
  const clock = createClock(1.28e9);
  expect([1, 2, 3, 4, 4_000_000].map((cycles) => clock.after(0, cycles))).toEqual([781, 1563, 2344, 3125, 3_125_000_000]);
  expect(clock.cyclesAt(3_125_000_001n)).toBe(4_000_001n);
});

test('a frequency outside 1 Hz to 1 THz is refused', () => {
  expect(() => createClock(0)).toThrow('clock frequency is 0 Hz');
  expect(() => createClock(Number.NaN)).toThrow('want 1 to 1e12');
});
