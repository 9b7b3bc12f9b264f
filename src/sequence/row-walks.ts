import type { Instruction } from '../isa/codec.ts';
import type { IssuedOperation } from './issued-operation.ts';
import type { Loop } from './loop-stack.ts';
import type { SequencerState } from './sequencer-state.ts';
import { transferExtents } from './training-extents.ts';

/** A register that only says which row a transfer takes next. */
export interface RowWalk {
  readonly register: number;
  /** Rows until it begins again. */
  readonly rows: number;
}

const named = ({ kind, value }: Instruction['d']): number => (kind === 'reg' ? value : -1);

/** Registers that, in the body of a loop, one XFR walks through the rows of a group and nothing else uses. */
export function rowWalks(instructions: readonly Instruction[], { groups }: SequencerState, { start, end }: Loop): RowWalk[] {
  const uses = new Map<number, number>();
  const walks: RowWalk[] = [];
  for (let word = start; word < end; word++) {
    const { mnemonic, unit, d, a, b } = instructions[word]!;
    for (const operand of [d, a, b]) uses.set(named(operand), (uses.get(named(operand)) ?? 0) + 1);
    const rows = groups.get(unit)?.rows ?? 0;
    if (mnemonic === 'XFR' && d.kind === 'reg' && rows > 0) walks.push({ register: d.value, rows });
  }
  return walks.filter(({ register }) => uses.get(register) === 1);
}

/** A transfer in flight as it would be `rows` rows later: the bytes of its buffer are those of other rows. */
export function movedRows(operation: IssuedOperation, { rows: around }: RowWalk, rows: number): IssuedOperation {
  const first = operation.d.kind === 'value' ? operation.d.value : 0;
  const moved = { ...operation, d: { kind: 'value', value: (first + rows) % around } } as const;
  return { ...moved, ...transferExtents(moved) };
}
