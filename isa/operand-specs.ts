import type { OperandSpec } from './spec.ts';

/** Operands as the rows of the instruction table use them. */

export const spmIn = (doc: string): OperandSpec => ({ kinds: ['spm', 'agu'], access: 'read', space: 'spm', doc });
export const spmOut = (doc: string): OperandSpec => ({ kinds: ['spm', 'agu'], access: 'write', space: 'spm', doc });
export const dramAt = (access: 'read' | 'write', doc: string): OperandSpec => ({ kinds: ['agu'], access, space: 'dram', doc });
export const floating = (doc: string): OperandSpec => ({ kinds: ['imm', 'reg'], access: 'none', immediate: 'float', doc });
export const integer = (doc: string): OperandSpec => ({ kinds: ['imm', 'reg'], access: 'none', immediate: 'integer', doc });
export const packed = (doc: string): OperandSpec => ({ kinds: ['imm'], access: 'none', immediate: 'packed', doc });
export const register = (doc: string): OperandSpec => ({ kinds: ['reg'], access: 'none', doc });
export const spmOrValue = (doc: string): OperandSpec => ({
  kinds: ['spm', 'agu', 'imm', 'reg'],
  access: 'read',
  space: 'spm',
  immediate: 'float',
  doc,
});
export const optional = (spec: OperandSpec): OperandSpec => ({ ...spec, optional: true });
export const windowed = (spec: OperandSpec): OperandSpec => ({ ...spec, kinds: [...spec.kinds, 'reg'], window: true });
