import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { accumulate, bytes, chip130, group, halt, mvm, type Step, time, vecAdd } from './operations.ts';
import { chips } from './random-programs.ts';

const map = { height: 12, width: 12, channels: 1, kernelHeight: 5, kernelWidth: 5, strideY: 1, strideX: 1 };
const pads = { padTop: 2, padLeft: 2, padBottom: 2, padRight: 2, dilation: 1, outputHeight: 12, outputWidth: 12 };

/** A convolution on one tile: one lane. */
const convolution = (address: number, columns = 6): IssuedOperation => ({
  ...mvm(group(0, 25, columns), 0, 1 << 20, 144, { flags: accumulate }),
  a: { kind: 'window', window: { address, ...map, ...pads } },
  reads: [bytes(address, 144), bytes(1 << 20, 144 * 4 * columns)],
});

/** No two edges of it lie alike within a second. */
const oddClock = { ...chip130, clockHz: 237_345_679 };

test('a read alone on its lane takes few events whatever the clock, and nothing else changes', () => {
  const steps = [convolution(0), convolution(144), halt];
  const plain = time(steps, oddClock, { closedForm: false });
  const short = time(steps, oddClock);
  expect({ ...short, events: 0 }).toEqual({ ...plain, events: 0 });
  expect(short.events).toBeLessThan(plain.events / 10);
});

test('a word that comes between takes over in time', () => {
  const steps: Step[] = [convolution(0), ...Array.from({ length: 6 }, () => vecAdd(1 << 22, 1 << 23, 900, 0)), halt];
  const plain = time(steps, oddClock, { closedForm: false });
  expect({ ...time(steps, oddClock), events: 0 }).toEqual({ ...plain, events: 0 });
});

test('law: the same outcome with and without, alone or not, at any clock, before and after the base moves', () => {
  const clocks = fc.constantFrom(200e6, 333e6, 237_345_679, 911_111_111);
  const others = fc.array(fc.record({ elements: fc.integer({ min: 1, max: 4000 }), unit: fc.nat(1) }), { maxLength: 3 });
  fc.assert(
    fc.property(chips, clocks, others, fc.constantFrom(1, 6, 300), fc.nat(300), (chip, clockHz, extra, columns, address) => {
      const parameters = { ...chip, clockHz };
      const words = extra.map(({ elements, unit }) => vecAdd(1 << 22, 1 << 23, elements, unit));
      const dense = mvm(group(0, 25, columns), address, 1 << 21, 30);
      const steps = [convolution(address, columns), ...words, dense, convolution(address + 8, columns), halt];
      const plain = { ...time(steps, parameters, { closedForm: false }), events: 0 };
      expect({ ...time(steps, parameters), events: 0 }).toEqual(plain);
      expect({ ...time(steps, parameters, { rebaseAtPs: 3_000_000 }), events: 0 }).toEqual(plain);
    }),
    { seed: 31, numRuns: 16 },
  );
});
