import { cellRecord } from './cell-record.ts';
import type { ExponentialShape, PulsedCell } from './pulsed-cell.ts';

/** Mean size of one pulse at state x, without noise. */
export function meanStep(cell: PulsedCell, record: ArrayLike<number>, at: number, x: number, up: boolean): number {
  const side = up ? 0 : cellRecord.alphaDown;
  const alpha = record[at + side + cellRecord.alphaUp]!;
  const slope = record[at + side + cellRecord.slopeUp]!;
  const [high, low] = [record[at + cellRecord.upper]!, record[at + cellRecord.lower]!];
  switch (cell.law) {
    case 'exact':
      return cell.granularity;
    case 'linear':
    case 'linear-multiplied':
      return alpha * (1 + slope * x);
    case 'power': {
      const open = (high - x) / (high - low);
      return alpha * Math.max(up ? open : 1 - open, 0) ** slope;
    }
    default:
      return alpha * exponentialStep(cell.shape!, x, low, high, up);
  }
}

function exponentialStep(shape: ExponentialShape, x: number, low: number, high: number, up: boolean): number {
  const z = (2 * x * shape.a) / (high - low) + shape.b;
  const [amplitude, exponent] = up ? [shape.amplitudeUp, shape.gammaUp * z] : [shape.amplitudeDown, -shape.gammaDown * z];
  return Math.max(1 - amplitude * Math.exp(exponent), 0);
}

/**
 * State where an up and a down pulse cancel on average, found by bisection between the bounds; 0 (inside the bounds) where the two
 * steps are equal everywhere or the cell is dead.
 */
export function symmetryPoint(cell: PulsedCell, record: ArrayLike<number>, at: number): number {
  const excess = (x: number) => meanStep(cell, record, at, x, true) - meanStep(cell, record, at, x, false);
  let [low, high] = [record[at + cellRecord.lower]!, record[at + cellRecord.upper]!];
  const nearest = Math.min(high, Math.max(low, 0));
  if (!(high > low) || Math.abs(excess(low) - excess(high)) < 1e-12) return nearest;
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
