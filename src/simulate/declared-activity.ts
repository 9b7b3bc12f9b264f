import { instructions } from '../../isa/instructions.ts';
import { type ChipDescription, cellsPerSlice } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import type { GroupStatistics } from './manifest.ts';

/** Used for a group nobody declared statistics for; assumed. */
const undeclared = { inputActivity: 0.25, weightMean: 0.2 };

/** Calibrations that drive one line of each read. */
const oneLineAtATime: readonly number[] = [
  instructions.CAL.functions['drift-global'],
  instructions.CAL.functions['drift-columns'],
];

/** Conductance after the access transistor. */
const behindAccess = (conductanceS: number, accessOhm: number): number => 1 / (1 / conductanceS + accessOhm);

/** Mean conductance all devices of one weight draw together, S. */
function weightConductance(device: CellModel, group: GroupShape, weightMean: number, accessOhm: number): number {
  const span = device.maxS - device.minS;
  const middle = behindAccess(device.minS + span / 2, accessOhm);
  switch (group.csrs.mapping) {
    case 'differential-pair':
      return behindAccess(device.minS + weightMean * span, accessOhm) + behindAccess(device.minS, accessOhm);
    case 'literal-pair':
      return behindAccess(Math.max(device.minS, weightMean * device.maxS), accessOhm) + behindAccess(device.minS, accessOhm);
    case 'balanced-pair':
      return 2 * middle;
    default:
      return middle;
  }
}

/** Counts and joules of two activities; slots and inputs of the first, unless only the second has them. */
const sumOf = (one: Activity, other: Activity): Activity => ({
  ...one,
  pulses: one.pulses + other.pulses,
  pulseJoules: one.pulseJoules + other.pulseJoules,
  readJoules: one.readJoules + other.readJoules,
  linePulses: one.linePulses + other.linePulses,
  inputActivity: one.inputActivity + other.inputActivity,
});

/** Seconds an average input keeps its word line on. */
function onSeconds(chip: ChipDescription, group: GroupShape, inputActivity: number): number {
  const bits = group.csrs.inBits === 0 ? 8 : group.csrs.inBits;
  const { stepS } = chip.tile.input;
  if (group.csrs.dacMode === 'pulse-width') return inputActivity * (2 ** (bits - 1) - 1) * stepS;
  return group.csrs.dacMode === 'bit-serial' ? ((bits - 1) * stepS) / 2 : inputActivity ** 2 * stepS;
}

/**
 * Activity of an operation when no values are computed: means declared with the program. Retries and saturations are
 * declared as none; programming takes the device's mean pulse count and the expected slowest of the parallel cells.
 */
export function createDeclaredActivity(chip: ChipDescription, device: CellModel, declared: readonly GroupStatistics[]) {
  const statistics = new Map(declared.map((entry) => [entry.group, entry]));

  const read = (group: GroupShape, passes: number): Activity => {
    const { inputActivity, weightMean } = statistics.get(group.id) ?? undeclared;
    const { readV, accessOhm } = chip.tile.array;
    const perWeight = weightConductance(device, group, weightMean, accessOhm) * group.csrs.slices;
    const seconds = onSeconds(chip, group, inputActivity);
    const readJoules = passes * group.rows * group.columns * readV * readV * perWeight * seconds;
    return { ...idleActivity, readJoules, inputActivity };
  };

  const program = (group: GroupShape): Activity => {
    const { weightMean } = statistics.get(group.id) ?? undeclared;
    const tolerance = group.csrs.programTolerance;
    const devices = cellsPerSlice(group.csrs.mapping) * group.csrs.slices;
    const cells = group.rows * group.columns * devices;
    const pulses = group.replicas * cells * device.meanPulses(tolerance);
    const reads = pulses + group.replicas * cells;
    const { readV, accessOhm } = chip.tile.array;
    const conductanceS = device.minS + (weightMean / devices) * (device.maxS - device.minS);
    const parallel = Math.min(chip.tile.array.parallelWrites, chip.tile.columns);
    const slowest = device.slowestPulses(tolerance, parallel, group.csrs.programLimit);
    const runs =
      (chip.tile.rows * Math.ceil(chip.tile.columns / parallel) * cells) /
      (group.rowBlocks * group.columnBlocks * chip.tile.rows * chip.tile.columns);
    const tiles = new Float64Array(group.rowBlocks * group.columnBlocks * group.replicas);
    return {
      ...idleActivity,
      pulses: Math.round(pulses),
      verifyReads: Math.round(reads),
      readJoules: reads * readV * readV * device.verifySeconds * behindAccess(conductanceS, accessOhm),
      pulseJoules: pulses * device.pulseJoules(conductanceS),
      programSteps: tiles.fill(Math.round(runs * slowest)),
      programReads: tiles.slice().fill(Math.round(runs)),
    };
  };

  /** Pulses that all cells take at once, in `slots` slots. */
  const together = (group: GroupShape, slots: number): Activity => {
    const { rows, columns, rowBlocks, columnBlocks, replicas } = group;
    const pulses = slots * replicas * rows * columns;
    return {
      ...idleActivity,
      pulses,
      pulseJoules: pulses * device.pulseJoules((device.minS + device.maxS) / 2),
      linePulses: slots * replicas * (rows * columnBlocks + columns * rowBlocks),
      pulseSlots: new Float64Array([slots]),
    };
  };

  /** Erasing and the way back to the middle of the window, of cells with equal steps. */
  const programOnce = (group: GroupShape): Activity => {
    const states = Math.round(2 / (device.pulsed?.granularity ?? 2));
    const [erased, written] = [together(group, states), together(group, states / 2)];
    const runs = Math.ceil(Math.min(group.columns, chip.tile.columns) / chip.tile.array.parallelWrites);
    const serial = (Math.min(group.rows, chip.tile.rows) * runs * states) / 2;
    return { ...sumOf(erased, written), pulseSlots: new Float64Array([states + Math.round(serial)]) };
  };

  /** Pulse pairs and one more pulse, two readings of every row, and the reference cells where they are written. */
  const search = (group: GroupShape, pairs: number, writes: boolean): Activity => {
    const pulsed = sumOf(together(group, 2 * pairs + 1), read(group, 2));
    if (!writes) return pulsed;
    const whole = program(group);
    // one of the two devices of a weight is programmed
    const half = (values: Float64Array | undefined) => values?.map((value) => Math.round(value / 2));
    return {
      ...pulsed,
      pulses: pulsed.pulses + Math.round(whole.pulses / 2),
      pulseJoules: pulsed.pulseJoules + whole.pulseJoules / 2,
      readJoules: pulsed.readJoules + whole.readJoules / 2,
      verifyReads: Math.round(whole.verifyReads / 2),
      programSteps: half(whole.programSteps),
      programReads: half(whole.programReads),
    };
  };

  return ({ mnemonic, fn, flags, group, length }: IssuedOperation): Activity => {
    if (group === undefined) return idleActivity;
    if (mnemonic === 'PRG') return fn === instructions.PRG.functions['one-shot'] ? programOnce(group) : program(group);
    if (mnemonic === 'CAL' && fn === instructions.CAL.functions['symmetry-point'])
      return search(group, length, ((flags >> instructions.CAL.flags.W.bit) & 1) === 1);
    if (mnemonic === 'RDV' || (mnemonic === 'CAL' && oneLineAtATime.includes(fn))) return read(group, length / group.rows);
    return mnemonic === 'MVM' || mnemonic === 'MVT' || mnemonic === 'CAL' ? read(group, length) : idleActivity;
  };
}
