import type { Kernels } from '../numeric/kernels.ts';
import { purposes } from '../numeric/purposes.ts';
import { cellKey } from './cell-keys.ts';
import type { CellBlock, CellModel } from './cell-model.ts';

/** Shares of cells that do not answer pulses. */
export interface CellFaults {
  /** Stuck at the lower and at the upper end of the window. */
  readonly stuckLow: number;
  readonly stuckHigh: number;
  /** Stuck somewhere in the window. */
  readonly corrupt: number;
}

/** Draw of the construction stream that decides faults; others belong to the pulsed cells. */
const faultDraw = 64;

/** What each cell of a block is stuck at, S; NaN where it works. The same for every programming event. */
function stuckAt(kernels: Kernels, block: CellBlock, { stuckLow, stuckHigh, corrupt }: CellFaults, minS: number, maxS: number) {
  const { rows, columns, row0, column0 } = block;
  const { key0, key1 } = cellKey(block);
  const count = rows * columns;
  const mark = kernels.mark();
  const chances = kernels.allocate(4 * count);
  kernels.uniformGrid(chances, rows, columns, columns, row0, column0, key0, key1, purposes.construction, faultDraw);
  const stuck = Float64Array.from(kernels.f32(chances, count), (u) => {
    if (u < stuckLow) return minS;
    if (u < stuckLow + stuckHigh) return maxS;
    const place = (u - stuckLow - stuckHigh) / corrupt;
    return place < 1 ? minS + (maxS - minS) * place : Number.NaN;
  });
  kernels.release(mark);
  return stuck;
}

function hold(conductances: Float32Array, stuck: Float64Array): void {
  for (let cell = 0; cell < stuck.length; cell++) if (!Number.isNaN(stuck[cell]!)) conductances[cell] = stuck[cell]!;
}

/**
 * The cell with faults: stuck ones keep their conductance whatever is done to them, take every pulse of the limit and count as
 * failed. Their heat is that of the cells beside them.
 */
export function withFaults(model: CellModel, faults: CellFaults): CellModel {
  const { stuckLow, stuckHigh, corrupt } = faults;
  const shares = { stuckLow, stuckHigh, corrupt };
  for (const [name, share] of Object.entries(shares))
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} is ${share}; want a share of 0 … 1`);
  const total = stuckLow + stuckHigh + corrupt;
  if (total > 1) throw new RangeError(`faults add up to ${total}; want at most 1`);
  if (total === 0) return model;
  const { minS, maxS } = model;

  const faulty =
    (write: CellModel['program']): CellModel['program'] =>
    (kernels, writtenS, targetS, block, tolerance, limit) => {
      const outcome = write(kernels, writtenS, targetS, block, tolerance, limit);
      const stuck = stuckAt(kernels, block, faults, minS, maxS);
      hold(kernels.f32(writtenS, stuck.length), stuck);
      let failed = outcome.failed;
      for (let cell = 0; cell < stuck.length; cell++) {
        if (Number.isNaN(stuck[cell]!)) continue;
        if (outcome.pulses[cell]! < limit) failed += 1;
        outcome.pulses[cell] = limit;
      }
      return { ...outcome, failed };
    };

  const { simulated } = model;
  return {
    ...model,
    program: faulty(model.program),
    age(kernels, nowS, writtenS, block, seconds, frozen) {
      model.age(kernels, nowS, writtenS, block, seconds, frozen);
      const stuck = stuckAt(kernels, block, faults, minS, maxS);
      hold(kernels.f32(nowS, stuck.length), stuck);
    },
    ...(simulated === undefined
      ? {}
      : {
          simulated: simulated.map(({ algorithm, program }) => ({
            algorithm,
            program: (depth, ...call) => faulty((...inner) => program(depth, ...inner))(...call),
          })),
        }),
  };
}
