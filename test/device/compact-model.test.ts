import { expect, test } from 'vitest';
import { cmoHfoxCompact, compactCurves } from '../../src/device/cmo-hfox-compact.ts';
import { applyPulse, conductanceOf, operate, states, vacanciesOf } from '../../src/device/compact-model.ts';
import { interpolate } from '../../src/device/polynomial.ts';

test('the operating point is self-consistent and grows with voltage', () => {
  const { currentA, kelvin, field } = operate(states.symmetry, 1.35, 0);
  expect(kelvin).toBeCloseTo(293 + 1.4e6 * 1.35 * currentA, 6);
  expect(field).toBeCloseTo((1.35 - 223.2 * currentA) / 12e-9, 0);
  for (let volts = 0.1; volts < 1.3; volts += 0.1)
    expect(operate(states.symmetry, volts + 0.1, 0).currentA).toBeGreaterThan(operate(states.symmetry, volts, 0).currentA);
});

test('vacancies and conductance invert each other', () => {
  for (const conductance of [27e-6, 55e-6, 90e-6])
    expect(conductanceOf(vacanciesOf(conductance)) / conductance).toBeCloseTo(1, 6);
});

test('steps have the published shape: slightly S-shaped up, growing down', () => {
  const { up, down } = compactCurves();
  for (const [g, rise, fall] of [
    [30, 1.82, -0.21],
    [50, 3.12, -2.07],
    [55, 2.95, -2.96],
    [70, 1.67, -6.35],
    [80, 0.71, -8.39],
  ] as const) {
    expect(Math.abs(interpolate(up, g * 1e-6) * 1e6 - rise)).toBeLessThan(0.12);
    expect(Math.abs(interpolate(down, g * 1e-6) * 1e6 - fall)).toBeLessThan(0.35);
  }
});

test('two halves of a pulse are one pulse, and heat is positive', () => {
  const whole = applyPulse(states.symmetry, 1.35, 1e-6, 370);
  const first = applyPulse(states.symmetry, 1.35, 0.5e-6, 370);
  const second = applyPulse(first.vacancies, 1.35, 0.5e-6, 370);
  expect(second.vacancies / whole.vacancies).toBeCloseTo(1, 4);
  expect((first.joules + second.joules) / whole.joules).toBeCloseTo(1, 4);
  expect(whole.joules).toBeGreaterThan(3e-10);
});

test('the cell reads along the I-V of the model, odd in voltage', () => {
  const current = cmoHfoxCompact.current!;
  expect(current(55e-6, 0.2) / 0.2).toBeCloseTo(55e-6, 10);
  expect(current(55e-6, -0.2)).toBeCloseTo(-current(55e-6, 0.2), 15);
  expect(current(55e-6, 0.4) / 0.4).toBeGreaterThan(80e-6);
});
