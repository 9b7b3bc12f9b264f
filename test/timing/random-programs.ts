import fc from 'fast-check';
import { instructions } from '../../isa/instructions.ts';
import type { TimingParameters } from '../../src/chip/cost-table.ts';
import { nocTopologies } from '../../src/chip/noc-geometry.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import {
  accumulate,
  bytes,
  chip130,
  fence,
  flag,
  group,
  groupCsrs,
  halt,
  load,
  mvm,
  operation,
  type Step,
  spm,
  value,
  vecAdd,
} from './operations.ts';

/** Chips around `chip130`, some with a clock whose period is no whole number of picoseconds. */
export const chips: fc.Arbitrary<TimingParameters> = fc
  .record({
    clockHz: fc.constantFrom(200e6, 1e9, 640e6, 333e6),
    readPs: fc.integer({ min: 0, max: 600_000 }),
    passes: fc.integer({ min: 1, max: 3 }),
    conversionPs: fc.integer({ min: 1, max: 90_000 }),
    adcMux: fc.constantFrom(1, 2, 8),
    adcIntegrates: fc.boolean(),
    spmBanks: fc.constantFrom(1, 4, 8),
    spmInterleaveBytes: fc.constantFrom(32, 64),
    spmAccessCycles: fc.integer({ min: 1, max: 3 }),
    accumulatorLanes: fc.constantFrom(4, 16, 64),
    flitBytes: fc.constantFrom(4, 16),
    routerCycles: fc.nat(4),
    linkCycles: fc.integer({ min: 1, max: 2 }),
    topology: fc.constantFrom(...nocTopologies),
    dramLatencyPs: fc.nat(200_000),
    queueDepth: fc.integer({ min: 1, max: 4 }),
    partialBytes: fc.constantFrom(2, 4),
  })
  .map((change) => ({ ...chip130, ...change }));

const replicated = group(3, 100, 40, { firstTile: 40, replicas: 3 });
export const groups = [
  group(0, 64, 32),
  group(1, 300, 200, { firstTile: 5 }),
  group(2, 784, 10, { firstTile: 22, csrs: { ...groupCsrs, slices: 2 } }),
  replicated,
] as const;

const window = { address: 0, height: 12, width: 12, channels: 4, kernelHeight: 5, kernelWidth: 5, strideY: 1, strideX: 1 };
const pads = { padTop: 2, padLeft: 2, padBottom: 2, padRight: 2, dilation: 1, outputHeight: 12, outputWidth: 12 };

const aligned = fc.nat(1 << 14).map((unit) => unit * 8);
const far = 1 << 20;

const read = fc
  .record({
    shape: fc.constantFrom(...groups),
    from: aligned,
    to: aligned,
    vectors: fc.integer({ min: 1, max: 150 }),
    adds: fc.boolean(),
  })
  .map(({ shape, from, to, vectors, adds }) => mvm(shape, from, far + to, vectors, { flags: adds ? accumulate : 0 }));

const convolution = fc.nat(60).map((vectors): IssuedOperation => {
  const a = { kind: 'window', window: { ...window, ...pads } } as const;
  return { ...mvm(replicated, 0, 2 * far, vectors + 1), a, reads: [bytes(0, 576)] };
});

const transposed = fc.integer({ min: 1, max: 40 }).map((vectors) =>
  operation('MVT', {
    group: groups[1],
    a: spm(64),
    d: spm(4 * far),
    length: vectors,
    reads: [bytes(64, vectors * 200)],
    writes: [bytes(4 * far, vectors * 1200)],
  }),
);

const weights = fc.integer({ min: 1, max: 9 }).map((length) =>
  operation('RDV', {
    fn: length % 2,
    flags: flag(instructions.RDV.flags.REP.bit),
    group: groups[1],
    a: value(0),
    b: value(2),
    d: spm(6 * far),
    length,
    writes: [bytes(6 * far, length * 800)],
  }),
);

const calibration = fc.constant(
  operation('CAL', { group: groups[0], length: 30, d: spm(7 * far), writes: [bytes(7 * far, 128)] }),
);
const vector = fc.record({ from: aligned, to: aligned, elements: fc.integer({ min: 1, max: 3000 }), unit: fc.nat(1) });
const vectors = vector.map(({ from, to, elements, unit }) => vecAdd(far + from, 3 * far + to, elements, unit));
const loads = vector.map(({ from, to, elements, unit }) => load(from, to, elements, unit));
const delay = fc.nat(2000).map((nanoseconds) => operation('DLY', { a: value(nanoseconds), phase: 2 }));
const programming = fc
  .nat(20)
  .map(
    (steps): Step => [
      operation('PRG', { group: groups[0], a: spm(0), length: 64, reads: [bytes(0, 64 * 32 * 4)], phase: 2 }),
      { programSteps: Float64Array.of(steps), verifyReads: steps, pulseJoules: 3e-12 * steps },
    ],
  );

/** Programs of reads with everything that may get in their way. */
export const programs: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof<[fc.MaybeWeightedArbitrary<Step>, ...fc.MaybeWeightedArbitrary<Step>[]]>(
      { arbitrary: read, weight: 5 },
      convolution,
      transposed,
      weights,
      calibration,
      { arbitrary: vectors, weight: 2 },
      { arbitrary: loads, weight: 2 },
      fc.constant(fence),
      delay,
      programming,
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((steps) => [...steps, halt]);
