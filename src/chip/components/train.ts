import type { ChipDescription } from '../description.ts';
import { aladdinSource, registerArea, registerJoules } from '../logic-costs.ts';
import { choice, quantity } from '../parameter.ts';
import { component, tileCount, zeroFormula } from './component.ts';

const registerBits = 16;

const bitJoules = ({ tile: { train, input }, technology }: ChipDescription): number =>
  (train.generator === 'per-line' ? registerBits * registerJoules(technology) : 0) + input.compareJoules;

const lines = ({ tile }: ChipDescription): number => tile.rows + tile.columns;

/** Shift registers of a tile: one per line, or one for its rows and one for its columns. */
const registers = (chip: ChipDescription): number => (chip.tile.train.generator === 'per-line' ? lines(chip) : 2);

export const train = component({
  path: 'tile.train',
  doc: 'Update pulses: generators of random trains (a shift register and a comparison per line and slot) and the pulse drivers of rows and columns.',
  inaccuracies: [
    'Trains that share a shift register are treated as independent.',
    'Comparators and high-voltage drivers are those of the inputs and of programming: their area is not counted again.',
    'A column line is charged as much as a row line.',
  ],
  constants: {
    registerBits: {
      value: registerBits,
      unit: '',
      source: 'assumed: a period of 65 535 slots outlasts every train',
      doc: 'length of a linear-feedback shift register',
    },
  },
  parameters: {
    'tile.train.generator': choice(['shared', 'per-line'], {
      doc: 'shift registers: one for all rows and one for all columns of a tile, or one per line',
      standard: 'shared',
      source: 'assumed: a register per line would cost more than a read of the tile',
    }),
    'tile.train.gapS': quantity('s', {
      doc: 'pause between two update pulses',
      from: 0,
      to: 1e-3,
      standard: 100e-9,
      source: 'assumed: lines discharge and the next slot is drawn within a tenth of a microsecond',
    }),
    'tile.train.setupS': quantity('s', {
      doc: 'from operands in the tile to its first update pulse, per vector',
      from: 0,
      to: 1e-3,
      standard: 100e-9,
      source: 'assumed: switching the lines from read to write drivers takes as long as one pause',
    }),
    'tile.train.pulseV': quantity('V', {
      doc: 'swing of a line when it fires',
      from: 0,
      to: 20,
      standard: 1.35,
      source: 'assumed: Falcone 2025 trains below 1.5 V',
    }),
  },
  cost: {
    component: 'train-generator',
    count: tileCount,
    actions: {
      bit: {
        text: 'compareJoules, and 16 register bits when every line has its own generator',
        source: aladdinSource,
        uses: ['tile.train.generator', 'tile.input.compareJoules', 'technology.nodeNm', 'technology.supplyV'],
        value: bitJoules,
      },
      pulse: {
        text: 'rowCapacitanceF pulseV^2',
        source: 'charging one line from a supply of the pulse voltage',
        uses: ['tile.array.rowCapacitanceF', 'tile.train.pulseV'],
        value: ({
          tile: {
            array,
            train: { pulseV },
          },
        }) => array.rowCapacitanceF * pulseV ** 2,
      },
    },
    area: {
      text: '16 registerArea x (2, or rows + columns when every line has its own generator)',
      source: aladdinSource,
      uses: ['tile.train.generator', 'tile.rows', 'tile.columns', 'technology.nodeNm'],
      value: (chip) => registers(chip) * registerBits * registerArea(chip.technology),
    },
    leakage: zeroFormula('clocked only while the tile is updated; counted with the tile logic'),
    digital: true,
    onDie: true,
  },
});
