import { inputError } from '../../config/issue.ts';
import type { Survey } from '../../explore/survey.ts';
import type { SweepSpec } from '../../explore/sweep-spec.ts';
import { asParquet } from '../../report/as-parquet.ts';
import { drawChart } from '../../report/draw-chart.ts';
import { sweepHtml } from '../../report/html-report.ts';
import { sweepCharts } from '../../report/sweep-charts.ts';
import { flatTable, flatTableAsCsv, type PointRecord, pointRecords, recordsAsJsonLines } from '../../report/sweep-export.ts';
import type { Io } from '../io.ts';
import type { OpenSweep } from './open-sweep.ts';

const makers = {
  jsonl: ({ spec }: OpenSweep, { rows }: Survey) => recordsAsJsonLines(pointRecords(spec, rows)),
  csv: ({ spec }: OpenSweep, { rows }: Survey) => flatTableAsCsv(flatTable(spec, pointRecords(spec, rows))),
  parquet: ({ spec }: OpenSweep, { rows }: Survey) => asParquet(flatTable(spec, pointRecords(spec, rows))),
  html: async ({ spec, resolver }: OpenSweep, { rows }: Survey) => {
    const records = pointRecords(spec, rows);
    return sweepHtml(spec, records, resolver.base, await drawn(spec, records));
  },
} as const;

/** The charts of a sweep as SVG. */
const drawn = (spec: SweepSpec, records: readonly PointRecord[]) =>
  Promise.all(
    sweepCharts(spec, records).map(async ({ name, title, spec: chart }) => ({ name, title, svg: await drawChart(chart, name) })),
  );

type Form = keyof typeof makers;
const forms = Object.keys(makers) as readonly Form[];

/** Writes the points in the form that the ending of the file asks for. */
export async function writeExport(io: Io, sweep: OpenSweep, survey: Survey, path: string): Promise<void> {
  const form = forms.find((candidate) => path.endsWith(`.${candidate}`));
  if (form === undefined) throw inputError('-o', path, `a file that ends in ${forms.map((each) => `.${each}`).join(', ')}`);
  io.files.write(path, await makers[form](sweep, survey));
}

/** Writes every form and the charts into the folder of the sweep; gives the paths. */
export async function writeAllExports(io: Io, sweep: OpenSweep, survey: Survey): Promise<readonly string[]> {
  const { folder, spec } = sweep;
  const paths = forms.map((form) => (form === 'html' ? `${folder}/report.html` : `${folder}/points.${form}`));
  for (const path of paths) await writeExport(io, sweep, survey, path);
  const charts = await drawn(spec, pointRecords(spec, survey.rows));
  for (const { name, svg } of charts) io.files.write(`${folder}/charts/${name}.svg`, svg);
  return charts.length === 0 ? paths : [...paths, `${folder}/charts`];
}
