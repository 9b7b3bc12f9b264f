import { leakageDensity, leakageSource, leakageUses } from '../leakage.ts';
import {
  aladdinSource,
  areaFromNode,
  from45,
  horowitzSource,
  integerAddJoules,
  integerMultiplyJoules,
  registerJoules,
} from '../logic-costs.ts';
import { outputColumns } from '../output-columns.ts';
import { quantity } from '../parameter.ts';
import { component, tileCount } from './component.ts';

const registerBits = 20;

export const digital = component({
  path: 'tile.digital',
  doc: 'Digital periphery of a column: shift-and-add of slices and bit-serial passes, affine scale, output register.',
  inaccuracies: [
    'Area of affine units and output registers is not counted apart (about 0.05 mm2 of a 130 nm tile).',
    'Energy does not depend on the data.',
  ],
  constants: {
    registerBits: {
      value: registerBits,
      unit: 'bit',
      source: 'assumed: 8-bit code x 8-bit scale and four guard bits',
      doc: 'width of the output register',
    },
  },
  parameters: {
    'tile.digital.shiftAddJoules': quantity('J', {
      doc: '16-bit shift-and-add, per column and conversion',
      from: 0,
      to: 1e-9,
      standard: (chip) => from45(chip.technology, 134e-15),
      source: `16-bit adder and registers, ${aladdinSource}`,
    }),
    'tile.digital.affineJoules': quantity('J', {
      doc: '8-bit multiply and add, per column and conversion',
      from: 0,
      to: 1e-9,
      standard: (chip) => from45(chip.technology, integerMultiplyJoules(8) + integerAddJoules(8)),
      source: horowitzSource,
    }),
    'tile.digital.registerJoules': quantity('J', {
      doc: 'output register, per column and conversion',
      from: 0,
      to: 1e-9,
      standard: (chip) => registerBits * registerJoules(chip.technology),
      source: `20 bits (assumed) of ${aladdinSource}`,
    }),
    'tile.digital.areaPerColumn': quantity('m2', {
      doc: 'area per column',
      from: 0,
      to: 1e-6,
      standard: (chip) => areaFromNode(chip.technology, 60, 32),
      source: 'ISAAC shift-and-add, 60 um2 at 32 nm (Shafiee 2016), scaled with logic area',
    }),
  },
  cost: {
    component: 'tile-digital',
    count: (chip) => tileCount(chip) * outputColumns(chip),
    actions: {
      column: {
        text: 'shiftAddJoules + affineJoules + registerJoules',
        source: 'sum of the three',
        uses: ['tile.digital.shiftAddJoules', 'tile.digital.affineJoules', 'tile.digital.registerJoules'],
        value: ({ tile: { digital: d } }) => d.shiftAddJoules + d.affineJoules + d.registerJoules,
      },
    },
    area: {
      text: 'areaPerColumn',
      source: 'Shafiee 2016',
      uses: ['tile.digital.areaPerColumn'],
      value: (chip) => chip.tile.digital.areaPerColumn,
    },
    leakage: {
      text: 'areaPerColumn x leakage density of the technology',
      source: leakageSource,
      uses: ['tile.digital.areaPerColumn', ...leakageUses],
      value: (chip) => chip.tile.digital.areaPerColumn * leakageDensity(chip.technology),
    },
    digital: true,
    onDie: true,
  },
});
