import { instructions } from '../../isa/instructions.ts';
import { formatBytes } from '../../isa/limits.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';
import type { GroupPlans } from './mvm-plan.ts';
import type { InputSource, MvmTask } from './mvm-task.ts';
import type { Word } from './word.ts';
import { hasFlag, nameWord } from './word.ts';

const { CAL, MVM, MVT } = instructions;

function outputOf(word: Word): number | undefined {
  return word.operation.d.kind === 'spm' ? word.operation.d.address : undefined;
}

function sourceOf(word: Word, elementBytes: number): InputSource {
  const { a } = word.operation;
  if (a.kind === 'spm') return { kind: 'dense', address: a.address };
  return a.kind === 'window' ? { kind: 'window', window: a.window, elementBytes } : { kind: 'none' };
}

/** Does it read vectors of a group? */
export function readsVectors({ mnemonic, fn }: IssuedOperation): boolean {
  if (mnemonic === 'CAL') return fn !== CAL.functions['symmetry-point'];
  return mnemonic === 'MVM' || mnemonic === 'MVT' || mnemonic === 'RDV';
}

/** A one-hot read involves one block of lines: the first lane stands for whichever holds the index. */
function oneHotTask({ operation }: Word, group: GroupShape, plans: GroupPlans, outputAddress: number | undefined): MvmTask {
  const byRow = operation.fn === instructions.RDV.functions.row;
  const plan = byRow ? plans.forward(group) : plans.transposed(group);
  const repeats = hasFlag(operation, instructions.RDV.flags.REP.bit) && operation.b.kind === 'value' ? operation.b.value : 1;
  return {
    plan,
    replicas: 1,
    lanesPerReplica: 1,
    vectors: operation.length,
    reads: Math.max(1, repeats),
    source: { kind: 'none' },
    outputAddress,
    outputBytes: formatBytes.f32 * (byRow ? group.columns : group.rows),
    writesOnce: false,
    accumulates: false,
  };
}

/** Task of MVM, MVT, RDV or CAL. MVM and MVT deal their vectors to all replicas. RangeError when the operation names no group. */
export function mvmTask(word: Word, plans: GroupPlans): MvmTask {
  const { operation } = word;
  const { group, mnemonic } = operation;
  if (group === undefined) throw new RangeError(`${nameWord(operation)} has no group; want one defined by GRP`);
  const outputAddress = outputOf(word);
  if (mnemonic === 'RDV') return oneHotTask(word, group, plans, outputAddress);
  const calibrates = mnemonic === 'CAL';
  const transposed = mnemonic === 'MVT' || (calibrates && hasFlag(operation, CAL.flags.T.bit));
  const plan = transposed ? plans.transposed(group) : plans.forward(group);
  // corrections are those of all lines, that of a constant row included
  const outputs = calibrates && transposed ? group.rows : plan.outputs;
  const wholeWords = calibrates || (mnemonic === 'MVM' && hasFlag(operation, MVM.flags.RAW.bit));
  return {
    plan,
    replicas: calibrates ? 1 : plan.replicas,
    lanesPerReplica: plan.lanesPerReplica,
    vectors: operation.length,
    reads: 1,
    source: sourceOf(word, formatBytes[group.csrs.inFormat]),
    outputAddress,
    outputBytes: outputs * (wholeWords ? formatBytes.f32 : formatBytes[group.csrs.outFormat]),
    writesOnce: calibrates,
    accumulates: !calibrates && hasFlag(operation, transposed ? MVT.flags.ACC.bit : MVM.flags.ACC.bit),
  };
}
