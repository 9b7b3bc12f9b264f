import { metricNamed, metricNames } from '../explore/metrics.ts';
import type { SweepSpec } from '../explore/sweep-spec.ts';
import { pageScript } from './html-script.ts';
import { pageStyle } from './html-style.ts';
import type { PointRecord } from './sweep-export.ts';

/** Digits of a number on the page; files have all of them. */
const digits = 6;
const rounded = (value: number | undefined): number | null => (value === undefined ? null : Number(value.toPrecision(digits)));

/** What the page's script works with: values by position, so that ten thousand points stay small. */
export function pageData(spec: SweepSpec, records: readonly PointRecord[], base: (path: string) => unknown): unknown {
  const names = metricNames.filter((name) => records.some(({ metrics }) => metrics[name] !== undefined));
  const paths = spec.axes.map(({ path }) => path);
  const parts = [...new Set(records.flatMap(({ breakdown }) => Object.keys(breakdown)))].sort();
  const keys = parts.map((part) => [...new Set(records.flatMap(({ breakdown }) => Object.keys(breakdown[part] ?? {})))].sort());
  return {
    name: spec.name,
    doc: spec.doc,
    paths,
    base: paths.map((path) => base(path) ?? null),
    metrics: names.map((name) => ({ name, unit: metricNamed(name).unit, doc: metricNamed(name).doc })),
    objectives: spec.objectives.map(({ metric, sign }) => ({ name: metric.name, sign })),
    parts: parts.map((name, index) => ({ name, keys: keys[index] })),
    points: records.map((record) => ({
      id: record.id.slice(0, 12),
      state: record.knee
        ? 'knee'
        : record.front
          ? 'front'
          : record.status === 'failed'
            ? 'failed'
            : record.feasible
              ? ''
              : 'infeasible',
      values: paths.map((path) => record.point[path] ?? null),
      metrics: names.map((name) => rounded(record.metrics[name]?.mean)),
      intervals: names.map((name) => rounded(finite(record.metrics[name]?.interval95))),
      parts: parts.map((part, index) => keys[index]!.map((key) => rounded(record.breakdown[part]?.[key]))),
      ...(record.failure === undefined ? {} : { failure: record.failure }),
      ...(record.broken.length === 0 ? {} : { broken: record.broken }),
    })),
  };
}

const finite = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

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
  // "<" in a string could end the script element.
  const data = JSON.stringify(pageData(spec, records, base)).replaceAll('<', '\\u003c');
  const figures = charts.map(({ title, svg }) => `<figure><figcaption>${escaped(title)}</figcaption>${svg}</figure>`).join('\n');
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
<div class="scroll"><table><thead><tr id="head"></tr></thead><tbody id="rows"></tbody></table></div>
<p><button id="more">more rows</button></p>
<section class="charts">${figures}</section>
<script type="application/json" id="data">${data}</script>
<script>${pageScript}</script>
</body></html>
`;
}
