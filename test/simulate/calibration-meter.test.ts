import { expect, test } from 'vitest';
import type { Region } from '../../src/isa/program.ts';
import { idleActivity } from '../../src/sequence/activity.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createCalibrationMeter } from '../../src/simulate/calibration-meter.ts';
import { group as groupOf, operation } from '../timing/operations.ts';

const phases = ['load', 'program', 'forward', 'update', 'evaluate'] as const;
const regions: readonly Region[] = phases.map((name, id) => ({ id, kind: 'phase', name }));
const program = { words: new Uint32Array(0), symbols: [], regions, data: [], sourceName: 's', lines: [] };
const group = groupOf(0, 10, 10);
const word = (mnemonic: IssuedOperation['mnemonic'], phase: (typeof phases)[number]) =>
  operation(mnemonic, { phase: phases.indexOf(phase), ...(mnemonic === 'OPU' ? { group, length: 1 } : {}) });

/** Runs batches whose update takes as many slots as their number, the test set after each; returns what was reached. */
function run(batches: number, extent: { readonly batches: number; readonly perEpoch: number; readonly epochs: number }) {
  const meter = createCalibrationMeter(program, { ...extent, batch: 10 });
  const reached: string[] = [];
  for (let batch = 0; batch < batches; batch++)
    for (const each of [
      ...[word('DLD', 'load'), word('DLD', 'load'), word('LOSS', 'forward'), word('OPU', 'update')],
      ...[word('DLD', 'evaluate'), word('LOSS', 'evaluate'), word('OPU', 'program')],
    ]) {
      const found = meter.reach(each);
      if (found !== undefined) reached.push(`${found} ${batch}`);
      meter.add(each, each.mnemonic === 'OPU' ? { ...idleActivity, pulseSlots: Float64Array.of(batch) } : idleActivity);
    }
  return { reached, measured: meter.measured() };
}

test('measures the updates of every epoch, and nothing of the test set and of what comes later', () => {
  const { reached, measured } = run(8, { batches: 6, perEpoch: 3, epochs: 2 });
  expect(reached).toEqual(['epoch 3', 'end 6']);
  expect(measured.samples).toBe(60);
  expect(measured.epochs.map(([update]) => update!.slots)).toEqual([1, 4]);
});

test('the last quarter stands for all that is not measured', () => {
  const { measured } = run(12, { batches: 8, perEpoch: 6, epochs: 3 });
  const [first, second, third] = measured.epochs.map(([update]) => update!.slots);
  expect(first).toBe(2.5);
  expect(second).toBeCloseTo(6.5, 12);
  expect(third).toBe(6.5);
});

test('a run that ends with its last batch has measured it', () => {
  const { reached, measured } = run(4, { batches: 4, perEpoch: 4, epochs: 1 });
  expect(reached).toEqual([]);
  expect(measured.epochs[0]![0]!.slots).toBe(1.5);
});
