import { instructions } from '../../isa/instructions.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { mvmTask } from './mvm-operands.ts';
import type { GroupPlans } from './mvm-plan.ts';
import type { Word, WordStep } from './word.ts';
import { hasFlag } from './word.ts';

const { CAL, PRG, RDV } = instructions;

/** Does it stand for pulses, reads and programming in turn? */
export const searchesSymmetry = ({ mnemonic, fn }: IssuedOperation): boolean =>
  mnemonic === 'CAL' && fn === CAL.functions['symmetry-point'];

/**
 * The words a CAL.symmetry-point stands for, each beginning when the one before has ended: alternating pulses, two one-hot readings of
 * every row whose means are written once, and with W the programming of the reference cells.
 */
export function symmetrySteps(word: Word, plans: GroupPlans): readonly WordStep[] {
  const { operation, activity } = word;
  const { group } = operation;
  if (group === undefined) throw new RangeError('CAL.symmetry-point has no group; want one defined by GRP');
  const none = { kind: 'none' } as const;
  const make = (
    mnemonic: IssuedOperation['mnemonic'],
    change: Partial<IssuedOperation>,
    does: Partial<Activity> = {},
  ): WordStep => {
    const step = {
      ...operation,
      mnemonic,
      flags: 0,
      a: none,
      b: none,
      d: none,
      length: group.rows,
      reads: [],
      writes: [],
      ...change,
    };
    return { operation: step, activity: { ...idleActivity, ...does }, task: undefined };
  };
  const { pulseSlots, programSteps, programReads, verifyReads } = activity;
  const read = make('RDV', { fn: RDV.functions.row });
  const task = {
    ...mvmTask({ ...word, operation: read.operation }, plans),
    ...{ vectors: 2 * group.rows, writesOnce: true, outputAddress: operation.d.kind === 'spm' ? operation.d.address : undefined },
  };
  const steps = [
    make('PRG', { fn: PRG.functions['reset-to-symmetry'] }, { pulseSlots }),
    { ...read, operation: { ...read.operation, length: 2 * group.rows }, task },
  ];
  if (!hasFlag(operation, CAL.flags.W.bit)) return steps;
  return [...steps, make('PRG', { fn: PRG.functions['zero-shift'] }, { programSteps, programReads, verifyReads })];
}
