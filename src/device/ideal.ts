import type { CellModel } from './cell-model.ts';
import type { PulsedCell } from './pulsed/pulsed-cell.ts';

const source = 'definition of the ideal cell';

/** Window of 2^-14 S above zero: powers of two, so that mapping a weight to a conductance and back is exact in f32. */
const windowS = 2 ** -14;

/** Steps of 2^-20 of the range, exact; outer products are not quantised at all. */
const exactPulses: PulsedCell = {
  law: 'exact',
  shape: undefined,
  granularity: 2 ** -19,
  cycleNoise: 0,
  writeNoise: 0,
  referenceNoise: 0,
  disturb: undefined,
  pulseV: 1,
  halfJoules: 0,
  endurance: Number.POSITIVE_INFINITY,
  populate: () => undefined,
};

/** A cell that keeps exactly what it is told, in one free pulse. It guards the value machine: with it, analog equals float. */
export const ideal: CellModel = {
  kind: 'ideal',
  doc: 'Noise-free cell: one pulse programs it exactly, nothing drifts, reads are exact. Not a technology, a reference.',
  inaccuracies: ['no physical cell behaves so; energy of programming is zero'],
  parameters: [
    { name: 'minS', value: 0, unit: 'S', tag: 'assumed', source, doc: 'smallest conductance' },
    { name: 'maxS', value: windowS, unit: 'S', tag: 'assumed', source, doc: 'largest conductance, 2^-14 S' },
    { name: 'readV', value: 0.2, unit: 'V', tag: 'assumed', source, doc: 'read voltage' },
    { name: 'pulseSeconds', value: 1e-6, unit: 's', tag: 'assumed', source, doc: 'programming pulse' },
    { name: 'verifySeconds', value: 1e-6, unit: 's', tag: 'assumed', source, doc: 'verify read' },
  ],
  minS: 0,
  maxS: windowS,
  readV: 0.2,
  pulseSeconds: 1e-6,
  verifySeconds: 1e-6,
  readNoiseS: 0,
  meanPulses: () => 1,
  slowestPulses: () => 1,
  pulseJoules: () => 0,
  program(kernels, writtenS, targetS, block) {
    const count = block.rows * block.columns;
    if (writtenS !== targetS) kernels.f32(writtenS, count).set(kernels.f32(targetS, count));
    return { pulses: new Uint16Array(count).fill(1), failed: 0, pulseJoules: 0 };
  },
  age(kernels, nowS, writtenS, block) {
    const count = block.rows * block.columns;
    if (nowS !== writtenS) kernels.f32(nowS, count).set(kernels.f32(writtenS, count));
  },
  pulsed: exactPulses,
};
