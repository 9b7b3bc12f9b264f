import {
  adcArea,
  adcAreaSources,
  adcAreaText,
  adcConstants,
  adcJoules,
  adcJoulesSources,
  adcJoulesText,
  adcModelOf,
} from '../adc/adc-models.ts';
import type { ChipPath } from '../chip-path.ts';
import type { ChipDescription } from '../description.ts';
import { convertersPerTile } from '../output-columns.ts';
import { adcParameters } from './adc-parameters.ts';
import { component, tileCount } from './component.ts';

const convertUses: readonly ChipPath[] = [
  'tile.adc.kind',
  'tile.adc.bits',
  'tile.adc.conversionS',
  'tile.adc.calibration',
  'tile.adc.perOutput',
  'tile.input.bits',
  'tile.input.splitAbove',
  'tile.adc.biasW',
  'tile.adc.countJoules',
  'tile.adc.fixedJoules',
  'technology.nodeNm',
  'technology.supplyV',
  'technology.temperatureK',
];

export const adc = component({
  path: 'tile.adc',
  doc: 'Column converters, shared by `mux` columns. The model of energy, area and time is selectable and carries a calibration factor: published tools differ by ten to twenty times for the same specification.',
  inaccuracies: [
    'Uncertainty of the SAR energy is a factor of four either way (NeuroSim to the survey regression).',
    'SAR area is that of slow silicon (NeuRRAM); the survey regression gives up to twenty times more.',
    'Transposed reads use the same converters; the switches to the rows cost nothing.',
    'An ideal converter (bits: ideal) is charged as an 8-bit one.',
  ],
  constants: adcConstants,
  constantsInUse: (chip: ChipDescription) => adcModelOf(chip).constants,
  parameters: adcParameters,
  cost: {
    component: 'adc',
    count: (chip) => tileCount(chip) * convertersPerTile(chip),
    actions: {
      convert: {
        text: adcJoulesText,
        source: adcJoulesSources,
        uses: convertUses,
        value: adcJoules,
        inUse: (chip) => {
          const { kind, joulesText, joulesSource } = adcModelOf(chip);
          return { text: `calibration x perOutput x ${kind}: ${joulesText}`, source: joulesSource };
        },
      },
    },
    area: {
      text: adcAreaText,
      source: adcAreaSources,
      uses: ['tile.adc.kind', 'tile.adc.bits', 'tile.adc.conversionS', 'tile.adc.fixedArea', 'technology.nodeNm'],
      value: adcArea,
      inUse: (chip) => {
        const { kind, areaText, areaSource } = adcModelOf(chip);
        return { text: `${kind}: ${areaText}`, source: areaSource };
      },
    },
    leakage: {
      text: 'analogLeakage x convert / conversionS',
      source: 'PUMA constants: ADC 0.2 mW of 2 mW',
      uses: ['overhead.analogLeakage', ...convertUses.filter((path) => path !== 'tile.adc.perOutput')],
      value: (chip) => (chip.overhead.analogLeakage * adcJoules(chip)) / chip.tile.adc.perOutput / chip.tile.adc.conversionS,
    },
    latency: {
      text: 'conversionS',
      source: 'tile.adc.conversionS',
      uses: ['tile.adc.conversionS'],
      value: (chip) => chip.tile.adc.conversionS,
    },
    digital: false,
    onDie: true,
  },
});
