import type { ChipDescription } from '../description.ts';
import { leakageUses } from '../leakage.ts';
import {
  memoryArea,
  memoryAreaSource,
  memoryEnergySource,
  memoryEnergyText,
  memoryLeakage,
  memoryLeakageSource,
  memoryReadJoules,
} from '../memory.ts';
import { choice, integer, quantity } from '../parameter.ts';
import { component, tileCount } from './component.ts';

const bytes = ({ tile: { buffer: b } }: ChipDescription): number => b.inputBytes + b.outputBytes;

export const buffer = component({
  path: 'tile.buffer',
  doc: 'Input and output buffer of a tile, one SRAM macro of their joint size; every access moves one word of the port.',
  inaccuracies: ['A write costs as much as a read.'],
  constants: {},
  parameters: {
    'tile.buffer.kind': choice(['sram', 'edram'], {
      doc: 'memory of the buffers',
      standard: 'sram',
      source: 'small memories are SRAM',
    }),
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
        text: memoryEnergyText,
        source: memoryEnergySource,
        uses: [
          'tile.buffer.kind',
          'technology.supplyV',
          'tile.buffer.inputBytes',
          'tile.buffer.outputBytes',
          'tile.buffer.widthBits',
          'technology.nodeNm',
        ],
        value: (chip) => memoryReadJoules(chip.tile.buffer.kind, bytes(chip), chip.tile.buffer.widthBits, chip.technology),
      },
    },
    area: {
      text: 'area of 64 KB at the node x capacity / 64 KB',
      source: memoryAreaSource,
      uses: ['tile.buffer.kind', 'tile.buffer.inputBytes', 'tile.buffer.outputBytes', 'technology.nodeNm'],
      value: (chip) => memoryArea(chip.tile.buffer.kind, bytes(chip), chip.technology),
    },
    leakage: {
      text: 'sram: area x SRAM leakage density of the technology; edram: 0.46 mW per 64 KB',
      source: memoryLeakageSource,
      uses: ['tile.buffer.kind', 'tile.buffer.inputBytes', 'tile.buffer.outputBytes', ...leakageUses],
      value: (chip) => memoryLeakage(chip.tile.buffer.kind, bytes(chip), chip.technology),
    },
    digital: false,
    onDie: true,
  },
});
