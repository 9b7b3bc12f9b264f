import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { bytes, chip130, group, groupCsrs, halt, operation, type Step, spm, time, value } from './operations.ts';
import { chips } from './random-programs.ts';

const csrs = { ...groupCsrs, mapping: 'digital-offset' as const };
const shape = group(0, 200, 100, { csrs, columnBlocks: 1 });

const outer = (vectors: number, slots: number): Step => [
  operation('OPU', {
    ...{ group: shape, d: value(-0.1), a: spm(0), b: spm(1 << 16), length: vectors, phase: 2 },
    reads: [bytes(0, vectors * 200), bytes(1 << 16, vectors * 400)],
  }),
  {
    pulseSlots: new Float64Array(vectors).fill(slots),
    ...{ linePulses: 10 * vectors, trainBits: 300 * slots * vectors, pulseJoules: 1e-9 * vectors, pulses: 5 },
  },
];

const counts = (slots: number, steps?: number): Step => [
  operation('PUL', { fn: instructions.PUL.functions.matrix, group: shape, a: spm(0), length: 200, reads: [bytes(0, 20_000)] }),
  steps === undefined
    ? { pulseSlots: Float64Array.of(slots), linePulses: 7 }
    : { programSteps: Float64Array.of(steps, steps), verifyReads: 2 * steps },
];

const slotPs = chip130.pulsePs + chip130.gapPs;

test('one vector by hand: operands, buffers, set-up, slots', () => {
  const outcome = time([outer(1, 8), halt]);
  // Issue 1; 13 words over 8 banks behind the 7 of x: 3; 25 flits behind 13 over one hop of 3 cycles; buffer 20; HALT 1.
  const cycles = 1 + 3 + (13 + 3 + 24) + 20 + 1;
  expect(outcome.picoseconds).toBe(BigInt(5000 * cycles + chip130.updateSetupPs + 8 * slotPs));
  expect(outcome.actions).toMatchObject({ 'train-generator.bit': 2400, 'train-generator.pulse': 10, 'noc.flit-hop': 38 });
  expect(outcome.actions).toMatchObject({ 'scratchpad.read': 7 + 13, 'tile-buffer.access': 20 });
});

test('a vector without pulses costs no slot; the next operands are fetched under the pulses of one', () => {
  expect(time([outer(1, 0), halt]).picoseconds).toBeLessThan(400_000n);
  const [one, two, three] = [1, 2, 3].map((vectors) => time([outer(vectors, 4), halt]).picoseconds);
  const per = BigInt(chip130.updateSetupPs + 4 * slotPs);
  expect(two! - one!).toBe(per);
  expect(three! - two!).toBe(per);
});

test('law: time grows with slots by whole slots, never less than one clock edge off', () => {
  fc.assert(
    fc.property(chips, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), (parameters, vectors, slots) => {
      const few = time([outer(vectors, slots), halt], parameters).picoseconds;
      const more = time([outer(vectors, slots + 3), halt], parameters).picoseconds;
      const expected = vectors * 3 * slotPs;
      expect(Math.abs(Number(more - few) - expected)).toBeLessThanOrEqual((vectors * 2e12) / parameters.clockHz);
    }),
    { seed: 51, numRuns: 40 },
  );
});

test('counts: sent once, then their slots; verified ones take the steps of the slowest tile', () => {
  const without = time([counts(0), halt]).picoseconds;
  expect(time([counts(6), halt]).picoseconds - without).toBe(BigInt(chip130.updateSetupPs + 6 * slotPs));
  expect(time([counts(0, 9), halt]).picoseconds - without).toBe(BigInt(9 * (chip130.pulsePs + chip130.verifyPs)));
  expect(time([counts(0, 9), halt]).actions['adc.convert']).toBe(18);
});
