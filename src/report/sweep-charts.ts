import { gridValues } from '../explore/axis.ts';
import { metricNamed } from '../explore/metrics.ts';
import type { SweepSpec } from '../explore/sweep-spec.ts';
import type { PointRecord } from './sweep-export.ts';

/** A chart as a Vega-Lite specification: it can be drawn here, or opened in any Vega editor. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

const schema = 'https://vega.github.io/schema/vega-lite/v6.json';
const size = { width: 520, height: 340 };

/** Factors that make figures readable on an axis, with the unit's name. */
const shown: Readonly<Record<string, readonly [number, string]>> = {
  J: [1e9, 'nJ'],
  s: [1e6, 'us'],
  m2: [1e6, 'mm2'],
  W: [1e3, 'mW'],
  '%': [100, '%'],
  number: [1, ''],
  count: [1, ''],
};

const readable = (name: string): { readonly title: string; readonly factor: number } => {
  const { unit } = metricNamed(name);
  const [factor, text] = shown[unit] ?? [1, unit];
  return { factor, title: text === '' ? name : `${name} (${text})` };
};

type Line = Readonly<Record<string, string | number | boolean>>;

/** Figures and axis values of the points that have every objective. */
function linesOf({ axes, objectives }: SweepSpec, records: readonly PointRecord[]): readonly Line[] {
  return records.flatMap((record): Line[] => {
    if (record.status !== 'ok' || objectives.some(({ metric }) => record.metrics[metric.name] === undefined)) return [];
    const figures = objectives.map(({ metric: { name } }) => [name, record.metrics[name]!.mean * readable(name).factor]);
    const values = axes.map(({ path }) => [plain(path), record.point[path] ?? 'none']);
    const group = record.knee ? 'knee' : record.front ? 'front' : record.feasible ? 'other' : 'infeasible';
    return [{ ...Object.fromEntries(values), ...Object.fromEntries(figures), group }];
  });
}

/** Vega reads dots and brackets in a field name as a path. */
const plain = (path: string): string => path.replaceAll(/[.[\]]/g, ' ');

const quantitative = (name: string) => {
  const { title } = readable(name);
  return { field: name, type: 'quantitative', title, scale: { zero: false } };
};

const groupColour = {
  field: 'group',
  type: 'nominal',
  title: null,
  scale: { domain: ['knee', 'front', 'other', 'infeasible'], range: ['#c22f00', '#f58518', '#4c78a8', '#bab0ac'] },
};

function scatter(values: readonly Line[], x: string, y: string): Chart {
  return {
    name: `scatter-${y}-${x}`,
    title: `${y} against ${x}`,
    spec: {
      $schema: schema,
      ...size,
      data: { values },
      mark: { type: 'point', filled: true, size: 60 },
      encoding: { x: quantitative(x), y: quantitative(y), color: groupColour },
    },
  };
}

/** One line a point through every axis and objective, each scaled to its spread. */
function parallel(values: readonly Line[], columns: readonly string[]): Chart {
  return {
    name: 'parallel',
    title: 'Every axis and objective, each scaled to its spread',
    spec: {
      $schema: schema,
      width: Math.max(520, columns.length * 110),
      height: 300,
      data: { values },
      transform: [
        { window: [{ op: 'row_number', as: 'row' }] },
        { fold: columns, as: ['column', 'value'] },
        {
          joinaggregate: [
            { op: 'min', field: 'value', as: 'low' },
            { op: 'max', field: 'value', as: 'high' },
          ],
          groupby: ['column'],
        },
        { calculate: 'datum.high > datum.low ? (datum.value - datum.low) / (datum.high - datum.low) : 0.5', as: 'share' },
      ],
      mark: { type: 'line', strokeWidth: 1 },
      encoding: {
        x: { field: 'column', type: 'nominal', sort: columns, title: null, axis: { labelAngle: -20 } },
        y: { field: 'share', type: 'quantitative', title: 'share of the spread' },
        detail: { field: 'row', type: 'nominal' },
        color: groupColour,
        opacity: { condition: { test: "datum.group === 'front' || datum.group === 'knee'", value: 0.95 }, value: 0.18 },
      },
    },
  };
}

function heatMap(values: readonly Line[], x: string, y: string, metric: string): Chart {
  return {
    name: `heat-${metric}`,
    title: `${metric} over ${x} and ${y}, mean over the rest`,
    spec: {
      $schema: schema,
      ...size,
      data: { values },
      mark: 'rect',
      encoding: {
        x: { field: x, type: 'ordinal' },
        y: { field: y, type: 'ordinal', sort: 'descending' },
        color: { ...quantitative(metric), aggregate: 'mean', scale: { scheme: 'viridis' } },
      },
    },
  };
}

/** What each axis does alone: the mean over all points that share its value. */
function mainEffects(values: readonly Line[], axes: readonly string[], metric: string): Chart {
  return {
    name: `effects-${metric}`,
    title: `${metric} along each axis, mean over the rest`,
    spec: {
      $schema: schema,
      data: { values },
      hconcat: axes.map((axis) => ({
        width: 150,
        height: 220,
        mark: { type: 'line', point: true },
        encoding: { x: { field: axis, type: 'ordinal' }, y: { ...quantitative(metric), aggregate: 'mean' } },
      })),
    },
  };
}

/** Axes with so many values would make a heat map of lines. */
const mostHeatValues = 40;
/** Lines a parallel chart still shows, and marks a scatter. */
const mostParallel = 1500;
const mostMarks = 4000;

/** All of the front and, of the other points, as many as leave room, evenly taken in their order. */
function thinned(values: readonly Line[], most: number): readonly Line[] {
  if (values.length <= most) return values;
  const isFront = ({ group }: Line) => group === 'front' || group === 'knee';
  const others = values.filter((line) => !isFront(line));
  const room = Math.max(0, most - (values.length - others.length));
  const taken = new Set(Array.from({ length: room }, (_, place) => others[Math.floor((place * others.length) / room)]!));
  return values.filter((line) => isFront(line) || taken.has(line));
}

/** The charts of a sweep: scatters of the first objective against the others, parallel coordinates, a heat map, main effects. */
export function sweepCharts(spec: SweepSpec, records: readonly PointRecord[]): readonly Chart[] {
  const values = linesOf(spec, records);
  if (values.length === 0) return [];
  const [first = '', ...others] = spec.objectives.map(({ metric }) => metric.name);
  const coarse = spec.axes.filter((axis) => gridValues(axis).length <= mostHeatValues).map(({ path }) => plain(path));
  const numeric = spec.axes
    .map(({ path }) => plain(path))
    .filter((path) => values.every((line) => typeof line[path] === 'number'));
  const [x, y] = coarse;
  return [
    ...others.map((other) => scatter(thinned(values, mostMarks), other, first)),
    parallel(thinned(values, mostParallel), [...numeric, first, ...others]),
    ...(x === undefined || y === undefined ? [] : [first, ...others].map((metric) => heatMap(values, x, y, metric))),
    ...(coarse.length === 0 ? [] : [first, ...others].map((metric) => mainEffects(values, coarse.slice(0, 6), metric))),
  ];
}
