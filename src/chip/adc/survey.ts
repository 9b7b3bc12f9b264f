import type { ChipDescription } from '../description.ts';
import { chargedBits } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';
import { sarSeconds } from './sar.ts';

const source =
  'Accelergy ADC plug-in, regression over 215 entries of the Murmann survey (80th-percentile designs, 4 bits and more)';

/** Energy of one conversion, J: b bits at fsHz samples a second and a node in nm. Uses nominal bits as effective ones. */
export function surveyJoules(bits: number, samplesHz: number, nodeNm: number): number {
  const figureOfMerit = Math.min(213.7807 - 2.871903 * Math.log(samplesHz), 128.3068 + 3.2205225 * Math.ceil(bits));
  const snr = 6.0206 * bits + 1.7609;
  const node = Math.exp(26.04962 + 1.880037 * Math.log(nodeNm) - 2.829126 * Math.log(bits) - 1.470202);
  return 0.5 * 10 ** ((snr - figureOfMerit) / 10) * node * 1e-12;
}

/** Area of one converter, m^2 (the best tenth of the survey). */
export function surveyArea(bits: number, samplesHz: number, nodeNm: number): number {
  const picojoules = surveyJoules(bits, samplesHz, nodeNm) * 1e12;
  const log = 1.346192 + 0.993279 * Math.log(nodeNm) + 0.1807154 * Math.log(samplesHz) + 0.2991243 * Math.log(picojoules);
  return Math.exp(log) * 1e-12;
}

const arguments_ = ({ technology, tile: { adc } }: ChipDescription): [number, number, number] => [
  chargedBits(adc.bits),
  1 / adc.conversionS,
  technology.nodeNm,
];

export const survey: AdcModel = {
  kind: 'survey',
  doc: 'regression over published converters; flat in speed below about 1 GS/s at 8 bits; trust 22-130 nm',
  joulesText:
    '0.5 10^((6.02 b + 1.76 - FOM)/10) exp(26.05 + 1.880 ln node - 2.829 ln b - 1.470) pJ; FOM = min(213.8 - 2.872 ln fs, 128.3 + 3.221 b)',
  joulesSource: source,
  joules: (chip) => surveyJoules(...arguments_(chip)),
  areaText: 'exp(1.346 + 0.9933 ln node + 0.1807 ln fs + 0.2991 ln E) um2',
  areaSource: source,
  area: (chip) => surveyArea(...arguments_(chip)),
  seconds: sarSeconds,
  secondsText: 'as sar',
  mux: 8,
  constants: {},
};
