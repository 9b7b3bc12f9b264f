import { cmoHfox } from '../device/cmo-hfox.ts';
import { loopNumbers } from '../device/cmo-hfox-loop.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { createStream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { LaboratoryTable } from './laboratory-report.ts';
import { judge, type ValidationRow } from './row.ts';

export interface MappingOptions {
  readonly size: number;
  readonly tolerance: number;
  readonly seed: number;
  /** Half-select steps over full steps to try. */
  readonly ratios: readonly number[];
}

/** Half-select pulses of each cell while all others of its row and column are programmed. */
function halfSelectCounts(pulses: Uint16Array, size: number): Float64Array {
  const [rows, columns] = [new Float64Array(size), new Float64Array(size)];
  pulses.forEach((count, cell) => {
    rows[Math.floor(cell / size)]! += count;
    columns[cell % size]! += count;
  });
  return Float64Array.from(pulses, (count, cell) => rows[Math.floor(cell / size)]! + columns[cell % size]! - 2 * count);
}

/**
 * Programs a square array to random conductances, pulse by pulse, and lets every cell drift by the half-select pulses of its row and
 * column under the V/2 scheme (worst case: all of one sign, none undone by the cell's own verify reads), or by none under gate coincidence.
 */
export function mapArray({ size, tolerance, seed, ratios }: MappingOptions): {
  readonly row: ValidationRow;
  readonly table: LaboratoryTable;
} {
  const kernels = createKernels();
  const count = size * size;
  const [target, written] = [kernels.allocate(4 * count), kernels.allocate(4 * count)];
  const stream = createStream(seed, purposes.data);
  const { minS, maxS } = cmoHfox;
  const goals = Float32Array.from({ length: count }, () => minS + (maxS - minS) * stream.uniform());
  kernels.f32(target, count).set(goals);
  const block = { chipSeed: seed, matrix: 0, row0: 0, column0: 0, rows: size, columns: size, device: 0, event: 0 };
  const { pulses } = cmoHfox.simulated![0]!.program('pulses', kernels, written, target, block, tolerance, 500);
  const halves = halfSelectCounts(pulses, size);
  const { loopLowS, loopHighS, stepUp, stepDown } = loopNumbers;
  const half = (loopHighS - loopLowS) / 2;
  const worstDrift = (ratio: number): readonly number[] =>
    Array.from(halves, (events, cell) => {
      const [room, fill] = [loopHighS - goals[cell]!, goals[cell]! - loopLowS];
      const up = room * (1 - (1 - ratio * stepUp) ** events);
      const down = fill * (1 - (1 - ratio * stepDown) ** events);
      return Math.max(up, down);
    });
  const share = (drifts: readonly number[]): number =>
    drifts.filter((drift, cell) => drift > tolerance * goals[cell]!).length / count;
  const found = ratios.map((ratio) => {
    const drifts = worstDrift(ratio);
    return { scheme: `V/2, ${ratio.toExponential(0)} of a step`, worst: Math.max(...drifts), share: share(drifts) };
  });
  const mean = halves.reduce((sum, events) => sum + events, 0) / count;
  const physical = found[0]!;
  return {
    row: judge({
      ...{ id: 'disturb-mapping', published: 0, value: physical.share, unit: 'share', tolerance: 0, toleranceKind: 'at most' },
      name: `cells of a ${size} x ${size} array that leave their ${tolerance * 100} % band while it is mapped, V/2, physical disturb`,
      class: 'out-of-sample',
      source: 'Choi 2026: parallel weight mapping without disturb',
      samples: count,
    }),
    table: {
      name: 'parallel-mapping',
      title: `Mapping a ${size} x ${size} array: ${Math.round(mean)} half-select pulses a cell on average`,
      columns: [
        { name: 'scheme', unit: '' },
        { name: 'worst drift', unit: 'S' },
        { name: 'in steps mid-window', unit: '1' },
        { name: 'cells driven out of their band', unit: 'share' },
      ],
      rows: [
        ['gate coincidence', 0, 0, 0],
        ...found.map(({ scheme, worst, share: out }) => [scheme, worst, worst / (((stepUp + stepDown) / 2) * half), out]),
      ],
    },
  };
}
