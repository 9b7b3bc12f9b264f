import { createIntern, type Intern } from '../sequence/describe-state.ts';
import type { Interval, ResolvedOperand } from '../sequence/issued-operation.ts';
import type { Fabric } from './fabric.ts';
import type { InFlight } from './in-flight.ts';
import type { Word } from './word.ts';

/** Appends everything but time and running sums that decides when what happens from now on, times relative to now. */
export type DescribeMachine = (inFlight: InFlight, into: number[]) => void;

/** After how many bytes scratchpad addresses meet the same bank port in the same way. */
export const bankRoundBytes = ({ parameters }: Fabric): number => parameters.spmBanks * parameters.spmInterleaveBytes;

function describeOperand(operand: ResolvedOperand, bankBytes: number, intern: Intern, into: number[]): void {
  switch (operand.kind) {
    case 'none':
    case 'dram':
      into.push(-1, 0);
      break;
    case 'spm':
      into.push(-2, operand.address % bankBytes);
      break;
    case 'window': {
      const { address, ...shape } = operand.window;
      into.push(-3, address % bankBytes, intern(shape));
      break;
    }
    case 'value':
      into.push(-4, operand.value);
      break;
    case 'register':
      into.push(-5, operand.id);
  }
}

function describeIntervals(intervals: readonly Interval[], bankBytes: number, into: number[]): void {
  into.push(intervals.length);
  for (const { space, from, to } of intervals) into.push(space === 'spm' ? from % bankBytes : -1, to - from);
}

function describeWord(
  { operation, behind, done, startedPs }: Word,
  now: number,
  bankBytes: number,
  intern: Intern,
  into: number[],
) {
  const { word, fn, flags, unit, length, group, target, format, rows, layer, phase, reads, writes } = operation;
  into.push(word, fn, flags, unit, length, group === undefined ? -1 : intern(group), rows, layer, phase, format.charCodeAt(0));
  if (target !== undefined) into.push(intern(target));
  into.push(behind, done ? 1 : 0, startedPs - now);
  // Which row a transfer is at decides nothing but the row.
  if (operation.mnemonic !== 'XFR') describeOperand(operation.d, bankBytes, intern, into);
  for (const operand of [operation.a, operation.b]) describeOperand(operand, bankBytes, intern, into);
  if (operation.mnemonic === 'XFR') return;
  describeIntervals(reads, bankBytes, into);
  describeIntervals(writes, bankBytes, into);
}

export function createDescribeMachine(fabric: Fabric): DescribeMachine {
  const { engine, resources, jobs } = fabric;
  const intern = createIntern();
  const bankBytes = bankRoundBytes(fabric);
  return ({ words }, into) => {
    const now = engine.now();
    const places = new Map<number, number>();
    into.push(words.length);
    words.forEach((word, place) => {
      places.set(word.operation.sequence, place);
      describeWord(word, now, bankBytes, intern, into);
      if (!word.done) for (const describe of jobs) describe(word, into);
    });
    engine.describeAll((phase) => places.get(phase) ?? -1, into);
    const { free } = resources;
    for (let id = 0; id < free.length; id++) into.push(Math.max(0, free[id]! - now));
  };
}
