import { type Format, formatBytes } from '../../isa/limits.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { IssuedOperation, ResolvedOperand } from '../sequence/issued-operation.ts';
import { trap } from './trap.ts';

/** The scratchpad: `bytes` bytes of kernel memory from `base`, zeroed at the start. */
export interface Scratchpad {
  readonly base: number;
  readonly bytes: number;
}

export function createScratchpad(kernels: Kernels, bytes: number): Scratchpad {
  return { base: kernels.allocate(bytes), bytes };
}

/** Kernel pointer of `count` elements at a scratchpad address; traps outside the scratchpad or off the element's alignment. */
export function spmPointer(pad: Scratchpad, op: IssuedOperation, address: number, count: number, format: Format): number {
  const size = formatBytes[format];
  if (address % size !== 0) throw trap(op, `address ${address} is not a multiple of ${size}, the size of ${format}`);
  if (address < 0 || address + count * size > pad.bytes) {
    throw trap(op, `touches scratchpad bytes ${address} to ${address + count * size}; the scratchpad has ${pad.bytes}`);
  }
  return pad.base + address;
}

/** Scratchpad address of an operand that must be one. */
export function spmAddress(op: IssuedOperation, name: 'd' | 'a' | 'b'): number {
  const operand = op[name];
  if (operand.kind === 'spm') return operand.address;
  throw trap(op, `operand ${name.toUpperCase()} is ${describe(operand)}; want a scratchpad address`);
}

/** Number of an immediate or register operand; `otherwise` when it was left out. */
export function numberOf(op: IssuedOperation, name: 'd' | 'a' | 'b', otherwise: number): number {
  const operand = op[name];
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'none') return otherwise;
  throw trap(op, `operand ${name.toUpperCase()} is ${describe(operand)}; want a number`);
}

export function describe(operand: ResolvedOperand): string {
  if (operand.kind === 'none') return 'missing';
  if (operand.kind === 'window') return 'a window';
  return operand.kind === 'value' ? `the number ${operand.value}` : `a ${operand.kind} operand`;
}
