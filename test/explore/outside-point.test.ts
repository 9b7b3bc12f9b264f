import { expect, test } from 'vitest';
import { checkAxes } from '../../src/explore/check-axes.ts';
import { describeAxes, outsidePoint, ProtocolError } from '../../src/explore/outside-point.ts';
import type { Resolver } from '../../src/explore/resolve-point.ts';
import { parseSweep } from '../../src/explore/sweep-spec.ts';

const spec = parseSweep(
  `name: t\nexperiment: e\nobjectives: [area]\nsampling: { method: external }\naxes:
  - { path: tile.adc.kind, values: [sar, cco] }
  - { path: tile.adc.bits, range: { from: 4, to: 10, whole: true }, when: { tile.adc.kind: sar } }
  - { path: tile.input.stepS, log: { from: 1, to: 10, unit: ns } }\n`,
  't.yaml',
);
const take = (asked: unknown) => outsidePoint(spec.axes, asked, () => undefined);

test('a point is taken as asked, units added, inactive axes left out', () => {
  expect(take({ 'tile.adc.kind': 'sar', 'tile.adc.bits': 5, 'tile.input.stepS': 2.5 })).toEqual({
    'tile.adc.kind': 'sar',
    'tile.adc.bits': 5,
    'tile.input.stepS': '2.5 ns',
  });
  expect(take({ 'tile.adc.kind': 'cco', 'tile.adc.bits': 5, 'tile.input.stepS': 1 })).toEqual({
    'tile.adc.kind': 'cco',
    'tile.input.stepS': '1 ns',
  });
  expect(describeAxes(spec.axes)[1]).toEqual({
    path: 'tile.adc.bits',
    from: 4,
    to: 10,
    scale: 'linear',
    whole: true,
    when: { 'tile.adc.kind': ['sar'] },
  });
});

test.each([
  [{ 'tile.adc.kind': 'sra' }, 'want one of sar, cco'],
  [{ 'tile.adc.kind': 'sar', 'tile.adc.bits': 5.5, 'tile.input.stepS': 1 }, 'want a whole number from 4 to 10'],
  [{ 'tile.adc.kind': 'sar', 'tile.input.stepS': 1 }, 'axis tile.adc.bits has no value'],
  [{ 'tile.adc.kin': 'sar' }, 'did you mean tile.adc.kind?'],
  [[1], 'want an object'],
])('%j is refused', (asked, words) => {
  expect(() => take(asked)).toThrow(ProtocolError);
  expect(() => take(asked)).toThrow(words);
});

test('axes that name nothing, and a grid too large, are refused before anything runs', () => {
  const resolver = { base: () => undefined } as unknown as Resolver;
  const of = (axes: string) =>
    checkAxes(parseSweep(`name: t\nexperiment: e\nobjectives: [area]\naxes:\n${axes}`, 't.yaml'), resolver);
  expect(() => of('  - { path: tile.rowz, values: [1] }')).toThrow(/^t.yaml:5:5 found .*did you mean tile.rows\?/);
  expect(() => of('  - { path: epoch, values: [1] }')).toThrow('a member of the experiment');
  expect(() =>
    of(
      '  - { path: tile.rows, range: { from: 1, to: 2000, step: 1 } }\n  - { path: tile.columns, range: { from: 1, to: 2000, step: 1 } }',
    ),
  ).toThrow('a grid of 4000000 points');
  of(
    '  - { path: tile.rows, values: [64] }\n  - { path: training.epochs, values: [1] }\n  - { path: mapping.len, values: [0, 2] }\n  - { path: network.layers.0.linear, values: [9] }',
  );
});
