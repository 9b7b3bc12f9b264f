import type { ChipDescription } from '../description.ts';
import { choice, fraction, integer, quantity } from '../parameter.ts';
import { component, tileCount, zeroFormula } from './component.ts';

/** NeuRRAM word line at 130 nm as calibrated in CiMLoop; gate and driver capacitance scale with the node. */
const wire = 0.2e-15 / 1e-6;
const gate130 = 1.5e-15;
const driver130 = 48e-15;
const thickMetalOhmPerMetre = 0.05e6;

/** Cells are taken square, so a cell's pitch is the root of its area, m. */
const cellPitch = (chip: ChipDescription): number => Math.sqrt(chip.tile.array.cellArea);

function rowCapacitance(chip: ChipDescription): number {
  const shrink = chip.technology.nodeNm / 130;
  return chip.tile.columns * (cellPitch(chip) * wire + gate130 * shrink) + driver130 * shrink;
}

export const array = component({
  path: 'tile.array',
  doc: 'The crossbar: cells with their select transistors, word lines and bit lines. Cells dissipate V^2 G_eff t_on from the actual inputs and conductances; word lines are charged once per drive.',
  inaccuracies: [
    'Bit lines sit at a virtual ground: their charging is not counted.',
    'The cell is taken square for line lengths.',
    'One access resistance for every cell; select transistors do not saturate.',
  ],
  constants: {
    wireFaradPerMetre: { value: wire, unit: 'F/m', source: 'NeuroSim V2.1 Bus/HTree/SubArray', doc: 'capacitance of a wire' },
    gateFarad130: {
      value: gate130,
      unit: 'F',
      source: 'CiMLoop calibration to NeuRRAM (Wan 2022)',
      doc: 'word line load of one cell at 130 nm',
    },
    driverFarad130: {
      value: driver130,
      unit: 'F',
      source: 'CiMLoop calibration to NeuRRAM (Wan 2022)',
      doc: 'own load of a row driver at 130 nm',
    },
    lineOhmPerMetre: {
      value: thickMetalOhmPerMetre,
      unit: 'ohm/m',
      source: 'assumed: thick metal, 0.05 ohm/um',
      doc: 'resistance of an array line',
    },
  },
  parameters: {
    'tile.rows': integer({
      doc: 'word lines of a tile',
      from: 1,
      to: 4096,
      standard: 256,
      source: 'NeuRRAM core (Wan 2022), HERMES core (Khaddam-Aljameh 2022)',
    }),
    'tile.columns': integer({
      doc: 'bit lines of a tile: physical columns of cells',
      from: 1,
      to: 4096,
      standard: 256,
      source: 'NeuRRAM core (Wan 2022)',
    }),
    'tile.array.readV': quantity('V', {
      doc: 'read voltage across cell and access path',
      from: 0.001,
      to: 1,
      standard: 0.2,
      source: 'Falcone 2025: cells are characterised at 0.2 V',
    }),
    'tile.array.accessOhm': quantity('ohm', {
      doc: 'series resistance of select transistor and lines',
      from: 0,
      to: 1e6,
      standard: 2000,
      source: 'assumed: half-open select transistor',
    }),
    'tile.array.cellArea': quantity('m2', {
      doc: 'area of one cell with its select transistor',
      from: 1e-17,
      to: 1e-9,
      standard: (chip) => 125.7 * (chip.technology.nodeNm * 1e-9) ** 2,
      source: '125.7 F^2: NeuRRAM high-voltage 1T1R cell (Wan 2022, CiMLoop cell file)',
    }),
    'tile.array.lineOhmPerCell': quantity('ohm', {
      doc: 'resistance of an array line from one cell to the next',
      from: 0,
      to: 1e4,
      standard: (chip) => thickMetalOhmPerMetre * cellPitch(chip),
      source: 'assumed: 0.05 ohm/um thick metal x cell pitch',
    }),
    'tile.array.settleS': quantity('s', {
      doc: 'settling of lines around the input pulses',
      from: 0,
      to: 1e-3,
      standard: 10e-9,
      source: 'assumed: ten nanoseconds around the pulses',
    }),
    'tile.array.rowCapacitanceF': quantity('F', {
      doc: 'capacitance of one word line',
      from: 0,
      to: 1e-9,
      standard: rowCapacitance,
      source: 'columns (pitch 0.2 fF/um + 1.5 fF) + 48 fF, last two scaled with the node: NeuRRAM via CiMLoop',
    }),
    'tile.array.parallelWrites': integer({
      doc: 'cells of a tile programmed at once',
      from: 1,
      to: 4096,
      standard: 16,
      source: 'assumed: 66 uA per cell keeps a line below 2 mA',
    }),
    'tile.array.maxLineA': quantity('A', {
      doc: 'largest current of one line',
      from: 1e-9,
      to: 1,
      standard: 2e-3,
      source: 'assumed: electromigration limit of a thick line',
    }),
    'tile.array.readNoiseFraction': fraction({
      doc: "white read noise per cell as a share of the window; 0 = the device's own",
      standard: 0,
      source: "the device's own noise",
    }),
    'tile.array.irDrop': choice(['off', 'conductance', 'weight'], {
      doc: 'cubic approximation of the voltage drop along bit lines; line current from conductances, or from |weight| as aihwkit has it',
      standard: 'conductance',
      source: 'aihwkit cubic approximation (applyIrDrop)',
    }),
  },
  cost: {
    component: 'crossbar',
    count: tileCount,
    actions: {
      'row-drive': {
        text: 'rowCapacitanceF x supplyV^2, one word line charged once (cell heat is added from data)',
        source: 'CV^2; NeuRRAM word line as calibrated in CiMLoop',
        uses: ['tile.array.rowCapacitanceF', 'technology.supplyV'],
        value: (chip) => chip.tile.array.rowCapacitanceF * chip.technology.supplyV ** 2,
      },
    },
    area: {
      text: 'rows x columns x cellArea',
      source: 'geometry',
      uses: ['tile.rows', 'tile.columns', 'tile.array.cellArea'],
      value: (chip) => chip.tile.rows * chip.tile.columns * chip.tile.array.cellArea,
    },
    leakage: zeroFormula('select transistors are off between reads and lines at equal potential'),
    digital: false,
    onDie: true,
  },
});
