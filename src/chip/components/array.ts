import type { ChipPath } from '../chip-path.ts';
import type { ChipDescription } from '../description.ts';
import { cellsPerSlice, logicalColumnsPerTile } from '../description.ts';
import { leakageSource, leakageUses, sramLeakageDensity } from '../leakage.ts';
import { areaFromNode, from45, horowitzSource, integerAddJoules, integerMultiplyJoules } from '../logic-costs.ts';
import { choice, flag, fraction, integer, plainNumber, quantity } from '../parameter.ts';
import { settlingUses } from '../settling-uses.ts';
import { sramArea, sramAreaSource, sramReadJoules } from '../sram.ts';
import { tilePitch } from '../tile-pitch.ts';
import { drivesPerPass, passSeconds, settlingSeconds, writableAtOnce } from '../timing-rules.ts';
import { component, tileCount } from './component.ts';

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

/** As a word line, crossed with cells of every row, and without a driver. */
function columnCapacitance(chip: ChipDescription): number {
  const shrink = chip.technology.nodeNm / 130;
  return chip.tile.rows * (cellPitch(chip) * wire + gate130 * shrink);
}

/** The bit lines of one output, all its cells. J */
const columnChargeJoules = ({ tile: { array: a }, mapping }: ChipDescription): number =>
  a.kind === 'sram' ? 0 : cellsPerSlice(mapping.scheme) * a.columnCapacitanceF * a.columnSwingV * a.readV;

/** Multiply-accumulate of an SRAM array at 45 nm: product of an 8-bit input, 32-bit sum (Horowitz 2014). */
const digitalMacJoules45 = (weightBits: number): number => integerMultiplyJoules((8 + weightBits) / 2) + integerAddJoules(32);
/** um^2 at 45 nm: 8-bit multiplier and 32-bit adder. */
const digitalMacArea45 = 282 + 137;

const sramUses: readonly ChipPath[] = ['tile.rows', 'tile.columns', 'tile.array.weightBits', 'mapping.scheme', 'mapping.slices'];

const weightsPerRow = (chip: ChipDescription): number => logicalColumnsPerTile(chip.tile, chip.mapping) * chip.mapping.slices;
const sramBytes = (chip: ChipDescription): number => (chip.tile.rows * weightsPerRow(chip) * chip.tile.array.weightBits) / 8;
const isSram = ({ tile }: ChipDescription): boolean => tile.array.kind === 'sram';

/** One word line: charged, or read out of an SRAM with every weight of the row multiplied and added. J */
function rowDriveJoules(chip: ChipDescription): number {
  const { technology, tile } = chip;
  if (!isSram(chip)) return tile.array.rowCapacitanceF * tile.array.wordLineV ** 2 * drivesPerPass(tile.input);
  const { weightBits } = tile.array;
  const word = sramReadJoules(sramBytes(chip), weightsPerRow(chip) * weightBits, technology.nodeNm);
  return word + weightsPerRow(chip) * from45(technology, digitalMacJoules45(weightBits));
}

const sramCells = (chip: ChipDescription): number => sramArea(sramBytes(chip), chip.technology.nodeNm);
const arrayArea = (chip: ChipDescription): number =>
  isSram(chip)
    ? sramCells(chip) + weightsPerRow(chip) * areaFromNode(chip.technology, digitalMacArea45, 45)
    : chip.tile.rows * chip.tile.columns * chip.tile.array.cellArea * tilePitch(chip).stretch;

