import type { Kernels } from '../numeric/kernels.ts';
import { purposes } from '../numeric/purposes.ts';
import { cellKey } from './cell-keys.ts';
import type { CellBlock, CellModel, DeviceParameter, ProgramOutcome } from './cell-model.ts';
import { cmoHfoxLoop, loopParameters, type PulseFamily, pulseFamilies } from './cmo-hfox-loop.ts';
import { cmoHfoxParameters, cmoHfoxNumbers as numbers } from './cmo-hfox-parameters.ts';
import { simulateProgramming } from './programming/simulated-programming.ts';
import { expectedSlowest, pulseLaw } from './pulse-counts.ts';

const micro = 1e-6;
/** log10 of a conductance at or below 1 uS would turn the published read noise negative or NaN. */
const smallestReadable = 1;

/**
 * Standard deviation of the programming error at conductance g, both in uS. The paper's linear fits hold at 0.2 % and 2 %
 * acceptance; at others the error is uniform in the band, scaled to agree with both.
 */
export function programmingSigma(g: number, tolerance: number): number {
  if (Math.abs(tolerance - 0.002) < 1e-9) return numbers.programOffsetFine + numbers.programSlopeFine * g;
  if (Math.abs(tolerance - 0.02) < 1e-9) return numbers.programOffsetCoarse + numbers.programSlopeCoarse * g;
  return (numbers.programUniform * tolerance * g) / Math.sqrt(3);
}

/** Mean shift and spread of relaxation (uS) after `seconds` > 0. Natural logarithm; the first second counts as one. */
export function relaxation(seconds: number): { readonly mean: number; readonly spread: number } {
  const log = Math.log(Math.max(seconds, 1));
  return { mean: numbers.driftMean * log, spread: numbers.driftSpread * log + numbers.driftSpreadFirst };
}

/** Standard deviation (uS) of low-frequency read noise at g uS: K log10(g) sqrt(ln((t + t_r) / (2 t_r))). */
export function frozenReadSigma(g: number, seconds: number): number {
  const spread = Math.sqrt(Math.log((Math.max(seconds, 1) + numbers.readTime) / (2 * numbers.readTime)));
  return g > smallestReadable ? numbers.readNoise * Math.log10(g) * spread : 0;
}

/** Mean pulses of the closed loop: the paper's two points, a straight line in log-log between and beyond them, at least 1. */
function meanPulses(tolerance: number): number {
  const slope = Math.log(numbers.pulsesCoarse / numbers.pulsesFine) / Math.log(0.02 / 0.002);
  return Math.max(1, numbers.pulsesFine * (Math.max(tolerance, 1e-6) / 0.002) ** slope);
}

/** The published statistics: normal error of the fits, geometric pulse counts. */
function publishedProgram(
  family: PulseFamily,
  kernels: Kernels,
  writtenS: number,
  targetS: number,
  block: CellBlock,
  tolerance: number,
  limit: number,
): ProgramOutcome {
  const { rows, columns, row0, column0, event } = block;
  const { key0, key1 } = cellKey(block);
  const count = rows * columns;
  const mark = kernels.mark();
  const draws = kernels.allocate(8 * count);
  const chances = draws + 4 * count;
  kernels.normalGrid(draws, rows, columns, columns, row0, column0, key0, key1, purposes.programming, event);
  kernels.uniformGrid(chances, rows, columns, columns, row0, column0, key0, key1, purposes.pulse, event);
  const [target, written, normal, chance] = [targetS, writtenS, draws, chances].map((at) =>
    kernels.f32(at, count),
  ) as Float32Array[];
  const law = pulseLaw(meanPulses(tolerance), limit);
  const pulses = new Uint16Array(count);
  let failed = 0;
  let joules = 0;
  for (let cell = 0; cell < count; cell++) {
    const needed = law.count(chance![cell]!);
    if (needed > limit) failed++;
    pulses[cell] = Math.min(needed, limit);
    const goal = target![cell]!;
    joules += (pulses[cell]! * family.pulseJoules * goal) / numbers.symmetryS;
    written![cell] = goal + micro * programmingSigma(goal / micro, tolerance) * normal![cell]!;
  }
  kernels.release(mark);
  return { pulses, failed, pulseJoules: joules };
}

/** Window and clamping of a variant of the cell; the published characterisation rows use a wider, unclamped window. */
export interface CmoHfoxOptions {
  readonly minS?: number;
  readonly maxS?: number;
  readonly clamp?: boolean;
  /** Low-frequency read noise; the published MVM study leaves it out. */
  readonly frozenNoise?: boolean;
  /** Pulses that program it; the statistics are those published for the slow ones. */
  readonly family?: PulseFamily;
}

