import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import {
  accumulate,
  bytes,
  chip130,
  group,
  groupCsrs,
  halt,
  load,
  mvm,
  operation,
  type Step,
  spm,
  time,
  value,
  vecAdd,
} from './operations.ts';

const nonzero = (steps: readonly Step[], parameters = chip130) =>
  Object.fromEntries(
    Object.entries(time([...steps, halt], parameters).actions).filter(
      ([key, count]) => count > 0 && !key.startsWith('controller'),
    ),
  );

test('one vector on four by two tiles, by hand', () => {
  expect(nonzero([mvm(group(0, 784, 256), 0, 1 << 16, 1)])).toEqual({
    'crossbar.row-drive': 784 * 2,
    'crossbar.column-charge': 256 * 4,
    'input-driver.row-read': 784 * 2,
    'sample-hold.sample': 256 * 4,
    'adc.convert': 256 * 4,
    'tile-digital.column': 256 * 4,
    'tile-buffer.access': (8 + 8 + 8 + 1) * 2 + 8 * 2 * 4,
    'accumulator.add': 256 * 3,
    'scratchpad.read': 25,
    'scratchpad.write': 32,
    'noc.flit-hop': 16 * 2 * 3 + 2 + 16 * 8,
  });
});

test('passes, slices and retries multiply reads and conversions, not traffic', () => {
  const shape = group(0, 100, 50, { csrs: { ...groupCsrs, slices: 2 } });
  const step: Step = [mvm(shape, 0, 1 << 16, 3), { retries: Uint8Array.of(0, 2, 1) }];
  const found = nonzero([step], { ...chip130, passes: 7 });
  expect(found['crossbar.row-drive']).toBe(100 * 7 * 6);
  expect(found['adc.convert']).toBe(50 * 2 * 7 * 6);
  expect(found['scratchpad.write']).toBe(3 * 7);
});

test('accumulating reads the old vectors, and RAW writes whole words', () => {
  const shape = group(0, 100, 50, { csrs: { ...groupCsrs, outFormat: 'i8' } });
  const found = nonzero([mvm(shape, 0, 1 << 16, 2, { flags: accumulate })]);
  expect([found['scratchpad.read'], found['scratchpad.write'], found['accumulator.add']]).toEqual([2 * (4 + 2), 2 * 2, 100]);
  expect(nonzero([mvm(shape, 0, 1 << 16, 2, { flags: 1 << instructions.MVM.flags.RAW.bit })])['scratchpad.write']).toBe(2 * 7);
});

test('a one-hot read drives one line of each tile of one block, as often as it is averaged', () => {
  const read = {
    group: group(0, 784, 256),
    fn: instructions.RDV.functions.row,
    d: spm(0),
    length: 2,
    a: value(0),
    b: value(5),
    flags: 1,
  };
  const found = nonzero([operation('RDV', { ...read, writes: [bytes(0, 2048)] })]);
  expect([found['crossbar.row-drive'], found['adc.convert'], found['scratchpad.write']]).toEqual([2 * 2 * 5, 256 * 2 * 5, 64]);
  expect(found['noc.flit-hop']).toBe(2 * (2 + 16 + 16));
});

test('programming counts its steps, verify reads and target traffic; FREE counts nothing', () => {
  const program = operation('PRG', { group: group(0, 16, 8), a: spm(0), length: 16, reads: [bytes(0, 512)] });
  const activity = { programSteps: Float64Array.of(40), programReads: Float64Array.of(8), verifyReads: 70, pulseJoules: 1e-9 };
  expect(nonzero([[program, activity]])).toEqual({
    'crossbar.row-drive': 88,
    'input-driver.row-read': 48,
    'sample-hold.sample': 70,
    'adc.convert': 70,
    'tile-digital.column': 70,
    'scratchpad.read': 16,
    'noc.flit-hop': 32,
  });
  const free = time([[{ ...program, flags: 1 }, activity], halt]);
  expect(free.picoseconds).toBe(5000n);
  expect(free.dynamic.map(({ component }) => component)).toEqual(['controller', 'clock-tree']);
});

test('DMA and vector units count bytes, words and elements', () => {
  expect(nonzero([load(0, 0, 100)])).toEqual({ 'dram.byte': 100, 'scratchpad.write': 4 });
  expect(nonzero([vecAdd(0, 1024, 100)])).toEqual({ 'vector-unit.add': 100, 'scratchpad.read': 13, 'scratchpad.write': 13 });
});

test('every word is fetched and decoded but marks and ageing', () => {
  const steps = [operation('NOP'), operation('MARK'), operation('DLY', { flags: 1, a: value(1) }), operation('SETC'), halt];
  const { actions, operations } = time(steps);
  expect([actions['controller.fetch'], actions['controller.decode'], operations]).toEqual([3, 3, 5]);
});
