import type { CellModel } from './cell-model.ts';
import { parameterRows } from './parameter-rows.ts';
import { closedLoop } from './programming/closed-loop.ts';
import { simulateProgramming } from './programming/simulated-programming.ts';
import { taoxBulkPulsed } from './pulsed/taox-bulk-pulsed.ts';
import { createStatisticalCell } from './statistical-cell.ts';

const assumed = 'assumed: Wu et al. 2023 publish no cell statistics; gradual bulk switching with 64 levels';
const [minS, maxS] = [10e-6, 60e-6];
const span = maxS - minS;
const states = 64;
const step = span / states;
const noise = 0.3;
const errorShare = 0.01;
const pulseV = 1.5;
const meanPulses = 21.1;
const within = (conductanceS: number): number => Math.min(maxS, Math.max(minS, conductanceS));
const pulseJoules = (conductanceS: number): number => conductanceS * pulseV ** 2 * 1e-6;

const loop = closedLoop({
  doc: 'identical pulses of one linear step each, a verify read after each, until within 1.7 % of the window',
  peakV: pulseV,
  pulseA: pulseV * maxS,
  up: (conductanceS, xi, gain) => within(conductanceS + step * gain * (1 + noise * xi)),
  down: (conductanceS, xi, gain) => within(conductanceS - step * gain * (1 + noise * xi)),
  gainSpread: 0.1,
  verifyNoise: 1e-3,
  foundS: [minS, maxS],
  pulseJoules,
  // a uniform error of this half width has the deviation errorShare x window
  band: () => Math.sqrt(3) * errorShare * span,
});

export const taoxBulk: CellModel = createStatisticalCell({
  kind: 'taox-bulk',
  doc: 'Bulk-switching TaOx ReRAM in the manner of Wu et al. 2023: 64 gradual linear steps. The paper gives system results, not cell statistics; every number is assumed.',
  inaccuracies: [
    'no published cell statistics: all numbers are assumptions',
    'no relaxation',
    'the acceptance of the chip is not used: the loop stops within 1.7 % of the window',
  ],
  parameters: parameterRows([
    ['minS', minS, 'S', 'assumed', assumed, 'smallest conductance'],
    ['maxS', maxS, 'S', 'assumed', assumed, 'largest conductance'],
    ['readV', 0.2, 'V', 'assumed', 'assumed: as the other cells', 'read voltage'],
    ['pulseSeconds', 1e-6, 's', 'assumed', 'assumed: pulses of 1 us', 'programming pulse'],
    ['verifySeconds', 1e-6, 's', 'assumed', 'assumed: as long as the pulse', 'verify read'],
    ['levels', states, '1', 'assumed', assumed, 'levels, and steps from end to end'],
    ['stepNoise', noise, '1', 'assumed', assumed, 'noise of a step as a share of it'],
    ['stepSpread', 0.1, '1', 'assumed', assumed, 'spread of steps from cell to cell'],
    ['errorShare', errorShare, '1', 'assumed', assumed, 'programming error as a share of the window'],
    ['verifyNoise', 1e-3, '1', 'assumed', assumed, 'noise of a verify read as a share of the conductance'],
    ['pulseV', pulseV, 'V', 'assumed', assumed, 'programming pulse'],
    ['meanPulses', meanPulses, '1', 'computed', 'simulated loop over the window', 'mean pulses'],
    ['whiteNoise', 0.01, '1', 'assumed', 'assumed: aihwkit w_noise of about 0.01', 'read noise, share of the window'],
  ]),
  minS,
  maxS,
  readV: 0.2,
  pulseSeconds: 1e-6,
  verifySeconds: 1e-6,
  readNoiseS: 0.01 * span,
  levels: states,
  programSigma: () => () => (errorShare * span) / 1e-6,
  meanPulses: () => meanPulses,
  pulseJoules,
  simulated: [simulateProgramming(loop, minS, maxS)],
  pulsed: taoxBulkPulsed,
});
