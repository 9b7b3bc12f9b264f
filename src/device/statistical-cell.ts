import type { Kernels } from '../numeric/kernels.ts';
import { purposes } from '../numeric/purposes.ts';
import { cellKey } from './cell-keys.ts';
import type { CellBlock, CellModel, ProgramOutcome } from './cell-model.ts';
import { expectedSlowest, pulseLaw } from './pulse-counts.ts';

const micro = 1e-6;

/** A cell given by statistics. Conductances of these functions are in uS, times in s. */
export interface CellStatistics
  extends Pick<
    CellModel,
    | 'kind'
    | 'doc'
    | 'inaccuracies'
    | 'parameters'
    | 'minS'
    | 'maxS'
    | 'readV'
    | 'pulseSeconds'
    | 'verifySeconds'
    | 'pulseJoules'
    | 'readNoiseS'
  > {
  /** Deviation of the programming error at acceptance `tolerance`; absent: cells end where the simulated algorithm leaves them. */
  readonly programSigma?: (tolerance: number) => (g: number) => number;
  /** Where `seconds` > 0 leave a cell written to g whose trajectory has the standard normal xi; absent: nothing relaxes. */
  readonly relaxation?: (seconds: number) => (g: number, xi: number) => number;
  /** Deviation of low-frequency read noise at g, of a cell that was written to `writtenG`. */
  readonly frozenSigma?: (seconds: number) => (g: number, writtenG: number) => number;
  /** Mean pulses of a cell. Counts are geometric about it unless the algorithm is simulated. */
  readonly meanPulses: (tolerance: number) => number;
  readonly simulated?: NonNullable<CellModel['simulated']>;
  readonly levels?: number;
  readonly current?: NonNullable<CellModel['current']>;
  readonly pulsed?: NonNullable<CellModel['pulsed']>;
}

/** Pulse counts, failures and heat of a block without where the cells end. */
function countPulses(
  cell: CellStatistics,
  kernels: Kernels,
  targetS: number,
  block: CellBlock,
  tolerance: number,
  limit: number,
) {
  const count = block.rows * block.columns;
  const mark = kernels.mark();
  const scratch = kernels.allocate(4 * count);
  try {
    const usual = cell.simulated?.[0];
    if (usual !== undefined) return usual.program('statistical', kernels, scratch, targetS, block, tolerance, limit);
    const { key0, key1 } = cellKey(block);
    const { rows, columns, row0, column0, event } = block;
    kernels.uniformGrid(scratch, rows, columns, columns, row0, column0, key0, key1, purposes.pulse, event);
    return geometricPulses(cell, kernels.f32(scratch, count), kernels.f32(targetS, count), tolerance, limit);
  } finally {
    kernels.release(mark);
  }
}

function geometricPulses(
  { meanPulses, pulseJoules }: CellStatistics,
  chances: Float32Array,
  targets: Float32Array,
  tolerance: number,
  limit: number,
): ProgramOutcome {
  const law = pulseLaw(meanPulses(tolerance), limit);
  const pulses = new Uint16Array(chances.length);
  let [failed, joules] = [0, 0];
  for (let cell = 0; cell < chances.length; cell++) {
    const needed = law.count(chances[cell]!);
    if (needed > limit) failed += 1;
    pulses[cell] = Math.min(needed, limit);
    joules += pulses[cell]! * pulseJoules(targets[cell]!);
  }
  return { pulses, failed, pulseJoules: joules };
}

/** The cell model of a set of statistics: draws keyed by logical place, one trajectory per programming event, clamped when aged. */
export function createStatisticalCell(cell: CellStatistics): CellModel {
  const { programSigma, relaxation, frozenSigma, meanPulses, ...declared } = cell;
  const { simulated, minS, maxS } = cell;

  function program(
    kernels: Kernels,
    writtenS: number,
    targetS: number,
    block: CellBlock,
    tolerance: number,
    limit: number,
  ): ProgramOutcome {
    if (programSigma === undefined) {
      const usual = simulated?.[0];
      if (usual === undefined) throw new RangeError(`${cell.kind} has neither a programming error nor a simulated algorithm`);
      return usual.program('statistical', kernels, writtenS, targetS, block, tolerance, limit);
    }
    const count = block.rows * block.columns;
    const outcome = countPulses(cell, kernels, targetS, block, tolerance, limit);
    const mark = kernels.mark();
    const sigma = programSigma(tolerance);
    const draws = kernels.allocate(4 * count);
    fill(kernels, draws, block, purposes.programming);
    const [normal, target, written] = [draws, targetS, writtenS].map((at) => kernels.f32(at, count)) as Float32Array[];
    for (let at = 0; at < count; at++) {
      const goal = target![at]! / micro;
      written![at] = micro * (goal + sigma(goal) * normal![at]!);
    }
    kernels.release(mark);
    return outcome;
  }

  function age(kernels: Kernels, nowS: number, writtenS: number, block: CellBlock, seconds: number, frozen: boolean): void {
    const count = block.rows * block.columns;
    if (seconds === 0) {
      if (nowS !== writtenS) kernels.f32(nowS, count).set(kernels.f32(writtenS, count));
      return;
    }
    const mark = kernels.mark();
    const relax = relaxation?.(seconds);
    const sigma = frozen ? frozenSigma?.(seconds) : undefined;
    // views are taken anew after each allocation, which may move memory
    const pointers = [relax, sigma].map((wanted) => (wanted === undefined ? undefined : kernels.allocate(4 * count)));
    fill(kernels, pointers[0], block, purposes.relaxation);
    fill(kernels, pointers[1], block, purposes.frozenRead);
    const [xi, noise] = pointers.map((at) => (at === undefined ? undefined : kernels.f32(at, count)));
    const [written, now] = [kernels.f32(writtenS, count), kernels.f32(nowS, count)];
    for (let at = 0; at < count; at++) {
      let g = written[at]! / micro;
      if (relax !== undefined) g = relax(g, xi![at]!);
      if (sigma !== undefined) g += sigma(g, written[at]! / micro) * noise![at]!;
      now[at] = Math.min(maxS, Math.max(minS, micro * g));
    }
    kernels.release(mark);
  }

  return {
    ...declared,
    meanPulses,
    slowestPulses: (tolerance, cells, limit) => expectedSlowest(meanPulses(tolerance), cells, limit),
    program,
    age,
  };
}

function fill(kernels: Kernels, pointer: number | undefined, block: CellBlock, purpose: number): void {
  if (pointer === undefined) return;
  const { rows, columns, row0, column0, event } = block;
  const { key0, key1 } = cellKey(block);
  kernels.normalGrid(pointer, rows, columns, columns, row0, column0, key0, key1, purpose, event);
}
