import { describe, expect, test } from 'vitest';
import { frontOf } from '../../src/explore/select-rows.ts';
import { asParquet } from '../../src/report/as-parquet.ts';
import { drawChart } from '../../src/report/draw-chart.ts';
import { sweepHtml } from '../../src/report/html-report.ts';
import { sweepCharts } from '../../src/report/sweep-charts.ts';
import { flatTable, flatTableAsCsv, pointRecords } from '../../src/report/sweep-export.ts';
import { failureTable, frontTable, statusTable } from '../../src/report/sweep-tables.ts';
import { fakeResult, fakeSweep } from '../explore/fake-sweep.ts';

const sweep = fakeSweep(
  'axes:\n  - { path: a, values: [1, 2, 4, 13] }\n  - { path: b, values: [0, 1] }\nobjectives: [energyPerSample, area]\nconstraints: [energyPerSample <= 1.9 J]\n',
);
const byId = new Map(sweep.surveyor.survey(() => undefined).items.map((item) => [item.id, item]));
const survey = sweep.surveyor.survey((id) =>
  fakeResult(id, (byId.get(id)!.job.experiment as { point: Record<string, number> }).point, 0),
);
const records = pointRecords(sweep.spec, survey.rows);

describe('tables', () => {
  test('front, failures and counts of a plane known by heart', () => {
    const front = frontOf(survey.rows, sweep.spec.objectives);
    expect(front.rows.map(({ name }) => name)).toEqual(['a=4 b=0', 'a=2 b=0', 'a=1 b=0']);
    expect(front.knee?.name).toBe('a=2 b=0');
    expect(frontTable(sweep.spec, front).rows[1]).toEqual([
      'a=2 b=0',
      { value: 0.5, unit: 'J' },
      { value: 2, unit: 'm2' },
      'knee',
    ]);
    expect(failureTable(survey.rows)?.rows).toEqual([['thirteen cannot be built', { value: 2, unit: 'count' }, 'a=13 b=0']]);
    const counts = statusTable(sweep.spec, survey, 0).rows.map(([, cell]) => (cell as { value: number }).value);
    expect(counts).toEqual([8, 6, 2, 0, 8, 0, 1, 3]);
  });

  test('CSV quotes what must be quoted; failed points keep their row', () => {
    const csv = flatTableAsCsv({
      columns: ['x', 'y'],
      rows: [
        ['a,b', undefined],
        ['"', 1],
      ],
    });
    expect(csv).toBe('x,y\n"a,b",\n"""",1\n');
    expect(flatTable(sweep.spec, records).rows).toHaveLength(8);
    expect(asParquet(flatTable(sweep.spec, records))).toEqual(asParquet(flatTable(sweep.spec, records)));
  });
});

describe('charts', () => {
  test('scatter, parallel, heat map and effects draw to equal bytes, with names of their own', async () => {
    const charts = sweepCharts(sweep.spec, records);
    expect(charts.map(({ name }) => name.split('-')[0])).toEqual(['scatter', 'parallel', 'heat', 'heat', 'effects', 'effects']);
    for (const { name, spec } of charts) {
      const svg = await drawChart(spec, name);
      expect(svg).toMatch(/^<svg .*<\/svg>$/s);
      expect(await drawChart(spec, name)).toBe(svg);
      expect(svg).not.toMatch(/\bclip\d+\b/);
    }
  });
});

test('charts of very many points keep the whole front', () => {
  const many = Array.from({ length: 700 }, () => records).flat();
  const [scatter, , parallel] = [...sweepCharts(sweep.spec, many)]
    .filter(({ name }) => /scatter|parallel/.test(name))
    .flatMap((chart) => [chart, chart]);
  const lines = ({ spec }: { readonly spec: unknown }) => (spec as { data: { values: { group: string }[] } }).data.values;
  const front = records.filter((record) => record.front).length * 700;
  for (const chart of [scatter!, parallel!])
    expect(lines(chart).filter(({ group }) => group !== 'other' && group !== 'infeasible')).toHaveLength(front);
  expect(lines(scatter!).length).toBe(Math.max(4000, front));
});

test('the page holds its data whole and closes no element early', () => {
  const html = sweepHtml(
    sweep.spec,
    records.map((record) => ({ ...record, failure: '</script><b>' })),
    () => '<x>',
    [{ title: 'a < b', svg: '<svg></svg>' }],
  );
  expect(html.match(/<\/script>/g)).toHaveLength(4);
  const read = (id: string): unknown => JSON.parse(new RegExp(`id="${id}">(.*?)</script>`, 's').exec(html)![1]!);
  const data = read('data') as { ids: string[]; base: unknown; values: unknown[][]; failures: Record<string, string> };
  expect(data.ids).toHaveLength(8);
  expect(data.values.map((column) => column.length)).toEqual([8, 8]);
  expect(data.base).toEqual(['<x>', '<x>']);
  expect(data.failures[7]).toBe('</script><b>');
  expect(read('parts')).toHaveLength(new Set(records.flatMap(({ breakdown }) => Object.keys(breakdown))).size);
});
