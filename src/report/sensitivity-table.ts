import type { Figures, Sensitivity, Swing } from '../simulate/sensitivity.ts';
import type { Cell, DataTable } from './data-table.ts';

const change = (before: number, after: number | undefined): string =>
  after === undefined ? 'not possible' : `${after >= before ? '+' : ''}${(100 * (after / before - 1)).toFixed(1)} %`;

/** Low and high end of one figure: `-3.0 % … +4.1 %`; empty when neither moves it by a thousandth. */
function ends(base: Figures, { low, high }: Swing, of: (figures: Figures) => number | undefined): string {
  const before = of(base);
  if (before === undefined || before === 0) return '';
  const [least, most] = [low, high].map((figures) => (figures === undefined ? undefined : of(figures)));
  const still = [least, most].every((after) => after !== undefined && Math.abs(after / before - 1) < 1e-3);
  return still ? '' : `${change(before, least)} … ${change(before, most)}`;
}

/** Every band and what its ends do, largest effect on energy first. */
export const sensitivityTable = ({ chip, base, swings }: Sensitivity): DataTable => ({
  name: 'sensitivity',
  title: `${chip}: each assumption and cost model at the low and high end of its band, others as they are`,
  columns: ['what', 'now', 'band', 'energy', 'time', 'area', 'accuracy', 'why this band'],
  rows: swings.map((swing): readonly Cell[] => {
    const { path, value, low, high, reason } = swing.band;
    return [
      path,
      value,
      `${low} … ${high}`,
      ends(base, swing, ({ energy }) => energy),
      ends(base, swing, ({ seconds }) => seconds),
      ends(base, swing, ({ area }) => area),
      ends(base, swing, ({ accuracy }) => accuracy),
      reason,
    ];
  }),
});
