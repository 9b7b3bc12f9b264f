import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import type { Activity } from '../../src/sequence/activity.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import { searchesSymmetry, symmetrySteps } from '../../src/timing/symmetry-steps.ts';
import { bytes, chip130, flag, group, groupCsrs, halt, mvm, operation, program, spm, time } from './operations.ts';

const { CAL } = instructions;
const cells = group(0, 200, 100, { csrs: { ...groupCsrs, mapping: 'reference-cell' }, columnBlocks: 2 });

const search = (flags: number): [IssuedOperation, Partial<Activity>] => [
  operation('CAL', {
    ...{ fn: CAL.functions['symmetry-point'], flags, group: cells, length: 50, d: spm(0), writes: [bytes(0, 400)], phase: 2 },
  }),
  {
    ...{ pulseSlots: Float64Array.of(101), pulses: 101 * 20_000, linePulses: 500, pulseJoules: 1e-6, readJoules: 1e-9 },
    ...(flags === 0 ? {} : { programSteps: Float64Array.of(70, 60), programReads: Float64Array.of(9, 9), verifyReads: 400 }),
  },
];

/** The words of the expansion, without the joules and line pulses that the whole is charged. */
function expansion(flags: number): [IssuedOperation, Partial<Activity>][] {
  const [issued] = program([search(flags)]);
  const word = {
    ...{ ...issued!, slot: 0, units: [], task: undefined, behind: 0, stuck: undefined, done: false },
    ...{ fetchedPs: 0, issuedPs: 0, startedPs: 0 },
  };
  return symmetrySteps(word, createGroupPlans(chip130, 0)).map(({ operation: step, activity }) => [step, activity]);
}

const written = flag(CAL.flags.W.bit);

test('pulses, two readings of every row, and with W the references', () => {
  const names = (flags: number) => expansion(flags).map(([{ mnemonic, length }]) => [mnemonic, length]);
  expect(names(0)).toEqual([
    ['PRG', 200],
    ['RDV', 400],
  ]);
  expect(names(written).at(-1)).toEqual(['PRG', 200]);
  expect(searchesSymmetry(search(0)[0])).toBe(true);
  expect(searchesSymmetry(operation('CAL', { fn: CAL.functions.range }))).toBe(false);
});

test.each([0, written])('it takes the time of its expansion and is charged its actions (flags %i)', (flags) => {
  const whole = time([search(flags), halt]);
  const fence = operation('FENCE', { phase: 2 });
  const parts = time([...expansion(flags).flatMap((step) => [step, fence]), halt]);
  expect(whole.ending).toEqual({ ended: 'halted', exitCode: 0 });
  const leave = ({ actions }: typeof whole) => {
    // The words of the expansion write every row; line pulses are charged with the whole.
    const drop = ['controller.fetch', 'controller.decode', 'scratchpad.write', 'train-generator.pulse'];
    return Object.fromEntries(Object.entries(actions).filter(([name]) => !drop.includes(name)));
  };
  expect(leave(whole)).toEqual(leave(parts));
  expect(whole.actions['scratchpad.write']).toBeGreaterThan(0);
  expect(whole.actions['train-generator.pulse']).toBe(500);
  const slots = 101 * (chip130.pulsePs + chip130.gapPs);
  expect(whole.picoseconds).toBeGreaterThan(BigInt(slots));
  // apart from fences and the single write of the result
  expect(Math.abs(Number(parts.picoseconds - whole.picoseconds))).toBeLessThan(5000 * 40);
});

test('later reads of the group wait for it', () => {
  const read = mvm(cells, 4096, 8192, 1);
  const [alone, both] = [time([read, halt]), time([search(0), read, halt])];
  const before = time([search(0), halt]);
  expect(both.picoseconds - before.picoseconds).toBeGreaterThan(alone.picoseconds / 2n);
});
