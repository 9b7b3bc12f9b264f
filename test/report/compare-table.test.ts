import { expect, test } from 'vitest';
import { compareParts, compareTable } from '../../src/report/compare-table.ts';
import type { Report } from '../../src/simulate/report.ts';
import { sampleReport } from './sample-report.ts';

const bare: Report = (({ energy: _energy, time: _time, ...rest }) => ({
  ...rest,
  provenance: { ...rest.provenance, chip: 'bare' },
}))(sampleReport);

test('one line a chip; figures a run does not have are empty, never zero', () => {
  const { columns, rows } = compareTable([sampleReport, bare], 'small');
  expect(rows.map(([name]) => name)).toEqual([sampleReport.provenance.chip, 'bare']);
  expect(rows[1]![columns.indexOf('energy')]).toBeUndefined();
  expect(rows[0]![columns.indexOf('area')]).toEqual({ value: sampleReport.area.total, unit: 'm2' });
});

test('components in rows, chips in columns, parts nobody pays for left out', () => {
  const { columns, rows } = compareParts([sampleReport, bare]);
  expect(columns).toEqual(['component', sampleReport.provenance.chip, 'bare']);
  const paid = Object.values(sampleReport.energy?.perSample?.byComponent ?? {}).filter((joules) => joules > 0);
  expect(rows).toHaveLength(paid.length);
});
