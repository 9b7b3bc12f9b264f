import { neuronActivity } from '../adc/charge-decrement.ts';
import type { ChipDescription } from '../description.ts';
import { areaFromNode, fromNode } from '../logic-costs.ts';
import { conversionRoundSeconds, outputColumns } from '../output-columns.ts';
import { quantity } from '../parameter.ts';
import { component, tileCount } from './component.ts';

const silicon = 'NeuRRAM silicon (Wan 2022), 130 nm';

/** 130 nm: a sample per magnitude bit and an integration per pulse when the neuron does both; else one sample and seven steps. */
function standardJoules(chip: ChipDescription): number {
  if (chip.tile.adc.kind !== 'charge-decrement') return fromNode(chip.technology, 3e-12, 130);
  const { pulses, samples } = neuronActivity(chip);
  return fromNode(chip.technology, 1.2e-12 * samples + 0.25e-12 * pulses, 130);
}

export const sampleHold = component({
  path: 'tile.sampleHold',
  doc: 'Integrator and sample-and-hold of every output column; it keeps a column until the shared converter comes to it.',
  inaccuracies: [
    'No droop of the held value.',
    'Integrating converters hold the value themselves: then set energy and area to 0.',
  ],
  constants: {},
  parameters: {
    'tile.sampleHold.joules': quantity('J', {
      doc: 'one column integrated and sampled',
      from: 0,
      to: 1e-6,
      standard: standardJoules,
      source: `sample 1.2 pJ + integrator steps of 0.25 pJ (seven, or one per pulse of charge-decrement neurons): ${silicon}`,
    }),
    'tile.sampleHold.area': quantity('m2', {
      doc: 'one column',
      from: 0,
      to: 1e-6,
      standard: (chip) => areaFromNode(chip.technology, 700, 130),
      source: `sample 350 um2 + integrator 350 um2: ${silicon}`,
    }),
  },
  cost: {
    component: 'sample-hold',
    count: (chip) => tileCount(chip) * outputColumns(chip) * chip.tile.adc.perOutput,
    actions: {
      sample: {
        text: 'perOutput x joules',
        source: silicon,
        uses: ['tile.sampleHold.joules', 'tile.adc.perOutput'],
        value: (chip) => chip.tile.adc.perOutput * chip.tile.sampleHold.joules,
      },
    },
    area: { text: 'area', source: silicon, uses: ['tile.sampleHold.area'], value: (chip) => chip.tile.sampleHold.area },
    leakage: {
      text: 'analogLeakage x joules / (mux x conversionS)',
      source: 'PUMA constants: analog blocks leak a tenth of their dynamic power',
      uses: ['overhead.analogLeakage', 'tile.sampleHold.joules', 'tile.adc.conversionS', 'tile.adc.mux'],
      value: (chip) => (chip.overhead.analogLeakage * chip.tile.sampleHold.joules) / conversionRoundSeconds(chip),
    },
    digital: false,
    onDie: true,
  },
});
