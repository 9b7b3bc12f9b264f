import type { CellModel } from '../../src/device/cell-model.ts';
import { ideal } from '../../src/device/ideal.ts';
import { createPulsed, type PulsedOptions } from '../../src/device/pulsed/create-pulsed.ts';
import type { Activity } from '../../src/sequence/activity.ts';
import type { GroupCsrs, GroupShape } from '../../src/sequence/issued-operation.ts';
import { type Bench, operation, spm, testBench, testChip, testGroup, value } from './support.ts';

/** An exact cell with the given response to pulses: what it is told it keeps, so that pulses can be counted from the weights. */
export const pulsedDevice = (options: Partial<PulsedOptions> = {}): CellModel => ({
  ...ideal,
  kind: 'test-pulsed',
  pulseJoules: (conductanceS) => conductanceS * 1e-6,
  pulsed: createPulsed({
    law: 'linear',
    granularity: 0.001,
    upper: 1,
    lower: -1,
    slopeUp: 0,
    slopeDown: 0,
    cycleNoise: 0,
    ...options,
  }),
});

/** Quantisation off, noise off: what remains is what the update did. */
export const pulsedGroup = (rows: number, columns: number, csrs: Partial<GroupCsrs> = {}, id = 0): GroupShape =>
  testGroup(rows, columns, { id, firstTile: id }, { mapping: 'digital-offset', noiseOn: false, ...csrs });

export interface PulsedBench extends Bench {
  weights(group?: GroupShape): Float32Array;
  update(
    group: GroupShape,
    scale: number,
    x: ArrayLike<number>,
    d: ArrayLike<number>,
    options?: { fn?: string; flags?: readonly string[]; sequence?: number },
  ): Activity;
}

/** A bench with operands in the first megabyte of a large scratchpad. */
export function pulsedBench(device: CellModel, seeds: { seed?: number; chipSeed?: number; spmBytes?: number } = {}): PulsedBench {
  const bench = testBench({ device, chip: testChip({ spmBytes: seeds.spmBytes ?? 1 << 20 }), ...seeds });
  return {
    ...bench,
    weights: (group) => bench.machine.weights(group?.id ?? 0),
    update: (group, scale, x, d, { fn = 'stochastic', flags = [], sequence = 1 } = {}) => {
      const to = 4 * x.length;
      bench.put(0, x);
      bench.put(to, d);
      const fields = { group, d: value(scale), a: spm(0), b: spm(to), length: x.length / group.rows, sequence };
      return bench.machine.execute(operation('OPU', { fn, flags, ...fields }));
    },
  };
}
