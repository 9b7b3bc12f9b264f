import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, energyOver, powerOver, ratio, scale, subtract } from '../../src/units/combine.ts';
import { type Joules, joules, type Seconds, seconds, watts } from '../../src/units/quantity.ts';

fc.configureGlobal({ seed: 1 });

describe('combining quantities', () => {
  test('keeps the dimension', () => {
    const total: Seconds = add(seconds(1), seconds(2));
    expect(total).toBe(3);
    expect(subtract(total, seconds(1))).toBe(2);
    const scaled: Joules = scale(joules(3), 2);
    expect(scaled).toBe(6);
    expect(ratio(seconds(3), seconds(2))).toBe(1.5);
  });

  test('energy is power over time', () => {
    const energy: Joules = energyOver(watts(2), seconds(3));
    expect(energy).toBe(6);
    expect(powerOver(energy, seconds(3))).toBe(2);
  });

  test('mixed dimensions do not compile', () => {
    // @ts-expect-error seconds and joules do not add
    expect(add(seconds(1), joules(1))).toBe(2);
    // @ts-expect-error the ratio of two dimensions is no plain number
    expect(ratio(joules(1), seconds(1))).toBe(1);
    // @ts-expect-error the arguments are exchanged
    expect(energyOver(seconds(1), watts(1))).toBe(1);
  });

  test('scaling distributes over addition to rounding', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, value, (a, b, k) => {
        const left = scale(add(joules(a), joules(b)), k);
        const right = add(scale(joules(a), k), scale(joules(b), k));
        expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(a * k) + Math.abs(b * k)));
      }),
    );
  });
});
