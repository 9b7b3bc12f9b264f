import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimingParameters } from '../../src/chip/cost-table.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { timingParameters } from '../../src/chip/timing-parameters.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { createMachine } from '../../src/machine/machine.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import { createSequencer } from '../../src/sequence/sequencer.ts';
import { type Fidelity, runInstance } from '../../src/simulate/run-instance.ts';
import { runTiming } from '../../src/timing/run-timing.ts';
import { chipWith, compileRandom, networkOf, smallTiles } from '../compiler/support.ts';

const chip = chipWith('cmo-130nm', [...smallTiles, 'scratchpad.bytes=8 KiB']);
const device = deviceNamed(chip.device);
const layers = [
  '{ convolution: { channels: 3, kernel: 3, pad: 1 }, activation: relu }',
  'pool: { function: max, kernel: 2, stride: 2 }',
  '{ linear: 6, activation: tanh }',
  'linear: 3',
];
const { program } = compileRandom({ network: networkOf([6, 6, 1], layers), chip, samples: 7, ages: [1, 86400] });
const usual = timingParameters(chip, device);
const costs = costTableOf(chip);
const input = { program, chip, device, seed: 1, chipSeed: 2, costs, declared: [] };
const run = (fidelity: Fidelity, parameters = usual) => runInstance({ ...input, fidelity, parameters });

const count = (min: number, max: number) => fc.integer({ min, max });
/** Any durations, widths and queue depths for the same tiles. */
const anyParameters: fc.Arbitrary<TimingParameters> = fc
  .record({
    clockHz: count(1, 2000).map((mega) => mega * 1e6),
    readPs: count(0, 1e6),
    conversionPs: count(1, 1e5),
    adcMux: fc.constantFrom(1, 2, 4),
    adcIntegrates: fc.boolean(),
    passes: count(1, 8),
    spmBanks: fc.constantFrom(1, 2, 8),
    spmWidthBytes: fc.constantFrom(8, 32, 64),
    spmAccessCycles: count(1, 5),
    lanes: count(1, 64),
    vectorStartCycles: count(0, 20),
    tableCycles: count(1, 20),
    accumulatorLanes: count(1, 32),
    flitBytes: fc.constantFrom(4, 16, 64),
    routerCycles: count(1, 6),
    linkCycles: count(1, 4),
    dmaSetupCycles: count(0, 100),
    dramBytesPerSecond: count(1, 200).map((giga) => giga * 1e8),
    dramLatencyPs: count(0, 1e6),
    queueDepth: count(1, 8),
    pulsePs: count(1, 1e6),
    verifyPs: count(1, 1e6),
  })
  .map((changed) => ({ ...usual, ...changed }));

/** Everything the value machine holds after a run that is timed on the way. */
function finalValues(parameters: TimingParameters | undefined) {
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed: 1, chipSeed: 2 });
  const sequencer = createSequencer({
    instructions: decodeProgram(program.words),
    regions: program.regions,
    groupDefaults: groupDefaults(chip),
    format: chip.vector.format,
    special: machine.special,
    setSpecial: machine.setSpecial,
  });
  const next = () => {
    const operation = sequencer.next();
    return operation === undefined ? undefined : { operation, activity: machine.execute(operation) };
  };
  if (parameters === undefined) while (next() !== undefined);
  else expect(runTiming({ parameters, costs, regions: program.regions, source: { next } }).ending.ended).toBe('halted');
  return {
    scratchpad: machine.readSpm(0, chip.scratchpad.bytes),
    results: machine.results,
    conductances: machine.conductances(0),
  };
}

describe('run of one instance', () => {
  const values = run('values');

  it('evaluates every sample at every age', () => {
    expect(values.snapshots.map(({ ageSeconds, count: samples }) => [ageSeconds, samples])).toEqual([
      [1, 7],
      [86400, 7],
    ]);
    expect(values.ending).toEqual({ ended: 'halted', exitCode: 0 });
    expect(values.timing).toBeUndefined();
  });

  it('law: what is computed never depends on when: any timing gives the same scratchpad, cells and counts', () => {
    const plain = finalValues(undefined);
    expect(plain.scratchpad.some((byte) => byte !== 0)).toBe(true);
    fc.assert(
      fc.property(anyParameters, (parameters) => {
        expect(finalValues(parameters)).toEqual(plain);
        const full = run('full', parameters);
        expect(full.snapshots).toEqual(values.snapshots);
        expect(full.totals).toEqual(values.totals);
      }),
      { seed: 17, numRuns: 12 },
    );
  });

  it('issues the same operations without values, which it does not have', () => {
    const timing = run('timing');
    expect(timing.snapshots).toEqual([]);
    expect([timing.totals.instructions, timing.totals.macs]).toEqual([values.totals.instructions, values.totals.macs]);
    expect(timing.timing?.operations).toBe(run('full').timing?.operations);
  });

  it('depends on the chip seed', () => {
    const other = runInstance({ ...input, fidelity: 'values', parameters: usual, chipSeed: 3 });
    expect(other.snapshots.map(({ loss }) => loss)).not.toEqual(values.snapshots.map(({ loss }) => loss));
  });
});
