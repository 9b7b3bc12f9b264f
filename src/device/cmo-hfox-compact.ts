import type { CellModel } from './cell-model.ts';
import { frozenReadSigma, relaxation } from './cmo-hfox.ts';
import { cmoHfoxNumbers as numbers } from './cmo-hfox-parameters.ts';
import { applyPulse, conductanceOf, operate, states, vacanciesOf } from './compact-model.ts';
import { compactModelRows, compactSource } from './compact-parameters.ts';
import { parameterRows } from './parameter-rows.ts';
import { type Curve, interpolate } from './polynomial.ts';
import { closedLoop } from './programming/closed-loop.ts';
import { simulateProgramming } from './programming/simulated-programming.ts';
import { createStatisticalCell } from './statistical-cell.ts';

const fitted = 'fitted here: a step of 2.95 uS up and down at the symmetry point';

/** Window of the compact model's high- and low-resistance states. */
export const compactWindow = { minS: 26.5e-6, maxS: 90.3e-6 } as const;
/** Pulses of 1 us and the series resistance of the select transistor under each. */
export const compactPulse = { setV: 1.35, setOhm: 370, resetV: -1.3, resetOhm: 31, seconds: 1e-6 } as const;
const cycleNoise = 0.9;
const [gainSpread, verifyNoise] = [0.1, 4e-4];

/** Steps and heat of single pulses against conductance, integrated once. */
interface StepCurves {
  readonly up: Curve;
  readonly down: Curve;
  readonly joules: Curve;
}

let curves: StepCurves | undefined;

/** Step curves of both pulses over the window and a little beyond. */
export function compactCurves(): StepCurves {
  if (curves !== undefined) return curves;
  const x = Array.from({ length: 41 }, (_, index) => 22e-6 + (72e-6 * index) / 40);
  const pulses = x.map((conductanceS) => {
    const start = vacanciesOf(conductanceS);
    const set = applyPulse(start, compactPulse.setV, compactPulse.seconds, compactPulse.setOhm);
    const reset = applyPulse(start, compactPulse.resetV, compactPulse.seconds, compactPulse.resetOhm);
    return {
      up: conductanceOf(set.vacancies) - conductanceS,
      down: conductanceOf(reset.vacancies) - conductanceS,
      joules: (set.joules + reset.joules) / 2,
    };
  });
  curves = {
    up: { x, y: pulses.map(({ up }) => up) },
    down: { x, y: pulses.map(({ down }) => down) },
    joules: { x, y: pulses.map(({ joules }) => joules) },
  };
  return curves;
}

const pulseJoules = (conductanceS: number): number => interpolate(compactCurves().joules, conductanceS);
const { minS, maxS } = compactWindow;
const within = (conductanceS: number): number => Math.min(94e-6, Math.max(22e-6, conductanceS));

const loop = closedLoop({
  doc: 'identical 1 us pulses of 1.35 V and -1.3 V whose steps the compact model gives, a verify read after each, until inside the band',
  peakV: compactPulse.setV,
  pulseA: operate(states.symmetry, compactPulse.setV, 0).currentA,
  up: (conductanceS, noise, gain) =>
    within(conductanceS + interpolate(compactCurves().up, conductanceS) * gain * (1 + cycleNoise * noise)),
  down: (conductanceS, noise, gain) =>
    within(conductanceS + interpolate(compactCurves().down, conductanceS) * gain * (1 + cycleNoise * noise)),
  gainSpread,
  verifyNoise,
  foundS: [minS, maxS],
  pulseJoules,
});

/** I-V curves by conductance: solving the operating point for every read would take longer than the read. */
const ivCurves = new Map<number, Curve>();
const ivPoints = 60;
const ivMost = 0.6;

function current(conductanceS: number, volts: number): number {
  let curve = ivCurves.get(conductanceS);
  if (curve === undefined) {
    const vacancies = vacanciesOf(conductanceS);
    const x = Array.from({ length: ivPoints + 1 }, (_, index) => (ivMost * index) / ivPoints);
    curve = { x, y: x.map((size) => (size === 0 ? 0 : operate(vacancies, size, 0).currentA)) };
    if (ivCurves.size > 256) ivCurves.clear();
    ivCurves.set(conductanceS, curve);
  }
  return Math.sign(volts) * interpolate(curve, Math.abs(volts));
}

