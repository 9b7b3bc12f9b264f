import { describe, expect, test } from 'vitest';
import { type Axis, gridValues, valueAt } from '../../src/explore/axis.ts';
import { violation } from '../../src/explore/objective.ts';
import { parseSweep } from '../../src/explore/sweep-spec.ts';

const head = 'name: t\nexperiment: e\n';
const withAxes = (axes: string, more = 'objectives: [area]\n') => parseSweep(`${head}axes:\n${axes}\n${more}`, 't.yaml');
const axis = (text: string): Axis => withAxes(`  - ${text}`).axes[0]!;

describe('axes', () => {
  test.each([
    ['{ path: tile.rows, values: [64, 128, 64] }', [64, 128]],
    ['{ path: tile.rows, range: { from: 2, to: 9, step: 3 } }', [2, 5, 8]],
    ['{ path: tile.rows, range: { from: 0, to: 1, steps: 3 } }', [0, 0.5, 1]],
    ['{ path: tile.rows, log: { from: 1, to: 100, steps: 3, whole: true } }', [1, 10, 100]],
    ['{ path: tile.input.stepS, log: { from: 1, to: 16, steps: 3, unit: ns } }', ['1 ns', '4 ns', '16 ns']],
    ['{ path: size, variants: { small: { tile.rows: 64 }, large: { tile.rows: 512 } } }', ['small', 'large']],
  ])('%s', (text, values) => {
    expect(gridValues(axis(text))).toEqual(values);
  });

  test('a free stretch is continuous for samplers, a stepped one is not', () => {
    expect(valueAt(axis('{ path: a.b, range: { from: 0, to: 1 } }'), 0.123)).toBeCloseTo(0.123);
    expect(valueAt(axis('{ path: a.b, range: { from: 0, to: 1, step: 0.5 } }'), 0.4)).toBe(0.5);
  });
});

describe('refuses, at its line,', () => {
  test.each([
    [
      'two kinds of values',
      '  - { path: a, values: [1], range: { from: 1, to: 2 } }',
      'objectives: [area]',
      'expected exactly one of them',
    ],
    [
      'a range that runs backwards',
      '  - { path: a, range: { from: 2, to: 1 } }',
      'objectives: [area]',
      '`to` at or above `from`',
    ],
    ['a log axis from zero', '  - { path: a, log: { from: 0, to: 1 } }', 'objectives: [area]', '`from` above 0'],
    [
      'a path twice',
      '  - { path: a, values: [1] }\n  - { path: b, also: [a], values: [1] }',
      'objectives: [area]',
      'one axis a path',
    ],
    [
      'a condition on a later axis',
      '  - { path: a, values: [1], when: { b: 1 } }\n  - { path: b, values: [1] }',
      'objectives: [area]',
      'no earlier axis',
    ],
    ['an unknown metric', '  - { path: a, values: [1] }', 'objectives: [acuracy]', 'did you mean accuracy?'],
    [
      'a limit without its unit',
      '  - { path: a, values: [1] }',
      'objectives: [area]\nconstraints: [area <= 50]',
      'an area with its unit',
    ],
    [
      'a metric no stage measures',
      '  - { path: a, values: [1] }',
      'objectives: [accuracy]\nstages: [{ fidelity: timing }]',
      'fidelity full or values',
    ],
    ['an unknown member', '  - { path: a, values: [1] }', 'objectives: [area]\nsampling: { method: grid, point: 3 }', 'unknown'],
    [
      'stages with nsga2',
      '  - { path: a, values: [1] }',
      'objectives: [area]\nsampling: { method: nsga2, population: 8, generations: 2 }\nstages: [{ fidelity: timing }, { fidelity: full }]',
      'one stage',
    ],
  ])('%s', (_, axes, more, words) => {
    expect(() => withAxes(axes, more)).toThrow(words);
    expect(() => withAxes(axes, more)).toThrow(/t\.yaml:\d+:\d+ found /);
  });
});

test('objectives follow the better direction unless told otherwise; limits are read with units', () => {
  const { objectives, constraints } = withAxes(
    '  - { path: a, values: [1] }',
    'objectives: [accuracy, area, max latency]\nconstraints: [area <= 50 mm2, accuracy >= 95 %]',
  );
  expect(objectives.map(({ sign }) => sign)).toEqual([-1, 1, -1]);
  expect(constraints.map(({ limit }) => limit)).toEqual([50e-6, 0.95]);
  expect(violation(constraints[0]!, 100e-6)).toBeCloseTo(1);
  expect(violation(constraints[1]!, 0.96)).toBe(0);
});
