import type { ModelConstant } from './components/component.ts';
import type { ChipDescription } from './description.ts';
import { areaFromNode, from45 } from './logic-costs.ts';
import { chargedBits } from './timing-rules.ts';

const boltzmann = 1.380649e-23;
const fitted = 'coefficients assumed so that 45 nm meets the geometric mean of NeuroSim SarADC and the Accelergy ADC plug-in';

export const adcConstants = {
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
  ccoCounts8: {
    value: 110,
    unit: '',
    source: 'assumed: mean of more than 420 counts (HERMES, Khaddam-Aljameh 2022)',
    doc: 'mean counts of an 8-bit conversion',
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
  ccoArea14: {
    value: 450e-12,
    unit: 'm2',
    source: 'assumed: fitted to the HERMES core area at 4 um column pitch',
    doc: 'current-controlled oscillator and counter at 14 nm',
  },
} as const satisfies Record<string, ModelConstant>;

export const adcJoulesText =
  'calibration x { sar: ((0.10 pJ b + 0.66 fJ 2^b) kE + 24 kT 4^b) (1 + fs/fc, only above 100 MS/s; fc = 0.5 GHz 32/node); cco: biasW conversionS + 110 2^(b-8) countJoules; fixed: fixedJoules }';
export const adcAreaText = 'sar: 570 um2 kA/kA(130) + 2^b 1 fF / (2 fF/um2); cco: 450 um2 kA/kA(14); fixed: fixedArea';

function sarJoules(chip: ChipDescription): number {
  const { technology, tile } = chip;
  const b = chargedBits(tile.adc.bits);
  const c = adcConstants;
  const logic = from45(technology, c.sarBitJoules45.value * b + c.sarStepJoules45.value * 2 ** b);
  const thermal = 24 * boltzmann * technology.temperatureK * 4 ** b;
  const samplesHz = 1 / tile.adc.conversionS;
  const cornerHz = (c.cornerHz32.value * 32) / technology.nodeNm;
  return (logic + thermal) * (samplesHz > c.fastHz.value ? 1 + samplesHz / cornerHz : 1);
}

function ccoJoules({ tile: { adc } }: ChipDescription): number {
  const counts = adcConstants.ccoCounts8.value * 2 ** (chargedBits(adc.bits) - 8);
  return adc.biasW * adc.conversionS + counts * adc.countJoules;
}

/** Energy of one conversion, J, before the post-layout factor. */
export function adcJoules(chip: ChipDescription): number {
  const { kind, calibration, fixedJoules } = chip.tile.adc;
  const joules = { sar: sarJoules, cco: ccoJoules, fixed: () => fixedJoules }[kind](chip);
  return calibration * joules;
}

/** Area of one converter, m^2, before the wiring factor. */
export function adcArea(chip: ChipDescription): number {
  const { kind, bits, fixedArea } = chip.tile.adc;
  if (kind === 'fixed') return fixedArea;
  if (kind === 'cco') return areaFromNode(chip.technology, adcConstants.ccoArea14.value * 1e12, 14);
  const capacitors = 2 ** chargedBits(bits) * adcConstants.sarUnitFarad.value * adcConstants.capacitorAreaPerFarad.value;
  return areaFromNode(chip.technology, adcConstants.sarLogicArea130.value * 1e12, 130) + capacitors;
}
