import type { Kernels } from '../../numeric/kernels.ts';
import { purposes } from '../../numeric/purposes.ts';
import { cellKey } from '../cell-keys.ts';
import type { CellBlock } from '../cell-model.ts';
import { cellRecord } from './cell-record.ts';
import type { StepLaw } from './pulsed-cell.ts';

/** Statistics from which the numbers of each cell are drawn. Spreads are relative standard deviations unless said. */
export interface CellStatistics {
  readonly law: StepLaw;
  readonly granularity: number;
  readonly upper: number;
  readonly lower: number;
  readonly granularitySpread: number;
  /** Step sizes log-normal instead of normal. */
  readonly logNormal: boolean;
  readonly upperSpread: number;
  readonly lowerSpread: number;
  /** Up steps against down steps: only ever shrinks one side. */
  readonly upDown: number;
  readonly upDownSpread: number;
  /** linear laws: step lost at the bound (1 = soft bounds, 0 = constant); power law: exponents. */
  readonly slopeUp: number;
  readonly slopeDown: number;
  readonly slopeSpread: number;
  /** Part of the cells that are stuck, and the range they are stuck in. */
  readonly corrupt: number;
  readonly corruptRange: number;
}

/** Position of each draw of a cell among the construction draws. */
const draws = { upper: 0, lower: 1, gain: 2, upDown: 3, slopeUp: 4, slopeDown: 5, corrupt: 6, stuckAt: 7 } as const;

/** Up and down steps: granularity (bias + gain +- r), with gain 1 + sigma xi or exp(sigma xi); never negative. */
function steps(statistics: CellStatistics, gainDraw: number, upDownDraw: number): readonly [number, number] {
  const { granularity, granularitySpread, logNormal, upDown, upDownSpread } = statistics;
  const gain = logNormal ? Math.exp(granularitySpread * gainDraw) : 1 + granularitySpread * gainDraw;
  const r = upDownSpread * upDownDraw;
  const [up, down] = upDown > 0 ? [0, -upDown] : [upDown, 0];
  return [Math.abs(granularity * (up + gain + r)), Math.abs(granularity * (down + gain - r))];
}

/** Slope of the linear laws: -|s| / bound; the exponent itself for the power law. */
const slopeOf = (law: StepLaw, slope: number, bound: number): number =>
  law === 'power' ? slope : bound === 0 ? 0 : -Math.abs(slope) / bound;

/**
 * Draws the cells of a block: bounds, step sizes, slopes and stuck cells, addressed by (chip seed, matrix, logical row, column),
 * as aihwkit's PulsedRPUDevice::populate does. A cell whose bounds cross is dead: both become their mean.
 */
export function drawCells(kernels: Kernels, records: number, block: CellBlock, statistics: CellStatistics): void {
  const { rows, columns, row0, column0 } = block;
  const count = rows * columns;
  const { key0, key1 } = cellKey(block);
  const mark = kernels.mark();
  const grid = (index: number, kind: 'normalGrid' | 'uniformGrid', wanted: boolean): Float32Array => {
    const at = kernels.allocate(4 * count);
    if (wanted) kernels[kind](at, rows, columns, columns, row0, column0, key0, key1, purposes.construction, index);
    return kernels.f32(at, count).slice();
  };
  const normal = (index: number, wanted = true) => grid(index, 'normalGrid', wanted);
  const [upper, lower, gain, upDown] = [normal(draws.upper), normal(draws.lower), normal(draws.gain), normal(draws.upDown)];
  const sloped = statistics.slopeSpread > 0;
  const [slopeUp, slopeDown] = [normal(draws.slopeUp, sloped), normal(draws.slopeDown, sloped)];
  const faulty = statistics.corrupt > 0;
  const [fault, stuck] = [grid(draws.corrupt, 'uniformGrid', faulty), grid(draws.stuckAt, 'uniformGrid', faulty)];
  kernels.release(mark);
  const out = kernels.f32(records, cellRecord.floats * count);
  out.fill(0);
  for (let cell = 0; cell < count; cell++) {
    let high = Math.abs(statistics.upper * (1 + statistics.upperSpread * upper[cell]!));
    let low = -Math.abs(statistics.lower * (1 + statistics.lowerSpread * lower[cell]!));
    let [alphaUp, alphaDown] = steps(statistics, gain[cell]!, upDown[cell]!);
    const { law, slopeSpread } = statistics;
    const up = slopeOf(law, statistics.slopeUp + slopeSpread * slopeUp[cell]!, high);
    const down = slopeOf(law, statistics.slopeDown + slopeSpread * slopeDown[cell]!, low);
    if (faulty && fault[cell]! < statistics.corrupt) {
      high = low = (2 * stuck[cell]! - 1) * statistics.corruptRange;
      alphaUp = alphaDown = 0;
    }
    const at = cellRecord.floats * cell;
    out[at + cellRecord.alphaUp] = alphaUp;
    out[at + cellRecord.slopeUp] = up;
    out[at + cellRecord.upper] = high;
    out[at + cellRecord.alphaDown] = alphaDown;
    out[at + cellRecord.slopeDown] = down;
    out[at + cellRecord.lower] = low;
  }
}
