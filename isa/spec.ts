/** What an instruction table may say. Types only; imports nothing. */

/** How an operand field names its value (field `kind`, two bits). */
export type OperandKind = 'spm' | 'agu' | 'imm' | 'reg';

/** What the instruction does with the bytes an address operand names. */
export type Access = 'read' | 'write' | 'update' | 'none';

/** One of the three operand fields D, A, B of a row. */
export interface OperandSpec {
  /** Kinds the loader accepts; `reg` includes specials and WIN descriptors where `window` says so. */
  readonly kinds: readonly OperandKind[];
  readonly access: Access;
  /** Address space an SPM or AGU operand must lie in. */
  readonly space?: 'spm' | 'dram' | 'any';
  /** How an immediate is read: top 24 bits of an f32, a signed 24-bit integer, or a packed bit field. */
  readonly immediate?: 'float' | 'integer' | 'packed';
  /** The operand may be a WIN descriptor (register kind, ids 64-71). */
  readonly window?: boolean;
  /** The operand may be left out; it then encodes as immediate 0. */
  readonly optional?: boolean;
  readonly doc: string;
}

/** What the 12-bit `unit` field selects. */
export type UnitField = 'none' | 'group' | 'vector-unit' | 'dma' | 'controller' | 'agu' | 'window' | 'level' | 'mask';

/** Which queue the instruction is issued to. */
export type UnitClass = 'control' | 'dma' | 'vector' | 'tile' | 'noc' | 'simulation';

/** One row of the table: the only place where an instruction is described. */
export interface InstructionSpec {
  readonly opcode: number;
  readonly class: UnitClass;
  /** Functors of the `sub` field by name; absent when `sub` is unused or a plain number (`subNumber`). */
  readonly functions?: Readonly<Record<string, number>>;
  /** Meaning of `sub` as a number (a CSR id, a shift, a row count …) with its inclusive maximum. */
  readonly subNumber?: { readonly max: number; readonly name: string; readonly doc: string };
  /** Flag bits 0-5 by name. */
  readonly flags?: Readonly<Record<string, { readonly bit: number; readonly doc: string }>>;
  readonly d?: OperandSpec;
  readonly a?: OperandSpec;
  readonly b?: OperandSpec;
  /** Meaning of `len`; `default` is what assembly writes when it is left out. */
  readonly length?: { readonly doc: string; readonly min?: number; readonly default?: number };
  readonly unit: UnitField;
  /** `reserved` rows encode and print, and the loader refuses to run them. */
  readonly status: 'implemented' | 'reserved';
  readonly doc: string;
  readonly timing: string;
}

export type InstructionTable = Readonly<Record<string, InstructionSpec>>;

/** A configuration register: sticky state written by SETC. */
export interface CsrSpec {
  readonly id: number;
  readonly scope: 'group' | 'global';
  readonly type: 'integer' | 'float' | 'choice';
  /** Names of a choice, in code order. */
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly doc: string;
}

export type CsrTable = Readonly<Record<string, CsrSpec>>;
