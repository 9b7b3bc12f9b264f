import { metricNamed, metricNames } from '../explore/metrics.ts';
import type { SweepSpec } from '../explore/sweep-spec.ts';
import { pageScript } from './html-script.ts';
import { pageStyle } from './html-style.ts';
import type { PointRecord } from './sweep-export.ts';

/** Digits of figures and of their parts on the page; files have all of them. */
const digits = 6;
const partDigits = 4;
const rounded = (value: number | undefined, to = digits): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(to));

const stateOf = ({ knee, front, status, feasible }: PointRecord): string =>
  knee ? 'knee' : front ? 'front' : status === 'failed' ? 'failed' : feasible ? '' : 'infeasible';

/** What of each record, by its place; records without it are left out. */
const sparse = <T>(records: readonly PointRecord[], of: (record: PointRecord) => T | undefined): Readonly<Record<string, T>> =>
  Object.fromEntries(
    records.flatMap((record, index) => {
      const value = of(record);
      return value === undefined ? [] : [[index, value] as const];
    }),
  );

/** What the page's script works with, a column a figure, so that ten thousand points stay small and are read fast. */
function pageData(spec: SweepSpec, records: readonly PointRecord[], base: (path: string) => unknown): unknown {
  const names = metricNames.filter((name) => records.some(({ metrics }) => metrics[name] !== undefined));
  const paths = spec.axes.map(({ path }) => path);
  const intervalsOf = (name: string) => records.map(({ metrics }) => rounded(metrics[name]?.interval95));
  return {
    name: spec.name,
    doc: spec.doc,
    paths,
    base: paths.map((path) => base(path) ?? null),
    metrics: names.map((name) => ({ name, unit: metricNamed(name).unit, doc: metricNamed(name).doc })),
    objectives: spec.objectives.map(({ metric, sign }) => ({ name: metric.name, sign })),
    ids: records.map(({ id }) => id.slice(0, 12)),
    states: records.map(stateOf),
    values: paths.map((path) => records.map(({ point }) => point[path] ?? null)),
    figures: names.map((name) => records.map(({ metrics }) => rounded(metrics[name]?.mean))),
    intervals: names.map((name) => {
      const column = intervalsOf(name);
      return column.some((value) => value !== null) ? column : null;
    }),
    failures: sparse(records, ({ failure }) => failure),
    broken: sparse(records, ({ broken }) => (broken.length === 0 ? undefined : broken)),
  };
}

/** The parts of every point's figures; the page reads them when the first point is looked at. */
function pageParts(records: readonly PointRecord[]): unknown {
  const parts = [...new Set(records.flatMap(({ breakdown }) => Object.keys(breakdown)))].sort();
  return parts.map((name) => {
    const keys = [...new Set(records.flatMap(({ breakdown }) => Object.keys(breakdown[name] ?? {})))].sort();
    return { name, keys, values: keys.map((key) => records.map(({ breakdown }) => rounded(breakdown[name]?.[key], partDigits))) };
  });
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** JSON inside a script element: "<" in a string could end the element. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** A drawing waits as text: ten thousand marks become elements only when they are scrolled to. */
const figure = ({ title, svg }: { readonly title: string; readonly svg: string }): string =>
  `<figure><figcaption>${escaped(title)}</figcaption><script type="image/svg+xml">${svg}</script></figure>`;

/**
 * One page that works from a file with no network: table, scatter of any two figures, filter, breakdown of a point; `charts` are SVG
 * drawings put below.
 */
export function sweepHtml(
  spec: SweepSpec,
  records: readonly PointRecord[],
  base: (path: string) => unknown,
  charts: readonly { readonly title: string; readonly svg: string }[] = [],
): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,"><title>${escaped(spec.name)}</title><style>${pageStyle}</style></head><body>
<header><h1>${escaped(spec.name)}</h1><p>${escaped(spec.doc)}</p></header>
<section class="controls">
<label>filter <input id="filter" size="48" placeholder="tile.rows=128 accuracy&gt;0.95 or any text"></label>
<label><input type="checkbox" id="front"> front only</label>
<label>across <select id="x"></select></label><label>up <select id="y"></select></label>
<span id="count"></span>
</section>
<main><canvas id="plot" width="760" height="460"></canvas><aside id="details"><p>Hover over a point or click on a row.</p></aside></main>
<div class="scroll" id="scroll"><table><thead><tr id="head"></tr></thead>
<tbody><tr id="above"></tr></tbody><tbody id="rows"></tbody><tbody><tr id="below"></tr></tbody></table></div>
<section class="charts">${charts.map(figure).join('\n')}</section>
<script type="application/json" id="data">${embedded(pageData(spec, records, base))}</script>
<script type="application/json" id="parts">${embedded(pageParts(records))}</script>
<script>${pageScript}</script>
</body></html>
`;
}
