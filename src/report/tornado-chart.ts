import type { Figures, Sensitivity } from '../simulate/sensitivity.ts';

const [labelWidth, plotWidth, rowHeight, top] = [250, 420, 22, 46] as const;
const mostRows = 20;

type Figure = 'energy' | 'seconds' | 'area';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

interface Bar {
  readonly label: string;
  /** Relative changes at the two ends. */
  readonly low: number;
  readonly high: number;
}

function barsOf({ base, swings }: Sensitivity, figure: Figure): readonly Bar[] {
  const relative = (figures: Figures | undefined): number => (figures === undefined ? 0 : figures[figure] / base[figure] - 1);
  return swings
    .map(({ band, low, high }) => ({ label: band.path, low: relative(low), high: relative(high) }))
    .filter(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)) >= 1e-3)
    .sort(
      (left, right) => Math.max(Math.abs(right.low), Math.abs(right.high)) - Math.max(Math.abs(left.low), Math.abs(left.high)),
    )
    .slice(0, mostRows);
}

/** A tornado chart as SVG text: relative change of one figure at both ends of every band, largest first, at most twenty bars. */
export function tornadoChart(sensitivity: Sensitivity, figure: Figure): string {
  const bars = barsOf(sensitivity, figure);
  const reach = Math.max(1e-3, ...bars.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const middle = labelWidth + plotWidth / 2;
  const x = (change: number): number => middle + (change / reach) * (plotWidth / 2 - 4);
  const rect = (change: number, y: number, colour: string): string =>
    `<rect x="${Math.min(middle, x(change)).toFixed(1)}" y="${y + 3}" width="${Math.abs(x(change) - middle).toFixed(1)}" height="${rowHeight - 6}" fill="${colour}"/>`;
  const rows = bars.map(({ label, low, high }, index) => {
    const y = top + index * rowHeight;
    return `<text x="${labelWidth - 8}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>${rect(low, y, '#4c78a8')}${rect(high, y, '#f58518')}`;
  });
  const height = top + Math.max(1, bars.length) * rowHeight + 26;
  const percent = `${(100 * reach).toFixed(1)} %`;
  const axis = `<line x1="${middle}" y1="${top}" x2="${middle}" y2="${height - 22}" stroke="#333"/><text x="${labelWidth}" y="${height - 6}">-${percent}</text><text x="${labelWidth + plotWidth}" y="${height - 6}" text-anchor="end">+${percent}</text>`;
  const title = `<text x="8" y="18" font-weight="bold">${escaped(sensitivity.chip)}: effect on ${figure === 'seconds' ? 'time' : figure}</text><text x="8" y="36"><tspan fill="#4c78a8">low end</tspan> and <tspan fill="#f58518">high end</tspan> of each band</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${labelWidth + plotWidth + 16}" height="${height}" font-family="sans-serif" font-size="12">${title}${rows.join('')}${axis}</svg>\n`;
}
