import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inputError } from '../../config/issue.ts';
import type { Survey } from '../../explore/survey.ts';
import { asParquet } from '../../report/as-parquet.ts';
import { drawChart } from '../../report/draw-chart.ts';
import { drawPng } from '../../report/draw-png.ts';
import { sweepHtml } from '../../report/html-report.ts';
import { sweepCharts } from '../../report/sweep-charts.ts';
import { flatTable, flatTableAsCsv, type PointRecord, pointRecords, recordsAsJsonLines } from '../../report/sweep-export.ts';
import type { Io } from '../io.ts';
import type { OpenSweep } from './open-sweep.ts';

interface Drawing {
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

/** What the forms are made of; drawings are made once, when the first form asks. */
interface Material {
  readonly sweep: OpenSweep;
  readonly records: readonly PointRecord[];
  readonly drawings: () => Promise<readonly Drawing[]>;
}

function materialOf(sweep: OpenSweep, { rows }: Survey): Material {
  const records = pointRecords(sweep.spec, rows);
  let drawn: Promise<readonly Drawing[]> | undefined;
  const draw = () =>
    Promise.all(
      sweepCharts(sweep.spec, records).map(async ({ name, title, spec }) => ({ name, title, svg: await drawChart(spec, name) })),
    );
  return { sweep, records, drawings: () => (drawn ??= draw()) };
}

const makers = {
  jsonl: ({ records }: Material) => recordsAsJsonLines(records),
  csv: ({ sweep, records }: Material) => flatTableAsCsv(flatTable(sweep.spec, records)),
  parquet: ({ sweep, records }: Material) => asParquet(flatTable(sweep.spec, records)),
  html: async ({ sweep, records, drawings }: Material) => sweepHtml(sweep.spec, records, sweep.resolver.base, await drawings()),
} as const;

type Form = keyof typeof makers;
const forms = Object.keys(makers) as readonly Form[];

const drawingCode = (): Uint8Array => readFileSync(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')));

/** Writes the points in the form that the ending of the file asks for. */
export async function writeExport(io: Io, sweep: OpenSweep, survey: Survey, path: string): Promise<void> {
  const form = forms.find((candidate) => path.endsWith(`.${candidate}`));
  if (form === undefined) throw inputError('-o', path, `a file that ends in ${forms.map((each) => `.${each}`).join(', ')}`);
  io.files.write(path, await makers[form](materialOf(sweep, survey)));
}

/** Writes every form and the charts, with `png` in two forms, into the folder of the sweep; gives the paths. */
export async function writeAllExports(io: Io, sweep: OpenSweep, survey: Survey, png: boolean): Promise<readonly string[]> {
  const { folder } = sweep;
  const material = materialOf(sweep, survey);
  const paths: string[] = [];
  for (const form of forms) {
    const path = form === 'html' ? `${folder}/report.html` : `${folder}/points.${form}`;
    io.files.write(path, await makers[form](material));
    paths.push(path);
  }
  const drawings = await material.drawings();
  for (const { name, svg } of drawings) {
    io.files.write(`${folder}/charts/${name}.svg`, svg);
    if (png) io.files.write(`${folder}/charts/${name}.png`, await drawPng(svg, drawingCode));
  }
  return drawings.length === 0 ? paths : [...paths, `${folder}/charts`];
}
