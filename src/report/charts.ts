import type { Series } from '../laboratory/laboratory-report.ts';
import { drawChart } from './draw-chart.ts';

/** Prefix that brings numbers of this size to 1 … 1000. */
const prefixes = [
  { factor: 1e-12, symbol: 'p' },
  { factor: 1e-9, symbol: 'n' },
  { factor: 1e-6, symbol: 'u' },
  { factor: 1e-3, symbol: 'm' },
  { factor: 1, symbol: '' },
  { factor: 1e3, symbol: 'k' },
] as const;

function scaleOf(values: readonly number[], unit: string): { readonly factor: number; readonly unit: string } {
  if (unit === '' || unit === '1' || unit === 'share' || unit === 's') return { factor: 1, unit: unit === '1' ? '' : unit };
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const chosen = [...prefixes].reverse().find(({ factor }) => largest >= factor) ?? prefixes[4];
  return { factor: chosen.factor, unit: `${chosen.symbol}${unit}` };
}

const titleOf = (name: string, unit: string): string => (unit === '' ? name : `${name} (${unit})`);

/** The Vega-Lite description of a series: a chart that says its units and can be drawn anywhere. */
export function chartOf({ title, x, y, mark, points }: Series): Readonly<Record<string, unknown>> {
  const [across, up] = [
    scaleOf(
      points.map((point) => point.x),
      x.unit,
    ),
    scaleOf(
      points.map((point) => point.y),
      y.unit,
    ),
  ];
  const curves = [...new Set(points.map(({ curve }) => curve))];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    width: 480,
    height: 300,
    background: 'white',
    data: { values: points.map((point) => ({ curve: point.curve, x: point.x / across.factor, y: point.y / up.factor })) },
    mark: { type: mark },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: titleOf(x.name, across.unit),
        scale: x.logarithmic === true ? { type: 'log', nice: false } : { type: 'linear', zero: false, nice: false },
      },
      y: { field: 'y', type: 'quantitative', title: titleOf(y.name, up.unit), scale: { zero: false } },
      color: { field: 'curve', type: 'nominal', sort: curves, title: null, legend: curves.length === 1 ? null : {} },
    },
  };
}

/** Draws a series as an SVG text, without a screen. */
export const chartSvg = async (series: Series): Promise<string> => `${await drawChart(chartOf(series), series.name)}\n`;
