import { expect, test } from 'vitest';
import { chipPaths } from '../../src/chip/components/components.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { explainChip } from '../../src/chip/explain.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { issuesOf } from './support.ts';

const chip = chipPreset('cmo-130nm');

test('the whole chip: every parameter once, costs as in the cost table', () => {
  const all = explainChip(chip);
  expect(all.flatMap(({ parameters }) => parameters.map(({ path }) => path)).sort()).toEqual([...chipPaths].sort());
  for (const { component, actions, area, count } of costTableOf(chip.description).components) {
    const explained = all.find((item) => item.component === component)!;
    const si = Object.fromEntries(explained.costs.map((cost) => [cost.name, cost.si]));
    expect(si).toMatchObject(actions);
    expect(si.area! * count).toBeCloseTo(area, 15);
    expect(explained.count).toBe(count);
  }
});

test('a component by path or by report row: formula, parameters with units, sources, current value', () => {
  const [adc] = explainChip(chip, 'tile.adc');
  expect(explainChip(chip, 'adc')).toEqual([adc]);
  const convert = adc!.costs.find(({ name }) => name === 'convert')!;
  expect(convert).toMatchObject({ value: '7.327 pJ', factor: 'x 1.22 post-layout' });
  expect(convert.formula).toContain('24 kT 4^b');
  expect(convert.uses).toContainEqual({ path: 'tile.adc.conversionS', value: '50 ns' });
  expect(adc!.parameters.find(({ path }) => path === 'tile.adc.range')).toMatchObject({
    value: '10',
    source: 'aihwkit StandardIOParameters (out_bound 10)',
    assumed: false,
  });
  expect(adc!.constants.map(({ name }) => name)).toContain('sarBitJoules45');
  expect(adc!.inaccuracies.length).toBeGreaterThan(2);
});

test('a group lists its components, a parameter only the costs that use it', () => {
  expect(explainChip(chip, 'tile').map(({ path }) => path)).toEqual([
    'tile.array',
    'tile.input',
    'tile.sampleHold',
    'tile.adc',
    'tile.digital',
    'tile.buffer',
    'tile.train',
  ]);
  const [width] = explainChip(chip, 'tile.buffer.widthBits');
  expect(width!.parameters).toHaveLength(1);
  expect(width!.costs.map(({ name }) => name)).toEqual(['access']);
  expect(explainChip(chip, 'tile.adc.bits')[0]!.parameters[0]).toMatchObject({
    standard: false,
    range: 'ideal or a whole number of bits from 2 to 16',
  });
});

test('an unknown path comes with the nearest', () => {
  expect(issuesOf(() => explainChip(chip, 'tile.adc.bit'))).toMatchObject([
    { found: 'unknown tile.adc.bit', nearest: 'tile.adc.bits' },
  ]);
});
