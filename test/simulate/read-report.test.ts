import { expect, test } from 'vitest';
import { readReport } from '../../src/simulate/read-report.ts';
import { issuesOf } from '../chip/support.ts';

const report = {
  schema: 'ohmic.report/1',
  name: 'small',
  energy: { total: 4, byComponent: { adc: 1 } },
  area: { total: 2, byComponent: { adc: 1 } },
  provenance: { chip: 'cmo-130nm' },
};

test('energy and area by component of a report', () => {
  expect(readReport(JSON.stringify(report), 'report.json')).toEqual(report);
});

test.each([
  ['{', 'a text that is not JSON'],
  ['{}', 'a document without a usable schema'],
  [JSON.stringify({ ...report, energy: undefined }), 'a document without a usable energy'],
])('%s is refused', (text, found) => {
  expect(issuesOf(() => readReport(text, 'other.json'))).toMatchObject([{ file: 'other.json', found }]);
});
