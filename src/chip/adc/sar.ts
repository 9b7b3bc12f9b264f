import type { ChipDescription } from '../description.ts';
import { areaFromNode, from45 } from '../logic-costs.ts';
import { chargedBits } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';

const boltzmann = 1.380649e-23;
const fitted = 'coefficients assumed so that 45 nm meets the geometric mean of NeuroSim SarADC and the Accelergy ADC plug-in';

const constants = {
  sarBitJoules45: { value: 0.1e-12, unit: 'J', source: fitted, doc: 'SAR logic and comparator, per bit at 45 nm' },
  sarStepJoules45: { value: 0.66e-15, unit: 'J', source: fitted, doc: 'SAR capacitor array, per level at 45 nm' },
  fastHz: {
    value: 100e6,
    unit: 'Hz',
    source: 'assumed: no speed penalty below',
    doc: 'sample rate from which a SAR pays for speed',
  },
  cornerHz32: {
    value: 0.5e9,
    unit: 'Hz',
    source: 'assumed: chosen to land near the 16 mW of the ISAAC converters',
    doc: 'speed corner at 32 nm, inverse to the node',
  },
  capacitorAreaPerFarad: {
    value: 0.5e-12 / 1e-15,
    unit: 'm2/F',
    source: 'assumed: 2 fF/um2 metal capacitor',
    doc: 'area of the SAR capacitor array',
  },
  sarUnitFarad: { value: 1e-15, unit: 'F', source: 'assumed: 1 fF unit capacitor', doc: 'unit capacitor of the SAR' },
  sarLogicArea130: {
    value: 570e-12,
    unit: 'm2',
    source: 'NeuRRAM (Wan 2022), 130 nm: ADC 400 um2 + shift and add 170 um2',
    doc: 'SAR logic and comparator at 130 nm',
  },
} as const;

/** (0.10 pJ b + 0.66 fJ 2^b) kE + 24 kT 4^b, and a factor 1 + fs/fc above 100 MS/s. */
function joules({ technology, tile: { adc } }: ChipDescription): number {
  const b = chargedBits(adc.bits);
  const logic = from45(technology, constants.sarBitJoules45.value * b + constants.sarStepJoules45.value * 2 ** b);
  const thermal = 24 * boltzmann * technology.temperatureK * 4 ** b;
  const samplesHz = 1 / adc.conversionS;
  const cornerHz = (constants.cornerHz32.value * 32) / technology.nodeNm;
  return (logic + thermal) * (samplesHz > constants.fastHz.value ? 1 + samplesHz / cornerHz : 1);
}

function area({ technology, tile: { adc } }: ChipDescription): number {
  const capacitors = 2 ** chargedBits(adc.bits) * constants.sarUnitFarad.value * constants.capacitorAreaPerFarad.value;
  return areaFromNode(technology, constants.sarLogicArea130.value * 1e12, 130) + capacitors;
}

/** One cycle per bit and two for sampling, 5 ns each at 130 nm. */
export const sarSeconds = ({ technology, tile }: ChipDescription): number =>
  ((chargedBits(tile.adc.bits) + 2) * 5e-9 * technology.nodeNm) / 130;

export const sar: AdcModel = {
  kind: 'sar',
  doc: 'successive approximation, between the optimistic and the pessimistic tool',
  joulesText: '((0.10 pJ b + 0.66 fJ 2^b) kE + 24 kT 4^b) (1 + fs/fc, only above 100 MS/s; fc = 0.5 GHz 32/node)',
  joulesSource: 'geometric mean of NeuroSim SarADC and the Accelergy ADC plug-in, 22-130 nm',
  joules,
  areaText: '570 um2 kA/kA(130) + 2^b 1 fF / (2 fF/um2)',
  areaSource: 'NeuRRAM silicon (Wan 2022) and a 1 fF capacitor array',
  area,
  seconds: sarSeconds,
  secondsText: '(bits + 2) x 5 ns at 130 nm, scaled with the node',
  mux: 8,
  constants,
};