/** The CMO/HfOx cell of Falcone et al. 2025, for inference. */
export function createCmoHfox(options: CmoHfoxOptions = {}): CellModel {
  const { minS = numbers.minS, maxS = numbers.maxS, clamp = true, frozenNoise = true, family = pulseFamilies['1us'] } = options;
  const fast = family.name === '60ns';
  const lowest = clamp ? minS : Number.NEGATIVE_INFINITY;
  const highest = clamp ? maxS : Number.POSITIVE_INFINITY;

  function age(kernels: Kernels, nowS: number, writtenS: number, block: CellBlock, seconds: number, wanted: boolean): void {
    const frozen = wanted && frozenNoise;
    const { rows, columns, row0, column0, event } = block;
    const count = rows * columns;
    if (seconds === 0) {
      if (nowS !== writtenS) kernels.f32(nowS, count).set(kernels.f32(writtenS, count));
      return;
    }
    const { key0, key1 } = cellKey(block);
    const mark = kernels.mark();
    const draws = kernels.allocate(8 * count);
    const reads = draws + 4 * count;
    kernels.normalGrid(draws, rows, columns, columns, row0, column0, key0, key1, purposes.relaxation, event);
    if (frozen) kernels.normalGrid(reads, rows, columns, columns, row0, column0, key0, key1, purposes.frozenRead, event);
    const [written, now, normal, read] = [writtenS, nowS, draws, reads].map((at) => kernels.f32(at, count)) as Float32Array[];
    const { mean, spread } = relaxation(seconds);
    const readScale = frozen ? frozenReadSigma(10, seconds) : 0;
    for (let cell = 0; cell < count; cell++) {
      const relaxed = written![cell]! / micro + mean + spread * normal![cell]!;
      const noise = frozen && relaxed > smallestReadable ? readScale * Math.log10(relaxed) * read![cell]! : 0;
      now![cell] = Math.min(highest, Math.max(lowest, micro * (relaxed + noise)));
    }
    kernels.release(mark);
  }

  return {
    kind: fast ? 'cmo-hfox-60ns' : 'cmo-hfox',
    doc: `Conductive-metal-oxide/HfOx ReRAM of Falcone et al. 2025${fast ? ', programmed with the 60 ns pulses of Choi et al. 2026' : ''}: programming error and relaxation from the published fits; pulse counts geometric around the published means.`,
    inaccuracies: [
      'relaxation is measured to about one week; 10 years is extrapolated',
      'one relaxation draw and one low-frequency read-noise draw per programming event: trajectories keep their rank',
      'pulse counts are geometric and independent of the level; a cell that fails keeps the error of one that does not',
      'energy of a pulse is proportional to the conductance',
      'verify reads are noise-free beyond the fitted programming error',
      'the simulated loop finds cells anywhere in the window; its steps are the same at both pulse widths',
    ],
    parameters: [...(fast ? fastParameters : cmoHfoxParameters), ...loopParameters(family)],
    minS,
    maxS,
    readV: numbers.readV,
    pulseSeconds: family.pulseSeconds,
    verifySeconds: family.verifySeconds,
    readNoiseS: numbers.whiteNoise * (maxS - minS),
    meanPulses,
    slowestPulses: (tolerance, cells, limit) => expectedSlowest(meanPulses(tolerance), cells, limit),
    pulseJoules: (conductanceS) => (family.pulseJoules * conductanceS) / numbers.symmetryS,
    program: (...call) => publishedProgram(family, ...call),
    age,
    simulated: [simulateProgramming(cmoHfoxLoop(family, minS, maxS), minS, maxS)],
  };
}

/** The numbers the fast family changes. */
const fastParameters: readonly DeviceParameter[] = cmoHfoxParameters.map((parameter) => {
  if (parameter.name === 'pulseSeconds')
    return { ...parameter, value: 60e-9, tag: 'measured-secondary', source: 'Choi et al. 2026, 60 ns pulses' };
  if (parameter.name === 'verifySeconds') return { ...parameter, value: 100e-9, source: 'assumed: fast verify read of 100 ns' };
  return parameter.name === 'pulseJoules' ? { ...parameter, value: 38e-12 } : parameter;
});

export const cmoHfox: CellModel = createCmoHfox();
export const cmoHfoxFast: CellModel = createCmoHfox({ family: pulseFamilies['60ns'] });
