import type { ChipDescription } from '../description.ts';
import { aladdinSource, areaFromNode, fromNode } from '../logic-costs.ts';
import { chargedBits } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';

const constants = {
  rampJoules14: {
    value: 12.5e-12,
    unit: 'J',
    source: 'Marinella 2018: 12.8 nJ of a whole 1024 x 1024 product over its 1024 columns, 14 nm: an upper bound',
    doc: '8-bit conversion at 14 nm',
  },
  rampSlot: {
    value: 1.5e-9,
    unit: 's',
    source: 'Marinella 2018: 0.384 us over 256 slots',
    doc: 'one step of the ramp',
  },
} as const;

export const ramp: AdcModel = {
  kind: 'ramp',
  doc: 'one comparator a column against a common ramp of 2^b steps',
  joulesText: '12.5 pJ 2^(b-8) kE/kE(14)',
  joulesSource: constants.rampJoules14.source,
  joules: ({ technology, tile }: ChipDescription) =>
    fromNode(technology, constants.rampJoules14.value * 2 ** (chargedBits(tile.adc.bits) - 8), 14),
  areaText: '(71 um2 comparator + 495 um2 b/32 counter) kA/kA(40)',
  areaSource: aladdinSource,
  area: ({ technology, tile }) => areaFromNode(technology, 71 + (495 * chargedBits(tile.adc.bits)) / 32, 40),
  seconds: ({ tile }) => 2 ** chargedBits(tile.adc.bits) * constants.rampSlot.value,
  secondsText: '2^bits x 1.5 ns',
  mux: 1,
  constants,
};
