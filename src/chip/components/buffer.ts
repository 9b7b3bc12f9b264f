import type { ChipDescription } from '../description.ts';
import { leakageSource, leakageUses, sramLeakageDensity } from '../leakage.ts';
import { integer, quantity } from '../parameter.ts';
import { sramArea, sramAreaSource, sramEnergySource, sramReadJoules } from '../sram.ts';
import { component, tileCount } from './component.ts';

const bytes = ({ tile: { buffer: b } }: ChipDescription): number => b.inputBytes + b.outputBytes;
const area = (chip: ChipDescription): number => sramArea(bytes(chip), chip.technology.nodeNm);

export const buffer = component({
  path: 'tile.buffer',
  doc: 'Input and output buffer of a tile, one SRAM macro of their joint size; every access moves one word of the port.',
  inaccuracies: ['A write costs as much as a read.'],
  constants: {},
  parameters: {
    'tile.buffer.inputBytes': quantity('B', {
      doc: 'capacity for input vectors',
      from: 64,
      to: 2 ** 24,
      standard: 4096,
      source: 'assumed: sixteen 8-bit vectors of 256',
    }),
    'tile.buffer.outputBytes': quantity('B', {
      doc: 'capacity for outputs',
      from: 64,
      to: 2 ** 24,
      standard: 4096,
      source: 'assumed: sixteen 8-bit vectors of 256',
    }),
    'tile.buffer.widthBits': integer({
      doc: 'word of the port in bits',
      from: 8,
      to: 4096,
      standard: 256,
      source: 'ISAAC tile memory: 256-bit port (Shafiee 2016)',
    }),
  },
  cost: {
    component: 'tile-buffer',
    count: tileCount,
    actions: {
      access: {
        text: '5.6 fJ KB^0.60 256 (0.35 + 0.65 W/256) (node/32)^1.52',
        source: sramEnergySource,
        uses: ['tile.buffer.inputBytes', 'tile.buffer.outputBytes', 'tile.buffer.widthBits', 'technology.nodeNm'],
        value: (chip) => sramReadJoules(bytes(chip), chip.tile.buffer.widthBits, chip.technology.nodeNm),
      },
    },
    area: {
      text: 'area of 64 KB at the node x capacity / 64 KB',
      source: sramAreaSource,
      uses: ['tile.buffer.inputBytes', 'tile.buffer.outputBytes', 'technology.nodeNm'],
      value: area,
    },
    leakage: {
      text: 'area x SRAM leakage density of the technology',
      source: leakageSource,
      uses: ['tile.buffer.inputBytes', 'tile.buffer.outputBytes', ...leakageUses],
      value: (chip) => area(chip) * sramLeakageDensity(chip.technology),
    },
    digital: false,
    onDie: true,
  },
});
