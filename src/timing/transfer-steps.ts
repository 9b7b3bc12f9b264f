import { instructions } from '../../isa/instructions.ts';
import { idleActivity } from '../sequence/activity.ts';
import type { GroupShape, Interval, IssuedOperation, ResolvedOperand } from '../sequence/issued-operation.ts';
import { mvmTask } from './mvm-operands.ts';
import type { GroupPlans } from './mvm-plan.ts';
import type { Word, WordStep } from './word.ts';

const { XFR, RDV, VEC, THA, PUL, OPU } = instructions;

const none: ResolvedOperand = { kind: 'none' };
const spm = (address: number): ResolvedOperand => ({ kind: 'spm', address });
const value = (number: number): ResolvedOperand => ({ kind: 'value', value: number });

/** Matrices of the buffer by transfer rule, and vector words a row takes between its read and its counts. */
const rules: Readonly<
  Record<number, { readonly matrices: number; readonly vectorWords: readonly (keyof typeof VEC.functions)[] }>
> = {
  [XFR.functions.tt1]: { matrices: 0, vectorWords: [] },
  [XFR.functions.tt2]: { matrices: 1, vectorWords: ['axpy'] },
  [XFR.functions.tt3]: { matrices: 1, vectorWords: ['mul', 'axpy'] },
  [XFR.functions.tt4]: { matrices: 3, vectorWords: ['mul', 'sub', 'axpy', 'mul', 'axpy'] },
};

/** Intermediate vectors live at the start of a scratchpad word: only the number of port accesses depends on it. */
const scratch = 0;

/**
 * The words an XFR stands for, in order, row by row: read of a row of the source, buffer row in (when it is in DRAM), digital
 * arithmetic, counts, buffer row out, pulses on a row of the target. Each begins when the one before has ended.
 */
export function transferSteps(word: Word, plans: GroupPlans): readonly WordStep[] {
  const { operation, activity } = word;
  const { group, target } = operation;
  if (group === undefined || target === undefined) throw new RangeError('XFR has no source or no target group; want both');
  // Rows take the same time whichever they are, but for their pulses.
  const ofRow = rowSteps(operation, group, target).map((step) => ({
    operation: step,
    task: step.mnemonic === 'RDV' ? mvmTask({ ...word, operation: step }, plans) : undefined,
  }));
  const steps: WordStep[] = [];
  for (let row = 0; row < operation.length; row++) {
    const slots = activity.pulseSlots === undefined ? undefined : activity.pulseSlots.slice(row, row + 1);
    const pulsed = { ...idleActivity, pulseSlots: slots };
    for (const step of ofRow) steps.push({ operation: step.operation, activity: pulsed, task: step.task });
  }
  return steps;
}

/** The words of one row; the first stands for all. */
function rowSteps(operation: IssuedOperation, group: GroupShape, target: GroupShape): IssuedOperation[] {
  const { columns, csrs } = group;
  const rule = rules[operation.fn]!;
  const bytes = 4 * columns;
  const at = (space: Interval['space'], length = bytes): readonly Interval[] => [{ space, from: scratch, to: scratch + length }];
  const make = (mnemonic: IssuedOperation['mnemonic'], change: Partial<IssuedOperation>): IssuedOperation => {
    const { target: _, ...rest } = operation;
    return {
      ...{ ...rest, mnemonic, fn: 0, flags: 0, unit: 0, length: columns, rows: 1, format: 'f32' as const },
      ...{ d: none, a: none, b: none, group: undefined, reads: [], writes: [] },
      ...change,
    };
  };
  const index = operation.d.kind === 'value' ? operation.d.value % group.rows : 0;
  const read = make('RDV', {
    ...{ fn: RDV.functions.row, flags: 1 << RDV.flags.REP.bit, length: 1, group },
    ...{ d: spm(scratch), a: value(index), b: value(csrs.transferReads), writes: at('spm') },
  });
  if (operation.fn === XFR.functions.tt1)
    return [
      read,
      make('OPU', {
        ...{ flags: 1 << OPU.flags['ONE-HOT-A'].bit, length: 1, group: target },
        ...{ a: value(index), b: spm(scratch), reads: at('spm') },
      }),
    ];
  const load = make('DLD', {
    fn: rule.matrices,
    length: bytes,
    reads: at('dram', rule.matrices * bytes),
    writes: at('spm', rule.matrices * bytes),
  });
  const store = { ...load, mnemonic: 'DST' as const, reads: load.writes, writes: load.reads };
  const inDram = operation.a.kind === 'dram';
  const vectors = rule.vectorWords.map((name) =>
    make('VEC', {
      fn: VEC.functions[name],
      a: spm(scratch),
      d: spm(scratch),
      reads: [...at('spm'), ...at('spm')],
      writes: at('spm'),
    }),
  );
  const counts = make('THA', { fn: THA.functions['to-i8'], reads: at('spm'), writes: [...at('spm', columns), ...at('spm')] });
  const pulse = make('PUL', {
    fn: PUL.functions.row,
    length: 1,
    group: target,
    a: spm(scratch),
    d: value(index),
    reads: at('spm', columns),
  });
  return [read, ...(inDram ? [load] : []), ...vectors, counts, ...(inDram ? [store] : []), pulse];
}
