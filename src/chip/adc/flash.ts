import type { ChipDescription } from '../description.ts';
import { areaFromNode } from '../logic-costs.ts';
import { interpolate, type NodeTable } from '../node-table.ts';
import { chargedBits } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';

/** uW of one current sense amplifier, LSTP. */
const comparator: NodeTable = [
  [7, 0.35],
  [10, 0.55],
  [14, 1.0],
  [22, 1.7],
  [32, 3.09],
  [45, 6.32],
  [65, 8.41],
  [90, 12.6],
  [130, 18.1],
];

const constants = {
  comparatorArea32: {
    value: 67e-12,
    unit: 'm2',
    source: 'assumed: 54 mm2 of 6-bit converters of a NeuroSim V2.1 run of VGG-8 at 32 nm, shared among 12 800',
    doc: 'one comparator at 32 nm',
  },
} as const;

const comparators = ({ tile }: ChipDescription): number => 2 ** chargedBits(tile.adc.bits) - 1;

export const flash: AdcModel = {
  kind: 'flash',
  doc: 'one sense amplifier per level: fast, exponential in bits',
  joulesText: 'k (2^b - 1) uW x 1 ns; k by node',
  joulesSource: 'NeuroSim V2.1 MultilevelSenseAmp.cpp, LSTP coefficients',
  joules: (chip) => interpolate(comparator, chip.technology.nodeNm, 'log') * 1e-6 * comparators(chip) * 1e-9,
  areaText: '(2^b - 1) 67 um2 kA/kA(32)',
  areaSource: constants.comparatorArea32.source,
  area: (chip) => comparators(chip) * areaFromNode(chip.technology, constants.comparatorArea32.value * 1e12, 32),
  seconds: () => 1e-9,
  secondsText: '1 ns',
  mux: 8,
  constants,
};
