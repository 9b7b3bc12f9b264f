import type { CellModel } from './cell-model.ts';
import { coefficientRows, parameterRows } from './parameter-rows.ts';
import { polynomial } from './polynomial.ts';
import { createStatisticalCell } from './statistical-cell.ts';

const fit = 'Joshi et al. 2020, Nandakumar et al. 2019, fits in aihwkit inference/noise/pcm.py';
const programming = [0.26348, 1.965, -1.1731];
const maxMicro = 25;
/** Seconds after which drift is counted; integration time of read noise, s. */
const [startSeconds, readTime] = [20, 250e-9];
const meanPulses = 10;
/** Exponent of drift and read noise, as fitted. */
const drift = {
  ...{ slope: -0.0155, offset: 0.0244, leastMean: 0.049, mostMean: 0.1 },
  ...{ spreadSlope: -0.0125, spreadOffset: -0.0059, leastSpread: 0.008, mostSpread: 0.045 },
};
const read = { noise: 0.0088, power: 0.65, most: 0.2 };

const clip = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));
/** Share of the largest conductance; the logarithms below need it above zero. */
const share = (g: number): number => Math.max(1e-6, g / maxMicro);

/** Drift exponent of a cell of g uS with the standard normal xi. */
export function driftExponent(g: number, xi: number): number {
  const log = Math.log(share(g));
  const mean = clip(drift.leastMean, drift.slope * log + drift.offset, drift.mostMean);
  const spread = clip(drift.leastSpread, drift.spreadSlope * log + drift.spreadOffset, drift.mostSpread);
  return Math.abs(mean + spread * xi);
}

export const pcm: CellModel = createStatisticalCell({
  kind: 'pcm',
  doc: 'Phase-change memory of the HERMES family as aihwkit models it, for comparison: programming error, power-law drift with an exponent per cell, 1/f read noise.',
  inaccuracies: [
    'drift exponents and read noise follow the conductance a cell was written to; aihwkit takes its target',
    'programming pulses are not simulated; their number is assumed',
  ],
  parameters: parameterRows([
    ['minS', 0, 'S', 'peer-code', fit, 'smallest conductance'],
    ['maxS', maxMicro * 1e-6, 'S', 'peer-code', fit, 'largest conductance'],
    ['readV', 0.2, 'V', 'assumed', 'assumed: as the other cells', 'read voltage'],
    ['pulseSeconds', 1e-6, 's', 'assumed', 'assumed: pulses of 1 us', 'programming pulse'],
    ['verifySeconds', 1e-6, 's', 'assumed', 'assumed: as long as the pulse', 'verify read'],
    ['meanPulses', meanPulses, '1', 'assumed', 'assumed: iterative programming in about ten pulses', 'mean pulses'],
    ['pulseJoules', 100e-12, 'J', 'assumed', 'assumed: 100 pJ, between set and reset', 'heat of one pulse'],
    ['startSeconds', startSeconds, 's', 'peer-code', fit, 'delay after which drift is counted'],
    ['readTime', readTime, 's', 'peer-code', fit, 'integration time of read noise'],
    ['driftSlope', drift.slope, '1', 'peer-code', fit, 'mean drift exponent against ln g/25 uS'],
    ['driftOffset', drift.offset, '1', 'peer-code', fit, 'mean drift exponent at 25 uS'],
    ['driftLeast', drift.leastMean, '1', 'peer-code', fit, 'least mean drift exponent'],
    ['driftMost', drift.mostMean, '1', 'peer-code', fit, 'largest mean drift exponent'],
    ['driftSpreadSlope', drift.spreadSlope, '1', 'peer-code', fit, 'spread of the exponent against ln g/25 uS'],
    ['driftSpreadOffset', drift.spreadOffset, '1', 'peer-code', fit, 'spread of the exponent at 25 uS'],
    ['driftSpreadLeast', drift.leastSpread, '1', 'peer-code', fit, 'least spread of the exponent'],
    ['driftSpreadMost', drift.mostSpread, '1', 'peer-code', fit, 'largest spread of the exponent'],
    ['readNoise', read.noise, '1', 'peer-code', fit, 'read noise of the largest conductance, as a share of it'],
    ['readNoisePower', read.power, '1', 'peer-code', fit, 'exponent of its growth towards small conductances'],
    ['readNoiseMost', read.most, '1', 'peer-code', fit, 'largest read noise, as a share of the conductance'],
    ['whiteNoise', 0.01, '1', 'assumed', 'assumed: aihwkit w_noise of about 0.01', 'white read noise, share of the window'],
    ...coefficientRows('programming', programming, 'uS', 'peer-code', fit, 'programming error against g/25 uS'),
  ]),
  minS: 0,
  maxS: maxMicro * 1e-6,
  readV: 0.2,
  pulseSeconds: 1e-6,
  verifySeconds: 1e-6,
  readNoiseS: 0.01 * maxMicro * 1e-6,
  programSigma: () => (g) => Math.max(0, polynomial(programming, g / maxMicro)),
  relaxation: (seconds) => {
    const log = Math.log((seconds + startSeconds) / startSeconds);
    return (g, xi) => (g <= 0 ? 0 : g * Math.exp(-driftExponent(g, xi) * log));
  },
  frozenSigma: (seconds) => {
    const spread = Math.sqrt(Math.log((seconds + startSeconds + readTime) / (2 * readTime)));
    return (g, writtenG) => (g <= 0 ? 0 : g * Math.min(read.noise / share(writtenG) ** read.power, read.most) * spread);
  },
  meanPulses: () => meanPulses,
  pulseJoules: () => 100e-12,
});
