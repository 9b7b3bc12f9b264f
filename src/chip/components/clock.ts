import { fraction, quantity } from '../parameter.ts';
import { component, zeroFormula } from './component.ts';

/** Highest clock of synthesised logic here: 20-25 FO4 of 0.36 ps per nm. */
const standardClockHz = (nodeNm: number): number => (nodeNm > 90 ? 200e6 : nodeNm > 45 ? 500e6 : 1e9);

export const clock = component({
  path: 'clock',
  doc: 'One clock for controller, vector units, scratchpad, network and tile logic; its tree is charged as a share of their dynamic energy.',
  inaccuracies: ['No clock gating states: an idle cycle costs nothing, a busy one its share.'],
  constants: {},
  parameters: {
    'clock.frequencyHz': quantity('Hz', {
      doc: 'digital clock',
      from: 1e6,
      to: 5e9,
      standard: (chip) => standardClockHz(chip.technology.nodeNm),
      source: 'assumed: 20-25 FO4 per cycle, FO4 = 0.36 ps per nm',
    }),
    'clock.treeFraction': fraction({
      doc: 'energy of the clock tree as a share of digital dynamic energy',
      standard: 0.15,
      source: 'assumed: rule of thumb for synthesised logic',
    }),
  },
  cost: {
    component: 'clock-tree',
    count: () => 1,
    actions: {},
    area: zeroFormula('part of the wiring area factor'),
    leakage: zeroFormula('part of the leakage of the logic it clocks'),
    digital: false,
    onDie: true,
  },
});
