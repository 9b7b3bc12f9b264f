import { adcArea, adcAreaText, adcConstants, adcJoules, adcJoulesText } from '../adc-models.ts';
import type { ChipPath } from '../chip-path.ts';
import { convertersPerTile } from '../output-columns.ts';
import { adcParameters } from './adc-parameters.ts';
import { component, tileCount } from './component.ts';

const convertUses: readonly ChipPath[] = [
  'tile.adc.kind',
  'tile.adc.bits',
  'tile.adc.conversionS',
  'tile.adc.calibration',
  'tile.adc.biasW',
  'tile.adc.countJoules',
  'tile.adc.fixedJoules',
  'technology.nodeNm',
  'technology.supplyV',
  'technology.temperatureK',
];

export const adc = component({
  path: 'tile.adc',
  doc: 'Column converters, shared by `mux` columns. The energy model is selectable (sar, cco, fixed) and carries a calibration factor: published tools differ by ten to twenty times for the same specification.',
  inaccuracies: [
    'Uncertainty of the SAR energy is a factor of four either way (NeuroSim to the survey regression).',
    'SAR area is that of slow silicon (NeuRRAM); the survey regression gives up to twenty times more.',
    'Transposed reads use the same converters; the switches to the rows cost nothing.',
    'An ideal converter (bits: ideal) is charged as an 8-bit one.',
  ],
  constants: adcConstants,
  parameters: adcParameters,
  cost: {
    component: 'adc',
    count: (chip) => tileCount(chip) * convertersPerTile(chip),
    actions: {
      convert: {
        text: adcJoulesText,
        source:
          'sar: geometric mean of NeuroSim SarADC and the Accelergy ADC plug-in, 22-130 nm; cco: fitted to HERMES (Khaddam-Aljameh 2022)',
        uses: convertUses,
        value: adcJoules,
      },
    },
    area: {
      text: adcAreaText,
      source: 'sar: NeuRRAM silicon (Wan 2022) and a 1 fF capacitor array; cco: HERMES column pitch, fitted to the core area',
      uses: ['tile.adc.kind', 'tile.adc.bits', 'tile.adc.fixedArea', 'technology.nodeNm'],
      value: adcArea,
    },
    leakage: {
      text: 'analogLeakage x convert / conversionS',
      source: 'PUMA constants: ADC 0.2 mW of 2 mW',
      uses: ['overhead.analogLeakage', ...convertUses],
      value: (chip) => (chip.overhead.analogLeakage * adcJoules(chip)) / chip.tile.adc.conversionS,
    },
    digital: false,
    onDie: true,
  },
});
