import type { ChipPath } from '../chip-path.ts';
import type { ChipDescription } from '../description.ts';
import { aladdinSource, areaFromNode, fromNode, registerJoules } from '../logic-costs.ts';
import { bits, choice, flag, integer, quantity } from '../parameter.ts';
import { settlingUses } from '../settling-uses.ts';
import { chargedBits, magnitudeBits, passSeconds } from '../timing-rules.ts';
import { component, tileCount } from './component.ts';

const compareActivity = 0.25;
const unitCapacitor = 1e-15;

/** Energy of one row for one read pass, J. */
function rowReadJoules(chip: ChipDescription): number {
  const { coding, bits: inputBits, train, registerJoulesPerBit, compareJoules } = chip.tile.input;
  const b = chargedBits(inputBits);
  if (coding === 'bit-serial') return registerJoulesPerBit;
  if (chip.tile.array.kind === 'sram') return b * registerJoulesPerBit;
  if (coding === 'pulse-width' && train === 'unary') return magnitudeBits(chip.tile.input) * registerJoulesPerBit;
  if (coding === 'amplitude') return b * registerJoulesPerBit + 0.66 * 2 ** b * unitCapacitor * chip.technology.supplyV ** 2;
  return b * registerJoulesPerBit + 2 ** (b - 1) * compareJoules * compareActivity;
}

const rowReadUses: readonly ChipPath[] = [
  'tile.input.coding',
  'tile.input.bits',
  'tile.input.registerJoulesPerBit',
  'tile.input.compareJoules',
  'technology.supplyV',
  'tile.input.train',
  'tile.array.kind',
];

export const input = component({
  path: 'tile.input',
  doc: 'Row drivers with their digital-to-analog conversion: a counter comparison (pulse-width), one bit at a time (bit-serial) or a capacitor DAC (amplitude).',
  inaccuracies: [
    'The word line itself is charged to the crossbar (row-drive).',
    'Comparators toggle with a fixed activity, not with the data.',
    'Area is that of the driver; the modulator behind it is a few per cent and not counted.',
  ],
  constants: {
    compareActivity: {
      value: compareActivity,
      unit: '',
      source: 'assumed: a quarter of the counter steps toggle a comparator',
      doc: 'activity of the pulse-width comparator',
    },
    unitCapacitor: {
      value: unitCapacitor,
      unit: 'F',
      source: 'assumed: 1 fF unit capacitor',
      doc: 'unit capacitor of the amplitude DAC',
    },
  },
  parameters: {
    'tile.input.coding': choice(['pulse-width', 'bit-serial', 'amplitude'], {
      doc: 'how an input code becomes read pulses',
      standard: 'pulse-width',
      source: 'Khaddam-Aljameh 2022 (HERMES): immune to cell nonlinearity',
    }),
    'tile.input.bits': bits({
      doc: 'input resolution, sign included',
      standard: 8,
      source: 'Khaddam-Aljameh 2022 (HERMES): 8-bit inputs',
    }),
    'tile.input.stepS': quantity('s', {
      doc: 'one time step (pulse-width) or one read pulse (bit-serial, amplitude)',
      from: 1e-12,
      to: 1e-3,
      standard: (chip) => (chip.technology.nodeNm > 45 ? 2e-9 : 1e-9),
      source: 'assumed: twice the 1 ns of HERMES above 45 nm',
    }),
    'tile.input.train': choice(['single', 'unary'], {
      doc: 'pulse-width inputs: one pulse of modulated length, or a train of unit pulses',
      standard: 'single',
      source: 'Khaddam-Aljameh 2022 (HERMES)',
    }),
    'tile.input.splitAbove': integer({
      doc: 'pulse-width inputs of more magnitude bits than this are sent as two trains, most significant half first',
      from: 1,
      to: 16,
      standard: 16,
      source: 'never split',
    }),
    'tile.input.phases': integer({
      doc: 'separate reads of one vector, for the signs of inputs and weights',
      from: 1,
      to: 4,
      standard: 1,
      source: 'signs are handled in one read (HERMES one-phase mode, Le Gallo 2023)',
    }),
    'tile.input.signPass': flag({
      doc: 'bit-serial inputs: the sign bit takes a pass of its own (two complement)',
      standard: false,
      source: 'signed lines are driven at once',
    }),
    'tile.input.noiseManagement': choice(['none', 'abs-max', 'constant'], {
      doc: 'input scaling per vector',
      standard: 'abs-max',
      source: 'aihwkit IOParameters default',
    }),
    'tile.input.registerJoulesPerBit': quantity('J', {
      doc: 'input register, per bit and read',
      from: 0,
      to: 1e-9,
      standard: (chip) => registerJoules(chip.technology),
      source: aladdinSource,
    }),
    'tile.input.compareJoules': quantity('J', {
      doc: '8-bit comparison of counter and code',
      from: 0,
      to: 1e-9,
      standard: (chip) => fromNode(chip.technology, 7.4e-15, 40),
      source: `a quarter of the 32-bit comparator of ${aladdinSource}`,
    }),
    'tile.input.driverArea': quantity('m2', {
      doc: 'area of one row driver',
      from: 0,
      to: 1e-6,
      standard: (chip) => areaFromNode(chip.technology, 953, 130),
      source: 'NeuRRAM (Wan 2022): drivers are 21 % of a 1.161 mm2 core with 256 rows; scaled with logic area',
    }),
  },
  cost: {
    component: 'input-driver',
    count: (chip) => tileCount(chip) * chip.tile.rows,
    actions: {
      'row-read': {
        text: 'pulse-width: b registerJoulesPerBit + 2^(b-1) compareJoules 0.25; bit-serial: registerJoulesPerBit per pass; unary trains: registerJoulesPerBit per magnitude bit; amplitude: b registerJoulesPerBit + 0.66 2^b 1 fF supplyV^2; sram arrays: b registerJoulesPerBit',
        source: 'register and comparator counts; capacitor DAC switching energy',
        uses: rowReadUses,
        value: rowReadJoules,
      },
    },
    area: {
      text: 'driverArea',
      source: 'NeuRRAM (Wan 2022)',
      uses: ['tile.input.driverArea'],
      value: (chip) => chip.tile.input.driverArea,
    },
    leakage: {
      text: 'analogLeakage x row-read / duration of a read pass',
      source: 'PUMA constants: DAC leaks a tenth of its dynamic power',
      uses: [
        ...new Set([
          'overhead.analogLeakage',
          'tile.input.stepS',
          'tile.input.splitAbove',
          'tile.array.settleS',
          ...settlingUses,
          ...rowReadUses,
        ] as const),
      ],
      value: (chip) => (chip.overhead.analogLeakage * rowReadJoules(chip)) / passSeconds(chip.tile),
    },
    digital: false,
    onDie: true,
  },
});
