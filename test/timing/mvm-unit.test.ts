import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import {
  accumulate,
  bytes,
  chip130,
  group,
  groupCsrs,
  halt,
  mvm,
  operation,
  type Step,
  spm,
  time,
  unitUse,
  value,
} from './operations.ts';

const duration = (step: Step, parameters = chip130) => Number(time([step, halt], parameters).picoseconds) / 1000;
const small = group(0, 256, 128);

test('further vectors cost one initiation interval: the slower of read and conversions', () => {
  const of = (vectors: number, parameters = chip130) => duration(mvm(small, 0, 1 << 20, vectors), parameters);
  expect(of(101) - of(100)).toBe(400);
  const quick = { ...chip130, conversionPs: 10_000 };
  expect(of(101, quick) - of(100, quick)).toBe(265);
});

test('a slow way home throttles the tile instead of piling up', () => {
  const narrow = { ...chip130, flitBytes: 2, partialBytes: 4 };
  const of = (vectors: number) => duration(mvm(small, 0, 1 << 20, vectors), narrow);
  expect(of(101) - of(100)).toBe(256 * 5);
});

test('replicas share the vectors', () => {
  const twice = group(0, 256, 128, { replicas: 2, firstTile: 7 });
  const gain = duration(mvm(small, 0, 1 << 20, 200)) / duration(mvm(twice, 0, 1 << 20, 200));
  expect(gain).toBeGreaterThan(1.95);
});

test('a retry costs another read and conversion of its vector', () => {
  const once = duration([mvm(small, 0, 1 << 20, 1), { retries: Uint8Array.of(0) }]);
  const again = duration([mvm(small, 0, 1 << 20, 1), { retries: Uint8Array.of(1) }]);
  expect(again - once).toBe(665);
});

test('accumulating adds the old output and its read', () => {
  const plain = duration(mvm(small, 0, 1 << 20, 1));
  const added = duration(mvm(small, 0, 1 << 20, 1, { flags: accumulate }));
  expect(added - plain).toBe((128 / 16 + 2) * 5);
});

test('row blocks are added in the hub', () => {
  const outcome = time([mvm(group(0, 784, 128), 0, 1 << 20, 10), halt]);
  expect(unitUse(outcome, 'accumulator')).toEqual({ unit: 'accumulator', busyPs: 10 * 3 * 8 * 5000, operations: 10 });
});

test('transposed reads take the same way with the sides exchanged', () => {
  const square = group(0, 128, 128, { csrs: { ...groupCsrs, inFormat: 'f32' } });
  const back = operation('MVT', {
    group: square,
    a: spm(0),
    d: spm(1 << 16),
    length: 1,
    reads: [bytes(0, 512)],
    writes: [bytes(1 << 16, 512)],
  });
  expect(duration(back) - duration(mvm(square, 0, 1 << 16, 1))).toBe(8 * 50);
});

test('averaged reads of weights take a pass each, calibration one per vector', () => {
  const read = (reads: number) =>
    duration(
      operation('RDV', { group: small, fn: instructions.RDV.functions.row, d: spm(0), length: 1, b: value(reads), flags: 1 }),
    );
  expect(read(11) - read(10)).toBe(400);
  const calibrate = (length: number) => duration(operation('CAL', { group: small, d: spm(0), length }));
  expect(calibrate(41) - calibrate(40)).toBe(400);
});

test('a convolution reads its window; padding reads less', () => {
  const shape = group(0, 25, 16);
  const window = {
    address: 0,
    height: 28,
    width: 28,
    channels: 1,
    kernelHeight: 5,
    kernelWidth: 5,
    strideY: 1,
    strideX: 1,
    dilation: 1,
  };
  const convolve = (pad: number, side: number) => {
    const pads = { padTop: pad, padLeft: pad, padBottom: pad, padRight: pad, outputHeight: side, outputWidth: side };
    const a = { kind: 'window', window: { ...window, ...pads } } as const;
    return time([{ ...mvm(shape, 0, 1 << 16, side), a }, halt]);
  };
  const reads = (outcome: ReturnType<typeof convolve>) =>
    outcome.units.filter(({ unit }) => unit.endsWith('read')).reduce((sum, { operations }) => sum + operations, 0);
  expect(reads(convolve(2, 28))).toBeLessThan(reads(convolve(0, 24)) * (28 / 24));
  expect(convolve(0, 24).ending.ended).toBe('halted');
});