export const array = component({
  path: 'tile.array',
  doc: 'The crossbar: cells with their select transistors, word lines and bit lines. Cells dissipate V^2 G_eff t_on from the actual inputs and conductances; word lines are charged once per drive.',
  inaccuracies: [
    'Bit lines at a virtual ground (columnSwingV 0) are taken not to move at all.',
    'Settling is that of one pole, driver and line, with the load of the cells left out.',
    'The cell is taken square for line lengths, and lines do not grow when columns are spread to fit their converters.',
    'One access resistance for every cell; select transistors do not saturate.',
    'An SRAM array multiplies one row a cycle (set settleS to that time); writing it is charged as the pulses of its ideal cell.',
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
    digitalMacArea45: {
      value: digitalMacArea45 * 1e-12,
      unit: 'm2',
      source: 'assumed: recalled 45 nm synthesis of an 8-bit multiplier and a 32-bit adder',
      doc: 'multiplier and adder of one column of an SRAM array at 45 nm',
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
    'tile.array.kind': choice(['resistive', 'sram'], {
      doc: 'resistive cells read in analog, or SRAM weights with digital multiply-accumulate units',
      standard: 'resistive',
      source: 'what this project is about',
    }),
    'tile.array.weightBits': integer({
      doc: 'bits of a stored weight, kind sram only',
      from: 1,
      to: 16,
      standard: 8,
      source: 'assumed: 8-bit integer inference',
    }),
    'tile.array.heatDuty': fraction({
      doc: 'share of a read pulse in which the cells conduct: less than 1 for voltage sensing, whose lines settle',
      standard: 1,
      source: 'current sensing: cells conduct as long as the pulse lasts',
    }),
    'tile.array.writeA': quantity('A', {
      doc: 'current of a cell while it is written',
      from: 1e-12,
      to: 0.1,
      standard: 66e-6,
      source: 'Falcone 2025: 1.35 V across a cell at mid-window, 48.6 uS',
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
    'tile.array.columnPitchM': quantity('m', {
      doc: 'from one bit line to the next, where converters must fit behind their columns',
      from: 1e-9,
      to: 1e-3,
      standard: cellPitch,
      source: 'computed: side of a square cell',
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
    'tile.array.driverOhm': quantity('ohm', {
      doc: 'on-resistance of a row driver',
      from: 0,
      to: 1e6,
      standard: 1000,
      source: 'assumed: a few micrometres of transistor',
    }),
    'tile.array.columnCapacitanceF': quantity('F', {
      doc: 'capacitance of one bit line',
      from: 0,
      to: 1e-9,
      standard: columnCapacitance,
      source: 'assumed: rows (pitch 0.2 fF/um + 1.5 fF, scaled with the node), the cell load of a NeuRRAM word line (CiMLoop)',
    }),
    'tile.array.columnSwingV': quantity('V', {
      doc: 'swing of a bit line in a read: 0 at a virtual ground, readV where its voltage is sensed',
      from: 0,
      to: 10,
      standard: 0,
      source: 'current sensing at a virtual ground',
    }),
    'tile.array.wordLineV': quantity('V', {
      doc: 'swing of a word line',
      from: 0,
      to: 10,
      standard: (chip) => chip.technology.supplyV,
      source: 'inferred: word lines are driven from the digital supply',
    }),
    'tile.array.programming': choice(['published', 'statistical', 'pulses'], {
      doc: "how PRG finds its outcome: the device's published statistics, draws from simulated outcomes, or every cell pulse by pulse",
      standard: 'published',
      source: 'a choice of depth',
    }),
    'tile.array.forming': flag({
      doc: 'cells are fresh from the fab: the first PRG begins with a forming ramp',
      standard: false,
      source: 'arrays are taken as formed',
    }),
    'tile.array.stuckFraction': fraction({
      doc: 'share of cells that answer no pulse, stuck anywhere in the window',
      standard: 0,
      source: 'Falcone 2025: all of 32 cells work',
    }),
    'tile.array.maxLineA': quantity('A', {
      doc: 'largest current of one line',
      from: 1e-9,
      to: 1,
      standard: 2e-3,
      source: 'assumed: electromigration limit of a thick line',
    }),
    'tile.array.parallelWrites': integer({
      doc: 'cells of a tile programmed at once',
      from: 1,
      to: 4096,
      standard: ({ tile: { array: a } }) => Math.min(16, writableAtOnce(a)),
      source: 'assumed: sixteen, or fewer where their current would pass maxLineA',
    }),
    'tile.array.acceptance': plainNumber({
      doc: 'programming stops when a cell reads this close to its target, as a share of the target',
      from: 1e-4,
      to: 0.5,
      standard: 0.002,
      source: 'Falcone 2025: the tighter of the two acceptance ranges characterised',
    }),
    'tile.array.readNoiseFraction': fraction({
      doc: "white read noise per cell as a share of the window; 0 = the device's own",
      standard: 0,
      source: "the device's own noise",
    }),
    'tile.array.disturbRatio': fraction({
      doc: "share of a step that half the voltage on an idle cell moves it, either way; 0 = the device's own",
      standard: 0,
      source: "the device's own disturbance",
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
        text: 'resistive: rowCapacitanceF x wordLineV^2, once per pass, or per magnitude bit of unary trains (cell heat is added from data); sram: one word of weights read + a multiply-accumulate each',
        source: `CV^2; NeuRRAM word line as calibrated in CiMLoop; ${horowitzSource}`,
        uses: [
          'tile.array.kind',
          'tile.array.rowCapacitanceF',
          'tile.array.wordLineV',
          'technology.supplyV',
          'technology.nodeNm',
          'tile.input.coding',
          'tile.input.train',
          'tile.input.bits',
          ...sramUses,
        ],
        value: rowDriveJoules,
      },
      'column-charge': {
        text: 'cells per weight and slice x columnCapacitanceF x columnSwingV x readV: the bit lines of one output, once per pass',
        source: 'C dV V of the line and its clamp; 0 at a virtual ground',
        uses: [
          'tile.array.kind',
          'tile.array.columnCapacitanceF',
          'tile.array.columnSwingV',
          'tile.array.readV',
          'mapping.scheme',
        ],
        value: columnChargeJoules,
      },
    },
    area: {
      text: 'resistive: rows x columns x cellArea x max(1, leastWidthM of a converter / width of its columns); sram: weights at the SRAM density + a multiplier and adder per column',
      source: `geometry; ${sramAreaSource}`,
      uses: [
        'tile.array.kind',
        'tile.array.cellArea',
        'tile.array.columnPitchM',
        'tile.adc.leastWidthM',
        'tile.adc.mux',
        'tile.adc.perOutput',
        'technology.nodeNm',
        ...sramUses,
      ],
      value: arrayArea,
    },
    leakage: {
      text: 'resistive: 0, select transistors are off between reads and lines at equal potential; sram: area of the weights x SRAM leakage density',
      source: leakageSource,
      uses: ['tile.array.kind', ...sramUses, ...leakageUses],
      value: (chip) => (isSram(chip) ? sramCells(chip) * sramLeakageDensity(chip.technology) : 0),
    },
    latency: {
      text: 'max(settleS + steps of the longest pulse x stepS, settling): one read pass',
      source: 'the coding of the inputs',
      uses: [
        'tile.array.settleS',
        'tile.input.coding',
        'tile.input.bits',
        'tile.input.stepS',
        'tile.input.splitAbove',
        ...settlingUses,
      ],
      value: (chip) => passSeconds(chip.tile),
    },
    settling: {
      text: 'resistive: max(1 ns, (driverOhm + lineOhmPerCell columns / 2) rowCapacitanceF ln 2^(bits + 1)): a word line to half a step of the converter; sram: 0',
      source: 'one pole, Elmore delay of a driven line; 1 ns at least assumed',
      uses: settlingUses,
      value: (chip) => settlingSeconds(chip.tile),
    },
    digital: false,
    onDie: true,
  },
});
