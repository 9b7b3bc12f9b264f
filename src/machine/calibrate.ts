import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { type ArrayRead, createTally, type ReadTally } from './array-read.ts';
import { arrayView } from './array-view.ts';
import { measureGain, measureOffset } from './calibrate-converters.ts';
import type { MachineContext } from './context.ts';
import { findSymmetry } from './find-symmetry.ts';
import { programmedGroup } from './group-state.ts';
import { inputScales } from './input-scaling.ts';
import { measureDrift } from './measure-drift.ts';
import { spmPointer } from './memory.ts';
import { readActivity, rowVectors } from './mvm.ts';
import { readArray } from './read-array.ts';
import { flagOf, functionOf } from './table-functions.ts';
import { trap } from './trap.ts';

/** Room above the largest sample that CAL.range leaves. */
const rangeMargin = 1.05;

interface Calibration {
  readonly context: MachineContext;
  readonly op: IssuedOperation;
  readonly read: ArrayRead;
  readonly tally: ReadTally;
}

/** Result per logical column. */
type Method = (calibration: Calibration, write: boolean) => Float32Array;

const methods: Readonly<Record<string, Method>> = {
  'adc-offset': ({ context, op, read }, write) => measureOffset(context, read, op.length, write),
  'adc-gain': ({ context, op, read }, write) => measureGain(context, read, op.length, write),
  drift: meanShift,
  range: outputRange,
  'drift-global': (calibration, write) => driftFactors(calibration, write, false),
  'drift-columns': (calibration, write) => driftFactors(calibration, write, true),
};

/**
 * CAL: calibration reads. Results go to D, one f32 per logical column; with flag W also into the converters' trims
 * (adc-offset, adc-gain), the digital shift correction (drift), the output factors (drift-global, drift-columns), the ADC range or the
 * reference cells (symmetry-point).
 */
export function calibrate(context: MachineContext, op: IssuedOperation): Activity {
  if (functionOf(op) === 'symmetry-point') return findSymmetry(context, op);
  const method = methods[functionOf(op)]!;
  const state = programmedGroup(context, op as IssuedOperation & { mnemonic: 'CAL' });
  const { csrs } = op.group!;
  const transposed = flagOf(op, 'T');
  if (transposed && !functionOf(op).startsWith('adc-'))
    throw trap(op, `asks for transposed ${functionOf(op)}; want adc-offset or adc-gain`);
  const view = arrayView(context, state, transposed ? 'transposed' : 'forward', csrs.driftOn, csrs.irDrop);
  const tally = createTally(op.length);
  const read: ArrayRead = { state, view, csrs, management: csrs.noiseManagement, retries: 0, sequence: op.sequence };
  const mark = context.kernels.mark();
  const result = method({ context, op, read, tally }, flagOf(op, 'W'));
  context.kernels.release(mark);
  if (op.d.kind === 'spm')
    context.kernels.f32(spmPointer(context.scratchpad, op, op.d.address, view.outputs, 'f32'), view.outputs).set(result);
  return readActivity(context, tally, op.length * view.inputs);
}

/** Mean change of the weights since they were programmed: every line driven at full scale, against the targets' column sums. */
function meanShift({ context, op, read, tally }: Calibration, write: boolean): Float32Array {
  const { kernels } = context;
  const { state, view } = read;
  const known = state.meanShift;
  const [x, y] = [kernels.allocate(4 * op.length * view.inputs), kernels.allocate(4 * op.length * view.outputs)];
  kernels.f32(x, op.length * view.inputs).fill(1);
  const csrs = { ...read.csrs, weightMax: 1 };
  readArray(context, { ...read, csrs, management: 'none', retries: 10 }, x, y, op.length, tally);
  const [measured, targets] = [kernels.f32(y, op.length * view.outputs), kernels.f32(state.targets, view.inputs * view.outputs)];
  const shifts = new Float32Array(view.outputs);
  let mean = 0;
  for (let j = 0; j < view.outputs; j++) {
    let [sum, target] = [0, 0];
    for (let i = 0; i < op.length; i++) sum += measured[i * view.outputs + j]! / op.length;
    for (let i = 0; i < view.inputs; i++) target += targets[i * view.outputs + j]!;
    shifts[j] = ((sum - target) / view.inputs) * read.csrs.weightMax;
    mean += (sum - target) / view.inputs / view.outputs;
  }
  if (write) state.meanShift = known + mean;
  return shifts;
}

/** Factors that bring the mean size of the weights back to what it was; W has all later products scaled by them. */
function driftFactors({ context, op, read, tally }: Calibration, write: boolean, perColumn: boolean): Float32Array {
  const { base, factors, tally: found } = measureDrift(context, read, op.length, perColumn);
  tally.joules += found.joules;
  tally.inputSum += found.inputSum;
  tally.saturations += found.saturations;
  if (write) read.state.drift = { base, factors };
  return factors;
}

/** Largest |output| of each column over sample vectors, per full-scale input, read without converters; W sets the range to the largest of all. */
function outputRange({ context, op, read, tally }: Calibration, write: boolean): Float32Array {
  const { kernels } = context;
  const { state, view, csrs } = read;
  const x = rowVectors(context, op, op.group!);
  const y = kernels.allocate(4 * op.length * view.outputs);
  const alpha = kernels.allocate(4 * op.length);
  inputScales(context, read, alpha, x, op.length);
  const largest = new Float32Array(view.outputs);
  for (const block of view.blocks) {
    // blocks are converted apart, so each is looked at alone
    const alone: ArrayRead = {
      ...read,
      view: { ...view, blocks: [{ ...block, index: 0 }] },
      csrs: { ...csrs, adcBits: 0, weightMax: 1 },
    };
    readArray(context, alone, x, y, op.length, tally);
    const outputs = kernels.f32(y, op.length * view.outputs);
    const scales = kernels.f32(alpha, op.length);
    for (let i = 0; i < outputs.length; i++) {
      const [vector, column] = [Math.floor(i / view.outputs), i % view.outputs];
      largest[column] = Math.max(largest[column]!, Math.abs(outputs[i]!) / (scales[vector]! || 1));
    }
  }
  const needed = rangeMargin * largest.reduce((most, value) => Math.max(most, value), 0);
  if (write && needed > 0) state.range = { instead: csrs.adcRange, value: needed };
  return largest;
}
