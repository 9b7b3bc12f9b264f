import type { CellModel } from './cell-model.ts';
import { coefficientRows, parameterRows } from './parameter-rows.ts';
import { polynomial } from './polynomial.ts';
import { closedLoop } from './programming/closed-loop.ts';
import { simulateProgramming } from './programming/simulated-programming.ts';
import { createStatisticalCell } from './statistical-cell.ts';

const fit = 'Wan et al. 2022 (Nature), fit in aihwkit inference/noise (ReRamWan2022NoiseModel)';
const paper = 'assumed: recalled from Wan et al. 2022, write-verify within 1 uS';

/** Deviation against u = g / 40 uS after 1 s, 1 day, 2 days, in uS. */
const afterSecond = [0.348, 16.03, -43.853, 45.393, -16.815];
const afterDay = [0.701, 22.086, -50.773, 47.095, -16.458];
const afterTwoDays = [0.782, 20.274, -43.507, 37.062, -11.934];
const referenceS = 40;
const day = 86400;

/** Deviation (uS) of a cell programmed to g uS, `seconds` after: the fits in between by the logarithm of time, constant after 2 days. */
export function neurramSigma(g: number, seconds: number): number {
  const u = Math.min(1, Math.max(0, g / referenceS));
  const [one, dayAfter, twoDays] = [afterSecond, afterDay, afterTwoDays].map((fitted) => Math.max(0, polynomial(fitted, u)));
  if (seconds <= 1) return one!;
  const share = Math.log(seconds) / Math.log(day);
  if (share <= 1) return one! + (dayAfter! - one!) * share;
  return dayAfter! + (twoDays! - dayAfter!) * Math.min(1, Math.log(seconds / day) / Math.LN2);
}

/** Relaxation after the first second adds what the fits have grown by. */
function relaxation(seconds: number): (g: number, xi: number) => number {
  return (g, xi) => {
    const [first, now] = [neurramSigma(g, 1), neurramSigma(g, seconds)];
    return g + Math.sqrt(Math.max(0, now * now - first * first)) * xi;
  };
}

/** Steps of the incremental loop: coarse far from the ends, noisy. */
const step = { up: 2.5e-6, down: 2.5e-6, noise: 0.5 } as const;
const maxS = 40e-6;
const within = (conductanceS: number): number => Math.min(maxS, Math.max(0, conductanceS));
const loop = closedLoop({
  doc: 'pulses of growing amplitude taken as equal noisy steps of 2.5 uS, a verify read after each, until within 1 uS',
  peakV: 2,
  pulseA: 100e-6,
  up: (conductanceS, noise, gain) => within(conductanceS + step.up * gain * (1 + step.noise * noise)),
  down: (conductanceS, noise, gain) => within(conductanceS - step.down * gain * (1 + step.noise * noise)),
  gainSpread: 0.2,
  verifyNoise: 0.005,
  foundS: [0, maxS],
  pulseJoules: (conductanceS) => conductanceS * 1.5 ** 2 * 1e-6,
  band: () => 1e-6,
});
const meanPulses = 6.4;

export const neurram: CellModel = createStatisticalCell({
  kind: 'neurram',
  doc: 'HfOx 1T1R ReRAM of NeuRRAM (Wan et al. 2022, 130 nm): spread after 1 s, 1 day and 2 days from the fits of aihwkit.',
  inaccuracies: [
    'relaxation of the first second counts as programming error: at t = 0 cells are as they are after 1 s',
    'between and after the measured times the spread follows the logarithm of time and stays at that of 2 days',
    'CrossSim fits the same data otherwise near zero conductance (1.05 uS against 0.35 uS)',
    'equal steps stand in for pulses of growing amplitude',
    'the acceptance of the chip is not used: the published loop stops within 1 uS',
  ],
  parameters: parameterRows([
    ['minS', 0, 'S', 'peer-code', fit, 'smallest conductance'],
    ['maxS', maxS, 'S', 'peer-code', fit, 'largest conductance'],
    ['readV', 0.2, 'V', 'assumed', 'assumed: as the other cells', 'read voltage'],
    ['pulseSeconds', 1e-6, 's', 'assumed', 'assumed: pulses of 1 us', 'programming pulse'],
    ['verifySeconds', 1e-6, 's', 'assumed', 'assumed: as long as the pulse', 'verify read'],
    ['acceptanceS', 1e-6, 'S', 'assumed', paper, 'half width of the acceptance band'],
    ['stepS', step.up, 'S', 'assumed', paper, 'step of one pulse'],
    ['stepNoise', step.noise, '1', 'assumed', 'assumed: half a step', 'noise of a step as a share of it'],
    ['stepSpread', 0.2, '1', 'assumed', 'assumed: 20 % from cell to cell', 'spread of steps'],
    ['verifyNoise', 0.005, '1', 'assumed', 'assumed: 0.5 % of the conductance', 'noise of a verify read'],
    ['pulseV', 1.5, 'V', 'assumed', paper, 'voltage that the heat of a pulse is taken at'],
    ['peakV', loop.peakV, 'V', 'assumed', paper, 'largest voltage of a pulse'],
    ['pulseA', loop.pulseA, 'A', 'assumed', 'assumed: largest conductance at 2.5 V', 'largest current of a cell under a pulse'],
    ['meanPulses', meanPulses, '1', 'computed', 'simulated loop over the window', 'mean pulses'],
    ['whiteNoise', 0.01, '1', 'assumed', 'assumed: aihwkit w_noise of about 0.01', 'read noise, share of the window'],
    ...coefficientRows('second', afterSecond, 'uS', 'peer-code', fit, 'spread after 1 s against g / 40 uS'),
    ...coefficientRows('day', afterDay, 'uS', 'peer-code', fit, 'spread after 1 day against g / 40 uS'),
    ...coefficientRows('twoDays', afterTwoDays, 'uS', 'peer-code', fit, 'spread after 2 days against g / 40 uS'),
  ]),
  minS: 0,
  maxS,
  readV: 0.2,
  pulseSeconds: 1e-6,
  verifySeconds: 1e-6,
  readNoiseS: 0.01 * maxS,
  programSigma: () => (g) => neurramSigma(g, 1),
  relaxation,
  meanPulses: () => meanPulses,
  pulseJoules: (conductanceS) => conductanceS * 1.5 ** 2 * 1e-6,
  simulated: [simulateProgramming(loop, 0, maxS)],
});
