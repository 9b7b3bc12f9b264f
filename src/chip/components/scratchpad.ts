import type { ChipPath } from '../chip-path.ts';
import type { ChipDescription } from '../description.ts';
import { leakageSource, leakageUses, sramLeakageDensity } from '../leakage.ts';
import { integer, quantity } from '../parameter.ts';
import { sramArea, sramAreaSource, sramEnergySource, sramReadJoules } from '../sram.ts';
import { component } from './component.ts';

const writeFactor = 1.5;
const bankBytes = ({ scratchpad }: ChipDescription): number => scratchpad.bytes / scratchpad.banks;
const readJoules = (chip: ChipDescription): number =>
  sramReadJoules(bankBytes(chip), chip.scratchpad.widthBits, chip.technology.nodeNm);
const bankArea = (chip: ChipDescription): number => sramArea(bankBytes(chip), chip.technology.nodeNm);
const uses: readonly ChipPath[] = ['scratchpad.bytes', 'scratchpad.banks', 'scratchpad.widthBits', 'technology.nodeNm'];

export const scratchpad = component({
  path: 'scratchpad',
  doc: 'On-chip memory shared by DMA, tiles and vector units: SRAM banks, addresses interleaved over them.',
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
    'scratchpad.bytes': quantity('B', {
      doc: 'capacity',
      from: 1024,
      to: 2 ** 24,
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
      to: 64,
      standard: (chip) => (chip.clock.frequencyHz > 500e6 ? 2 : 1),
      source: 'CACTI 7: 64 KB low-power banks take 1 to 3 ns',
    }),
  },
  cost: {
    component: 'scratchpad',
    count: (chip) => chip.scratchpad.banks,
    actions: {
      read: {
        text: '5.6 fJ KB^0.60 256 (0.35 + 0.65 W/256) (node/32)^1.52 of one bank',
        source: sramEnergySource,
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
      source: sramAreaSource,
      uses: ['scratchpad.bytes', 'scratchpad.banks', 'technology.nodeNm'],
      value: bankArea,
    },
    leakage: {
      text: 'area x SRAM leakage density of the technology',
      source: leakageSource,
      uses: ['scratchpad.bytes', 'scratchpad.banks', ...leakageUses],
      value: (chip) => bankArea(chip) * sramLeakageDensity(chip.technology),
    },
    digital: false,
    onDie: true,
  },
});
