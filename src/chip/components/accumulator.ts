import type { ChipDescription } from '../description.ts';
import { leakageDensity, leakageSource, leakageUses } from '../leakage.ts';
import { areaFromNode, from45, horowitzSource, integerAddJoules, registerArea, registerJoules } from '../logic-costs.ts';
import { integer } from '../parameter.ts';
import { component } from './component.ts';

const laneArea = ({ technology, accumulator: { bits } }: ChipDescription): number =>
  areaFromNode(technology, (137 * bits) / 32, 45) + 2 * bits * registerArea(technology);

export const accumulator = component({
  path: 'accumulator',
  doc: 'Adds the partial sums of row blocks on their way to the scratchpad: adder lanes with their registers.',
  inaccuracies: ['Charged as integer addition although partial sums may be floating point.'],
  constants: {},
  parameters: {
    'accumulator.lanes': integer({
      doc: 'sums per cycle',
      from: 1,
      to: 1024,
      standard: 16,
      source: 'assumed: keeps up with one mesh row',
    }),
    'accumulator.bits': integer({
      doc: 'width of a sum',
      from: 8,
      to: 64,
      standard: 32,
      source: 'assumed: no overflow at any depth in use',
    }),
  },
  cost: {
    component: 'accumulator',
    count: (chip) => chip.accumulator.lanes,
    actions: {
      add: {
        text: 'kE (0.03 pJ + 0.07 pJ (bits - 8)/24) + 2 bits register',
        source: `${horowitzSource}; registers Aladdin 40 nm`,
        uses: ['accumulator.bits', 'technology.nodeNm', 'technology.supplyV'],
        value: ({ technology, accumulator: { bits } }) =>
          from45(technology, integerAddJoules(bits)) + 2 * bits * registerJoules(technology),
      },
    },
    area: {
      text: 'adder 137 um2 bits/32 at 45 nm + 2 bits registers',
      source: 'assumed: recalled 45 nm synthesis; registers Aladdin 40 nm',
      uses: ['accumulator.bits', 'technology.nodeNm'],
      value: laneArea,
    },
    leakage: {
      text: 'area x leakage density',
      source: leakageSource,
      uses: ['accumulator.bits', ...leakageUses],
      value: (chip) => laneArea(chip) * leakageDensity(chip.technology),
    },
    digital: true,
    onDie: true,
  },
});
