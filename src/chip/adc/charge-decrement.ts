import type { ChipDescription } from '../description.ts';
import { areaFromNode, fromNode } from '../logic-costs.ts';
import { chargedBits, magnitudeBits, trainsOf } from '../timing-rules.ts';
import type { AdcModel } from './adc-model.ts';

const silicon = 'NeuRRAM silicon (Wan 2022), 130 nm, as calibrated in CiMLoop';

const constants = {
  stepJoules130: {
    value: 0.4e-12,
    unit: 'J',
    source: `${silicon}: ADC 0.3 pJ + shift and add 0.1 pJ`,
    doc: 'one output step at 130 nm',
  },
  stepSeconds: { value: 0.3e-6, unit: 's', source: silicon, doc: 'one output step; also the turn-round of one input train' },
  neuronArea130: {
    value: 570e-12,
    unit: 'm2',
    source: 'NeuRRAM (Wan 2022): ADC 400 um2 + shift and add 170 um2',
    doc: 'converter at 130 nm, without sample and integrator',
  },
} as const;

/** Output steps: the output bits, and three more than the input bits of the second train when there is one. */
export function decrementSteps({ tile }: ChipDescription): number {
  const [, second] = trainsOf(tile.input);
  return chargedBits(tile.adc.bits) + (second === undefined ? 0 : second + 3);
}

export const chargeDecrement: AdcModel = {
  kind: 'charge-decrement',
  doc: 'takes fixed charges off the integrator until it is empty: small and slow, the neuron of NeuRRAM',
  joulesText: '0.4 pJ kE/kE(130) x steps; steps = b, and 3 + bits of the second input train',
  joulesSource: silicon,
  joules: (chip) => fromNode(chip.technology, constants.stepJoules130.value, 130) * decrementSteps(chip),
  areaText: '570 um2 kA/kA(130)',
  areaSource: constants.neuronArea130.source,
  area: ({ technology }) => areaFromNode(technology, constants.neuronArea130.value * 1e12, 130),
  seconds: (chip) => constants.stepSeconds.value * (decrementSteps(chip) + trainsOf(chip.tile.input).length),
  secondsText: '0.3 us x (steps + input trains)',
  mux: 1,
  constants,
};

/** Integrator steps and samples of one vector: pulses of all trains, and magnitude bits. */
export const neuronActivity = ({ tile }: ChipDescription): { readonly pulses: number; readonly samples: number } => ({
  pulses: trainsOf(tile.input).reduce((sum, bits) => sum + 2 ** bits - 1, 0),
  samples: magnitudeBits(tile.input),
});
