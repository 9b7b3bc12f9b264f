import type { ChipDescription } from '../description.ts';
import { interpolate, type NodeTable } from '../node-table.ts';
import { chargedBits } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';

const source = 'NeuroSim V2.1 SarADC.cpp, LSTP coefficients';

/** uW per bit and uW by node; between nodes on a line of the logarithms. */
const perBit: NodeTable = [
  [7, 0.1061],
  [10, 0.1823],
  [14, 0.3132],
  [22, 0.538],
  [32, 1.129],
  [45, 2.169],
  [65, 3.751],
  [90, 5.987],
  [130, 8.448],
];
const base: NodeTable = [
  [7, 0.8847],
  [10, 1.507],
  [14, 2.568],
  [22, 4.375],
  [32, 8.9],
  [45, 16.69],
  [65, 25.84],
  [90, 37.46],
  [130, 65.24],
];

const constants = {
  minimumDeviceF2: {
    value: 30,
    unit: 'F2',
    source: 'assumed: layout area of a minimum transistor with its contacts',
    doc: 'area of one of the minimum transistors NeuroSim counts',
  },
} as const;

/** (p b + q) uW (b + 1) ns (1 + 1.3e-3 (T - 300)). The r/R term of the tool is the array's own power: charged to the crossbar. */
export function neurosimSarJoules({ technology, tile: { adc } }: ChipDescription): number {
  const b = chargedBits(adc.bits);
  const watts = (interpolate(perBit, technology.nodeNm, 'log') * b + interpolate(base, technology.nodeNm, 'log')) * 1e-6;
  return watts * (b + 1) * 1e-9 * (1 + 1.3e-3 * (technology.temperatureK - 300));
}

function area({ technology, tile: { adc } }: ChipDescription): number {
  const b = chargedBits(adc.bits);
  const transistors = 269 + 109 * (b - 1) + 209 + 73 * (b - 1);
  return transistors * constants.minimumDeviceF2.value * (technology.nodeNm * 1e-9) ** 2;
}

export const neurosimSar: AdcModel = {
  kind: 'neurosim-sar',
  doc: 'the optimistic tool: a SAR that needs b + 1 ns at every node',
  joulesText: '(p b + q) uW x (b + 1) ns x (1 + 1.3e-3 (T - 300)); p, q by node; the r/R term is the array and charged there',
  joulesSource: source,
  joules: neurosimSarJoules,
  areaText: '(269 + 109 (b-1) + 209 + 73 (b-1)) minimum transistors of 30 F2',
  areaSource: `transistor counts ${source}; area of one assumed`,
  area,
  seconds: ({ tile }) => (chargedBits(tile.adc.bits) + 1) * 1e-9,
  secondsText: '(bits + 1) ns at every node',
  mux: 8,
  constants,
};
