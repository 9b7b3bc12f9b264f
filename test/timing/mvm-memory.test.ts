import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { bytes, chip130, group, halt, mvm, time, vecAdd } from './operations.ts';
import { chips } from './random-programs.ts';

const map = { height: 14, width: 14, channels: 8, kernelHeight: 3, kernelWidth: 3, strideY: 1, strideX: 1 };
const pads = { padTop: 1, padLeft: 1, padBottom: 1, padRight: 1, dilation: 1, outputHeight: 14, outputWidth: 14 };
const shape = group(0, 72, 40);

const convolution = (address: number): IssuedOperation => ({
  ...mvm(shape, 0, 1 << 20, 196),
  a: { kind: 'window', window: { address, ...map, ...pads } },
  reads: [bytes(address, 14 * 14 * 8)],
});

/** The same convolution several times, `pitch` bytes on each time, with something else in between. */
const repeated = (times: number, extra: readonly IssuedOperation[] = [], pitch = 2048) => [
  ...Array.from({ length: times }, (_, at) => [convolution(at * pitch), ...extra]).flat(),
  halt,
];

test('a convolution seen before costs few events and changes nothing', () => {
  const plain = time(repeated(6), chip130, { closedForm: false });
  const short = time(repeated(6), chip130);
  expect({ ...short, events: 0 }).toEqual({ ...plain, events: 0 });
  expect(short.events).toBeLessThan(plain.events / 2);
});

test('maps that begin at other banks go the same way', () => {
  const pitch = 1568 + chip130.spmInterleaveBytes;
  const plain = time(repeated(6, [], pitch), chip130, { closedForm: false });
  const short = time(repeated(6, [], pitch), chip130);
  expect(pitch % (chip130.spmBanks * chip130.spmInterleaveBytes)).toBeGreaterThan(0);
  expect({ ...short, events: 0 }).toEqual({ ...plain, events: 0 });
  expect(short.events).toBeLessThan(plain.events / 2);
});

test('law: the same outcome with and without memory, undisturbed or not', () => {
  const extras = fc.array(
    fc
      .record({ elements: fc.integer({ min: 1, max: 4000 }), unit: fc.nat(1) })
      .map(({ elements, unit }) => vecAdd(1 << 22, 1 << 23, elements, unit)),
    { maxLength: 2 },
  );
  const pitches = fc.oneof(fc.constantFrom(1568, 1600, 1664, 2048), fc.integer({ min: 1568, max: 4096 }));
  fc.assert(
    fc.property(chips, extras, fc.integer({ min: 2, max: 6 }), pitches, (parameters, extra, times, pitch) => {
      const words = repeated(times, extra, pitch);
      const plain = time(words, parameters, { closedForm: false });
      const rebased = time(words, parameters, { rebaseAtPs: 3_000_000 });
      expect({ ...rebased, events: 0 }).toEqual({ ...plain, events: 0 });
      expect({ ...time(words, parameters), events: 0 }).toEqual({ ...plain, events: 0 });
    }),
    { seed: 61, numRuns: 25 },
  );
});
