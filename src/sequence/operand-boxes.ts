import type { Mnemonic } from '../../isa/instructions.ts';
import type { Format } from '../../isa/limits.ts';
import type { GroupShape, Interval, ResolvedOperand, Window } from './issued-operation.ts';

/** An operation before its byte ranges are known. */
export interface Located {
  readonly mnemonic: Mnemonic;
  readonly fn: number;
  readonly flags: number;
  readonly length: number;
  readonly d: ResolvedOperand;
  readonly a: ResolvedOperand;
  readonly b: ResolvedOperand;
  readonly group: GroupShape | undefined;
  readonly format: Format;
  readonly rows: number;
  readonly columns?: number;
}

export interface Extents {
  readonly reads: readonly Interval[];
  readonly writes: readonly Interval[];
}

export const none: Extents = { reads: [], writes: [] };

/** The `bytes` long box at an address operand; nothing for values, registers and absent operands. */
export function box(operand: ResolvedOperand, bytes: number): Interval[] {
  if (operand.kind === 'spm' || operand.kind === 'dram')
    return [{ space: operand.kind, from: operand.address, to: operand.address + bytes }];
  return [];
}

/** The map under a window, or `bytes` at a plain address. */
export function input(operand: ResolvedOperand, elementBytes: number, bytes: number): Interval[] {
  return operand.kind === 'window' ? map(operand.window, elementBytes) : box(operand, bytes);
}

/** The whole map under a window. */
export function map(window: Window, elementBytes: number): Interval[] {
  const bytes = window.height * window.width * window.channels * elementBytes;
  return [{ space: 'spm', from: window.address, to: window.address + bytes }];
}

/** Elements of one im2col row. */
export const windowElements = ({ window }: { window: Window }): number =>
  window.kernelHeight * window.kernelWidth * window.channels;

/** The group of an operation that has one; RangeError otherwise. */
export function groupOf(op: Located): GroupShape {
  if (op.group === undefined) throw new RangeError(`${op.mnemonic} has no group; want one defined by GRP`);
  return op.group;
}
