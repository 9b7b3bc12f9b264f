import { purposes } from '../numeric/purposes.ts';
import { cellKey } from './cell-keys.ts';
import type { CellModel, ProgramOutcome } from './cell-model.ts';

/** Once in the life of a cell: a voltage ramp that makes its filament. */
export interface FormingRamp {
  /** Voltage at which a cell forms: mean and spread, V. */
  readonly formV: number;
  readonly spreadV: number;
  readonly startV: number;
  readonly stepV: number;
  /** Current the select transistor allows, A. */
  readonly complianceA: number;
}

/** Falcone et al. 2025: 3.2 V, 75 mV, every one of 32 cells. Ramp and compliance are assumed. */
export const falconeForming: FormingRamp = { formV: 3.2, spreadV: 0.075, startV: 2.8, stepV: 0.1, complianceA: 50e-6 };

/**
 * The cell fresh from the fab: its first programming event begins with the forming ramp. Pulses, reads and heat of the ramp are added
 * to those of the algorithm; conductances are those of a formed cell.
 */
export function withForming(model: CellModel, ramp: FormingRamp = falconeForming): CellModel {
  const formed =
    (write: CellModel['program']): CellModel['program'] =>
    (kernels, writtenS, targetS, block, tolerance, limit): ProgramOutcome => {
      const outcome = write(kernels, writtenS, targetS, block, tolerance, limit);
      if (block.event !== 0) return outcome;
      const { rows, columns, row0, column0 } = block;
      const { key0, key1 } = cellKey(block);
      const count = rows * columns;
      const mark = kernels.mark();
      const draws = kernels.allocate(4 * count);
      kernels.normalGrid(draws, rows, columns, columns, row0, column0, key0, key1, purposes.construction, formingDraw);
      const normals = kernels.f32(draws, count);
      let [pulseJoules, added] = [outcome.pulseJoules, 0];
      for (let cell = 0; cell < count; cell++) {
        const steps = Math.max(0, Math.ceil((ramp.formV + ramp.spreadV * normals[cell]! - ramp.startV) / ramp.stepV)) + 1;
        const lastV = ramp.startV + ramp.stepV * (steps - 1);
        // before it forms, the oxide insulates; the last pulse draws the compliance
        pulseJoules += lastV * ramp.complianceA * model.pulseSeconds;
        outcome.pulses[cell]! += steps;
        added += steps;
      }
      kernels.release(mark);
      const reads = outcome.verifyReads === undefined ? {} : { verifyReads: outcome.verifyReads + added };
      return { ...outcome, ...reads, pulseJoules };
    };
  const { simulated } = model;
  return {
    ...model,
    program: formed(model.program),
    ...(simulated === undefined
      ? {}
      : {
          simulated: simulated.map(({ algorithm, program }) => ({
            algorithm,
            program: (depth, ...call) => formed((...inner) => program(depth, ...inner))(...call),
          })),
        }),
  };
}

/** Draw of the construction stream that decides a cell's forming voltage. */
const formingDraw = 65;
