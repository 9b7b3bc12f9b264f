import type { ChipPath } from '../chip-path.ts';
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
import { component } from './component.ts';

const writeFactor = 1.5;
const bankBytes = ({ scratchpad }: ChipDescription): number => scratchpad.bytes / scratchpad.banks;
const readJoules = (chip: ChipDescription): number =>
  memoryReadJoules(chip.scratchpad.kind, bankBytes(chip), chip.scratchpad.widthBits, chip.technology);
const uses: readonly ChipPath[] = [
  'scratchpad.kind',
  'technology.supplyV',
  'scratchpad.bytes',
  'scratchpad.banks',
  'scratchpad.widthBits',
  'technology.nodeNm',
];

export const scratchpad = component({
  path: 'scratchpad',
  doc: 'On-chip memory shared by DMA, tiles and vector units: SRAM or embedded DRAM banks, addresses interleaved over them.',
  inaccuracies: ['Wires from the banks to the units are not counted.', 'A partial word costs a whole access.'],
  constants: {
    writeFactor: {
      value: writeFactor,
      unit: '',
      source: 'assumed: middle of the 1-2.3 of the CACTI 7 sweep',
      doc: 'energy of a write over that of a read',
    },
  },
  parameters: {
    'scratchpad.kind': choice(['sram', 'edram'], {
      doc: 'memory of the banks',
      standard: 'sram',
      source: 'assumed: no embedded DRAM in the process',
    }),
    'scratchpad.bytes': quantity('B', {
      doc: 'capacity',
      from: 1024,
      to: 2 ** 26,
      standard: 512 * 1024,
      source: 'assumed: activations of a small network and two batches',
    }),
    'scratchpad.banks': integer({
      doc: 'banks, a power of two',
      from: 1,
      to: 256,
      standard: 8,
      source: 'assumed: one bank per concurrent mover',
    }),
    'scratchpad.widthBits': integer({
      doc: 'word of a bank port in bits',
      from: 8,
      to: 4096,
      standard: 256,
      source: 'ISAAC tile memory: 256-bit port (Shafiee 2016)',
    }),
    'scratchpad.interleaveBytes': quantity('B', {
      doc: 'bytes after which addresses move on to the next bank',
      from: 1,
      to: 2 ** 20,
      standard: (chip) => chip.scratchpad.widthBits / 8,
      source: 'assumed: one word',
    }),
    'scratchpad.accessCycles': integer({
      doc: 'cycles from address to data',
      from: 1,
      to: 1024,
      standard: (chip) => (chip.clock.frequencyHz > 500e6 ? 2 : 1),
      source: 'CACTI 7: 64 KB low-power banks take 1 to 3 ns',
    }),
  },
  cost: {
    component: 'scratchpad',
    count: (chip) => chip.scratchpad.banks,
    actions: {
      read: {
        text: `${memoryEnergyText}; of one bank`,
        source: memoryEnergySource,
        uses,
        value: readJoules,
      },
      write: {
        text: '1.5 x read',
        source: 'assumed: middle of the 1-2.3 of the CACTI 7 sweep',
        uses,
        value: (chip) => writeFactor * readJoules(chip),
      },
    },
    area: {
      text: 'area of 64 KB at the node x bank capacity / 64 KB',
      source: memoryAreaSource,
      uses: ['scratchpad.kind', 'scratchpad.bytes', 'scratchpad.banks', 'technology.nodeNm'],
      value: (chip) => memoryArea(chip.scratchpad.kind, bankBytes(chip), chip.technology),
    },
    leakage: {
      text: 'sram: area x SRAM leakage density of the technology; edram: 0.46 mW per 64 KB',
      source: memoryLeakageSource,
      uses: ['scratchpad.kind', 'scratchpad.bytes', 'scratchpad.banks', ...leakageUses],
      value: (chip) => memoryLeakage(chip.scratchpad.kind, bankBytes(chip), chip.technology),
    },
    latency: {
      text: 'accessCycles / clock',
      source: 'scratchpad.accessCycles',
      uses: ['scratchpad.accessCycles', 'clock.frequencyHz'],
      value: (chip) => chip.scratchpad.accessCycles / chip.clock.frequencyHz,
    },
    digital: false,
    onDie: true,
  },
});
