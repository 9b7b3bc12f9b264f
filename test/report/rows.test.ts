import { describe, expect, test } from 'vitest';
import { type Measure, measure } from '../../src/report/data-table.ts';
import {
  accuracyTable,
  activityTable,
  areaTable,
  energyTables,
  performanceTable,
  phaseTable,
  powerTable,
  reportTables,
  unitTable,
} from '../../src/report/rows.ts';
import type { Report } from '../../src/simulate/report.ts';
import { sampleReport } from './sample-report.ts';

/** What a report holds at `values` fidelity: no time, so no energy either. */
function valuesOnly(): Report {
  const { time, energy, power, operations, efficiency, ...rest } = sampleReport;
  expect([time, energy, power, operations, efficiency]).not.toContain(undefined);
  return { ...rest, fidelity: 'values' };
}

describe('accuracy', () => {
  test('software first, then the chip at each age with its loss against it', () => {
    expect(accuracyTable(sampleReport)!.rows).toEqual([
      ['software (float)', measure(0.98, '%'), undefined, undefined, undefined],
      ['chip, 1 s', measure(0.978, '%'), measure(0.0025, 'points'), measure(0.001, 'points'), measure(0.98 - 0.978, 'points')],
      [
        'chip, 10 years',
        measure(0.975, '%'),
        measure(0.005, 'points'),
        measure(0.002, 'points'),
        measure(0.98 - 0.975, 'points'),
      ],
    ]);
  });

  test('one chip has no interval and no spread', () => {
    const table = accuracyTable({ ...sampleReport, accuracy: { ...sampleReport.accuracy!, instances: 1 } })!;
    expect(table.title).toBe('Accuracy over 2000 samples, 1 programmed chip');
    expect(table.rows[1]!.slice(2, 4)).toEqual([undefined, undefined]);
  });

  test('a program that evaluates nothing has no table', () => {
    const { accuracy, ...rest } = sampleReport;
    expect(accuracy).toBeDefined();
    expect(accuracyTable(rest)).toBeUndefined();
  });
});

describe('energy', () => {
  test('per sample where the program evaluates', () => {
    const [component, layer] = energyTables(sampleReport);
    expect(component!.title).toBe('Energy per sample by component');
    expect(component!.rows.at(-1)).toEqual(['sum', measure(5e-8, 'J'), measure(1, '%')]);
    expect(layer!.rows.map(([name]) => name)).toEqual(['fc1', 'fc2', 'sum']);
  });

  test('of the whole program where it does not', () => {
    const { perSample, ...energy } = sampleReport.energy!;
    expect(perSample).toBeDefined();
    const [component] = energyTables({ ...sampleReport, energy });
    expect(component!.title).toBe('Energy by component');
    expect((component!.rows.at(-1)![1] as Measure).value).toBeCloseTo(4e-4, 15);
  });
});

test('figures that a report has not are left out, never zero', () => {
  expect(performanceTable(valuesOnly()).rows).toEqual([['area', measure(7e-5, 'm2')]]);
});

test('programming energy stands apart', () => {
  expect(performanceTable(sampleReport).rows).toContainEqual(['programming energy, apart', measure(1e-4, 'J')]);
});

test('a sample has its energy-delay product, and its energy by the lowest and highest models', () => {
  const perSample = { ...sampleReport.energy!.perSample!, band: { minimum: 1e-8, maximum: 9e-8 } };
  const report = { ...sampleReport, energyDelay: 3.84e-13, energy: { ...sampleReport.energy!, perSample } };
  const rows = new Map(performanceTable(report).rows.map(([name, value]) => [name, value]));
  expect(rows.get('energy x time of a sample')).toBe('3.84e-13 J s');
  expect(rows.get('the same, every cost model at its lowest')).toEqual(measure(1e-8, 'J'));
  expect(rows.get('the same, every cost model at its highest')).toEqual(measure(9e-8, 'J'));
});

test('phases say their share of time and energy', () => {
  expect(phaseTable(sampleReport)!.rows[0]).toEqual([
    'program',
    measure(0.03, 's'),
    measure(0.03 / 0.05, '%'),
    measure(1e-4, 'J'),
    measure(1e-4 / 4e-4, '%'),
    measure(1e-4 / 0.03, 'W'),
  ]);
});

test('power: what draws most on average first, beside its bound; what can draw nothing is left out', () => {
  const byComponent = { adc: { average: 1e-3, peak: 0.2 }, noc: { average: 2e-3, peak: 0.1 }, dram: { average: 0, peak: 0 } };
  expect(powerTable({ ...sampleReport, power: { average: 3e-3, leakage: 0, byComponent } })!.rows).toEqual([
    ['noc', measure(2e-3, 'W'), measure(0.1, 'W')],
    ['adc', measure(1e-3, 'W'), measure(0.2, 'W')],
  ]);
  expect(powerTable({ ...sampleReport, power: { average: 3e-3, leakage: 0 } })).toBeUndefined();
});

test('units: by kind, the busiest first, idle kinds left out', () => {
  const busyByUnit = { 'tile 0': 0.01, 'tile 1': 0.02, 'tile 2': 0, 'DMA channel 0': 0.04, 'link 0.1 east': 0 };
  expect(unitTable({ ...sampleReport, time: { ...sampleReport.time!, busyByUnit } })!.rows).toEqual([
    ['DMA channel', measure(1, 'count'), 'DMA channel 0', measure(0.04, 's'), measure(0.04 / 0.05, '%')],
    ['tile', measure(2, 'count'), 'tile 1', measure(0.02, 's'), measure(0.02 / 0.05, '%')],
  ]);
});

test('areas add up to the total', () => {
  const [name, area] = areaTable(sampleReport).rows.at(-1)!;
  expect(name).toBe('sum');
  expect((area as Measure).value).toBeCloseTo(sampleReport.area.total, 15);
});

test('activity shows every count of the report', () => {
  const shown = activityTable(sampleReport).rows.map(([, cell]) => cell);
  for (const count of Object.values(sampleReport.activity)) expect(shown).toContainEqual(measure(count, 'count'));
});

test('a report without time keeps accuracy, area and activity', () => {
  expect(reportTables(valuesOnly()).map(({ name }) => name)).toEqual([
    'accuracy',
    'performance',
    'area-by-component',
    'activity',
  ]);
});