export const cmoHfoxCompact: CellModel = createStatisticalCell({
  kind: 'cmo-hfox-compact',
  doc: 'CMO/HfOx cell from the conductance-temperature compact model: pulses integrate vacancy drift under Joule heating; relaxation and read noise as in cmo-hfox.',
  inaccuracies: [
    'temperature is quasi-static: the cell heats in 28 ps',
    'noise from pulse to pulse and spread from cell to cell are added to the steps; the compact model has neither',
    'relaxation and read noise are those of the fitted cell',
    'series resistance of the transistor is a constant for each polarity, fitted to the step',
  ],
  parameters: parameterRows([
    ['minS', minS, 'S', 'computed', 'compact model at 7e24 vacancies per m3', 'high-resistance state'],
    ['maxS', maxS, 'S', 'computed', 'compact model at 3.77e25 vacancies per m3', 'low-resistance state'],
    ['readV', 0.2, 'V', 'peer-code', compactSource, 'read voltage'],
    ['pulseSeconds', compactPulse.seconds, 's', 'peer-code', compactSource, 'programming pulse without edges'],
    ['verifySeconds', 1e-6, 's', 'assumed', 'assumed: as long as the pulse', 'verify read'],
    ['setV', compactPulse.setV, 'V', 'peer-code', compactSource, 'potentiating pulse'],
    ['resetV', compactPulse.resetV, 'V', 'peer-code', compactSource, 'depressing pulse'],
    ['setOhm', compactPulse.setOhm, 'ohm', 'computed', fitted, 'transistor under the potentiating pulse'],
    ['resetOhm', compactPulse.resetOhm, 'ohm', 'computed', fitted, 'transistor under the depressing pulse'],
    ...compactModelRows,
    ['cycleNoise', cycleNoise, '1', 'measured-secondary', 'Falcone et al. 2025: noise-to-signal ratio 90 %', 'noise of a step'],
    ['gainSpread', gainSpread, '1', 'assumed', 'assumed: steps differ by 10 % from cell to cell', 'spread of steps'],
    ['verifyNoise', verifyNoise, '1', 'assumed', 'assumed: 20 nS at 50 uS', 'noise of a verify read'],
    ['meanPulsesFine', 40, '1', 'computed', 'simulated loop over the window at 0.2 %', 'mean pulses at 0.2 %'],
    ['meanPulsesCoarse', 13, '1', 'computed', 'simulated loop over the window at 2 %', 'mean pulses at 2 %'],
    ['whiteNoise', 0.01, '1', 'assumed', 'assumed: aihwkit w_noise of about 0.01', 'read noise, share of the window'],
    ['driftMean', numbers.driftMean, 'uS', 'peer-code', 'Falcone et al. 2025, fit in aihwkit', 'mean relaxation per ln s'],
    ['driftSpread', numbers.driftSpread, 'uS', 'peer-code', 'Falcone et al. 2025, fit in aihwkit', 'spread of it per ln s'],
    ['driftSpreadFirst', numbers.driftSpreadFirst, 'uS', 'peer-code', 'Falcone et al. 2025, fit in aihwkit', 'spread after 1 s'],
    [
      'readNoise',
      numbers.readNoise,
      'uS',
      'peer-code',
      'Falcone et al. 2025, fit in aihwkit',
      'low-frequency noise per decade of g',
    ],
    ['readTime', numbers.readTime, 's', 'peer-code', 'Falcone et al. 2025, fit in aihwkit', 'integration time of that noise'],
  ]),
  minS,
  maxS,
  readV: 0.2,
  pulseSeconds: compactPulse.seconds,
  verifySeconds: 1e-6,
  readNoiseS: 0.01 * (maxS - minS),
  relaxation: (seconds) => {
    const { mean, spread } = relaxation(seconds);
    return (g, xi) => g + mean + spread * xi;
  },
  frozenSigma: (seconds) => {
    const decade = frozenReadSigma(10, seconds);
    return (g) => (g > 1 ? decade * Math.log10(g) : 0);
  },
  meanPulses: (tolerance) => Math.max(1, 40 * (Math.max(tolerance, 1e-6) / 0.002) ** (Math.log(13 / 40) / Math.LN10)),
  pulseJoules,
  simulated: [simulateProgramming(loop, minS, maxS)],
  current,
});
