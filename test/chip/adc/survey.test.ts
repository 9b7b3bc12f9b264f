import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surveyArea, surveyJoules } from '../../../src/chip/adc/survey.ts';
import { relative } from '../support.ts';

test.each([
  [8, 100e6, 32, 1.7137e-12, 3938.9e-12],
  [6, 10e6, 130, 14.857e-12, 19950e-12],
])('%i bits, %f Hz, %i nm: energy and area the tool gives', (bits, samplesHz, nodeNm, joules, area) => {
  expect(relative(surveyJoules(bits, samplesHz, nodeNm), joules)).toBeLessThan(1e-4);
  expect(relative(surveyArea(bits, samplesHz, nodeNm), area)).toBeLessThan(1e-4);
});

test.each([
  [130, 23.9],
  [65, 6.5],
  [45, 3.25],
  [22, 0.85],
  [14, 0.36],
])('8 bits at %i nm: %f pJ', (nodeNm, picojoules) => {
  expect(relative(surveyJoules(8, 20e6, nodeNm), picojoules * 1e-12)).toBeLessThan(0.02);
});

test('slower never saves energy, and below 1 GS/s at 8 bits speed is free', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 12 }), fc.double({ min: 1e6, max: 5e9, noNaN: true }), (bits, samplesHz) => {
      expect(surveyJoules(bits, 2 * samplesHz, 32)).toBeGreaterThanOrEqual(surveyJoules(bits, samplesHz, 32));
    }),
    { seed: 21, numRuns: 100 },
  );
  expect(surveyJoules(8, 1e6, 32)).toBe(surveyJoules(8, 1e9, 32));
});
