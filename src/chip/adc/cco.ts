import type { ChipDescription } from '../description.ts';
import { areaFromNode } from '../logic-costs.ts';
import { chargedBits } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';

const constants = {
  ccoCounts8: {
    value: 110,
    unit: '',
    source: 'assumed: mean of more than 420 counts (HERMES, Khaddam-Aljameh 2022)',
    doc: 'mean counts of an 8-bit conversion',
  },
  ccoArea14: {
    value: 450e-12,
    unit: 'm2',
    source: 'assumed: fitted to the HERMES core area at 4 um column pitch',
    doc: 'current-controlled oscillator and counter at 14 nm',
  },
} as const;

const joules = ({ tile: { adc } }: ChipDescription): number =>
  adc.biasW * adc.conversionS + constants.ccoCounts8.value * 2 ** (chargedBits(adc.bits) - 8) * adc.countJoules;

export const cco: AdcModel = {
  kind: 'cco',
  doc: 'current-controlled oscillator with counter, one a column: bias power through the whole integration window',
  joulesText: 'biasW conversionS + 110 2^(b-8) countJoules',
  joulesSource: 'fitted to the energy of the HERMES core (Khaddam-Aljameh 2022)',
  joules,
  areaText: '450 um2 kA/kA(14)',
  areaSource: 'HERMES column pitch, fitted to the core area',
  area: ({ technology }) => areaFromNode(technology, constants.ccoArea14.value * 1e12, 14),
  seconds: ({ tile }) => 2 ** (chargedBits(tile.input.bits) - 1) * tile.input.stepS,
  secondsText: '2^(input bits - 1) input steps',
  mux: 1,
  constants,
};
