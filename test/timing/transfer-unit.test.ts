import { describe, expect, it } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { createGroupPlans } from '../../src/timing/mvm-plan.ts';
import { transferSteps } from '../../src/timing/transfer-steps.ts';
import {
  bytes,
  chip130,
  dram,
  group,
  groupCsrs,
  halt,
  operation,
  program,
  type Step,
  spm,
  time,
  unitUse,
  value,
} from './operations.ts';

const csrs = { ...groupCsrs, mapping: 'digital-offset' as const, transferReads: 3 };
const source = group(0, 200, 100, { csrs, columnBlocks: 1 });
const target = group(1, 200, 100, { csrs, columnBlocks: 1, firstTile: 8 });
const { XFR } = instructions;
type Rule = keyof typeof XFR.functions;

function transfer(rule: Rule, length: number, place: 'spm' | 'dram'): Step {
  const row = bytes(0, 400 * length, place);
  const address = place === 'spm' ? spm(0) : dram(0);
  return [
    operation('XFR', {
      ...{ fn: XFR.functions[rule], group: source, target, length, d: value(4), b: value(1), phase: 2 },
      ...(rule === 'tt1' ? { a: value(0) } : { a: address, reads: [row], writes: [row] }),
    }),
    { pulseSlots: new Float64Array(length).fill(2) },
  ];
}

/** The words of the expansion, each waiting for the one before as they do in a program. */
function expansion(rule: Rule, length: number, place: 'spm' | 'dram'): Step[] {
  const [issued] = program([transfer(rule, length, place)]);
  const word = {
    ...{ ...issued!, slot: 0, units: [], task: undefined, behind: 0, stuck: undefined, done: false },
    ...{ fetchedPs: 0, issuedPs: 0, startedPs: 0 },
  };
  return transferSteps(word, createGroupPlans(chip130, 0)).map(({ operation: step, activity }) => [step, activity]);
}

describe('a transfer', () => {
  for (const rule of Object.keys(XFR.functions) as Rule[]) {
    for (const place of ['spm', 'dram'] as const) {
      it(`${rule} with its buffer in ${place} takes the time and the actions of its expansion`, () => {
        for (const length of [1, 3]) {
          const whole = time([transfer(rule, length, place), halt]);
          const fenced = expansion(rule, length, place).flatMap((step) => [step, operation('FENCE', { phase: 2 })]);
          const parts = time([...fenced, halt]);
          expect(whole.ending).toEqual({ ended: 'halted', exitCode: 0 });
          const { 'controller.fetch': fetched, 'controller.decode': decoded, ...actions } = whole.actions;
          const { 'controller.fetch': _, 'controller.decode': __, ...wanted } = parts.actions;
          expect(actions).toEqual(wanted);
          expect([fetched, decoded]).toEqual([2, 2]);
          // Every fence is a word of its own and takes its cycle of the controller.
          const steps = fenced.length / 2;
          expect(parts.picoseconds - whole.picoseconds).toBe(BigInt(5000 * steps));
        }
      });
    }
  }

  it('holds the tiles of both groups and a vector unit', () => {
    const outcome = time([transfer('tt2', 1, 'spm'), halt]);
    for (const unit of ['tile 0', 'tile 8', 'vector unit 0']) expect(unitUse(outcome, unit).operations, unit).toBe(1);
    expect(unitUse(outcome, 'tile 0').busyPs).toBe(unitUse(outcome, 'tile 8').busyPs);
  });
});
