import type { AdcModel } from './adc-model.ts';
import { sarSeconds } from './sar.ts';

export const fixed: AdcModel = {
  kind: 'fixed',
  doc: 'given numbers',
  joulesText: 'fixedJoules',
  joulesSource: 'given with the chip',
  joules: ({ tile }) => tile.adc.fixedJoules,
  areaText: 'fixedArea',
  areaSource: 'given with the chip',
  area: ({ tile }) => tile.adc.fixedArea,
  seconds: sarSeconds,
  secondsText: 'as sar',
  mux: 8,
  constants: {},
};
