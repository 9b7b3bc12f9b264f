import type { Report } from '../simulate/report.ts';
import { type Cell, type DataTable, measure, optionalMeasure } from './data-table.ts';

/** Energy-delay product of one sample, J s. */
const energyDelay = ({ energy, time }: Report): number | undefined =>
  energy?.perSample === undefined || time?.secondsPerSample === undefined
    ? undefined
    : energy.perSample.total * time.secondsPerSample;

/** The same work on several chips, one line a chip. */
export const compareTable = (reports: readonly Report[], network: string): DataTable => ({
  name: 'comparison',
  title: `${network} on ${reports.length} chips; per sample, programming apart; 1 multiply-accumulate = 2 operations`,
  columns: ['chip', 'accuracy', 'energy', 'time', 'latency', 'area', 'power', 'efficiency', 'energy x time', 'largest part'],
  rows: reports.map((report) => {
    const { provenance, accuracy, energy, time, area, power, efficiency } = report;
    const parts = Object.entries(energy?.perSample?.byComponent ?? {}).sort(([, left], [, right]) => right - left);
    const [largest] = parts;
    const product = energyDelay(report);
    return [
      provenance.chip,
      optionalMeasure(accuracy?.simulated, '%'),
      optionalMeasure(energy?.perSample?.total, 'J'),
      optionalMeasure(time?.secondsPerSample, 's'),
      optionalMeasure(time?.latencySeconds, 's'),
      measure(area.total, 'm2'),
      optionalMeasure(power?.average, 'W'),
      optionalMeasure(efficiency?.topsPerWatt, 'TOPS/W'),
      product === undefined ? undefined : `${product.toExponential(2)} J s`,
      largest === undefined ? undefined : `${largest[0]} ${((100 * largest[1]) / (energy?.perSample?.total ?? 1)).toFixed(0)} %`,
    ];
  }),
});

/** Energy of one sample by component, one column a chip. */
export function compareParts(reports: readonly Report[]): DataTable {
  const of = ({ energy }: Report): Readonly<Record<string, number>> => energy?.perSample?.byComponent ?? {};
  const names = [...new Set(reports.flatMap((report) => Object.keys(of(report))))].filter((name) =>
    reports.some((report) => (of(report)[name] ?? 0) > 0),
  );
  const row = (name: string): readonly Cell[] => [name, ...reports.map((report) => measure(of(report)[name] ?? 0, 'J'))];
  return {
    name: 'comparison-parts',
    title: 'Energy of one sample by component',
    columns: ['component', ...reports.map(({ provenance }) => provenance.chip)],
    rows: names.sort().map(row),
  };
}
