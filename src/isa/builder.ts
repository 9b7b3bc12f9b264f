import type { CsrName } from '../../isa/csrs.ts';
import type { Mnemonic } from '../../isa/instructions.ts';
import { limits } from '../../isa/limits.ts';
import { nearestName } from '../config/nearest-name.ts';
import { encode } from './codec.ts';
import { csrOperand } from './csr-operand.ts';
import { checkWhole, FieldError } from './field-error.ts';
import { absentOperand, type Instruction, type Operand } from './instruction.ts';
import { instructionProblem } from './instruction-rules.ts';
import { createLayout } from './layout.ts';
import { integer, packedBits } from './operands.ts';
import {
  type GroupFields,
  modulusUnit,
  packGroup,
  packLevels,
  packWindow,
  unusedLevel,
  type WindowFields,
} from './pack-fields.ts';
import type { DataSegment, LineEntry, Program, ProgramSymbol, Region, RegionKind, RegionScope } from './program.ts';
import { csrSpec, flagBit, flagNames, functionNames, rowOf } from './table.ts';
import { wordsPerInstruction } from './word-format.ts';

/** Fields of one word; what is left out is zero, or the default the table gives. */
export interface WordParts {
  /** Function by name. */
  readonly fn?: string;
  /** The number in `sub`, for rows without functions. */
  readonly sub?: number;
  readonly flags?: readonly string[];
  readonly unit?: number;
  readonly length?: number;
  readonly d?: Operand;
  readonly a?: Operand;
  readonly b?: Operand;
}

export interface GroupDefinition extends Omit<GroupFields, 'replicas'> {
  readonly id: number;
  readonly rows: number;
  readonly replicas?: number;
  /** Position inside the tile; needs a second word when not 0. */
  readonly rowOffset?: number;
  readonly columnOffset?: number;
}

/** Some output rows of a window: an extension word. */
export interface WindowPart {
  /** Address generator whose value is the number of the first output row. */
  readonly agu: number;
  /** Output rows; fewer where the map ends before. */
  readonly rows: number;
  /** Bytes of one row of the map. */
  readonly rowBytes: number;
}

export interface AguDefinition {
  readonly space: 'spm' | 'dram';
  /** Byte address. */
  readonly base: number;
  readonly strides?: readonly { readonly level: number; readonly bytes: number }[];
  /** Bytes; 0 or absent = none. */
  readonly modulus?: number;
  /** Bytes added to the sum of strides before the modulus is taken; scratchpad only. */
  readonly phase?: number;
}

/** Makes a Program word by word. Every method throws FieldError (a RangeError) for what the encoding cannot hold. */
export interface ProgramBuilder {
  /** Index of the next word. */
  readonly position: number;
  /** Source line of the words that follow, and the column where it is known. */
  at(line: number, column?: number): void;
  spm(name: string, bytes: number, at?: number): number;
  dram(name: string, bytes: number, data?: Uint8Array, at?: number): number;
  /** Bytes placed in DRAM before the program starts. */
  data(address: number, bytes: Uint8Array): void;
  symbol(name: string): ProgramSymbol | undefined;
  symbolNames(): readonly string[];
  region(kind: RegionKind, name: string, id?: number): number;
  group(definition: GroupDefinition): void;
  agu(id: number, definition: AguDefinition): void;
  window(id: number, definition: WindowFields & { readonly agu: number; readonly part?: WindowPart }): void;
  /** Writes a configuration register; `value` a number, the name of a choice, or a register operand. */
  csr(group: number | 'all' | 'global', name: CsrName, value: number | string | Operand): void;
  emit(mnemonic: Mnemonic, parts?: WordParts): void;
  /** Four u32 as they are. */
  raw(words: readonly number[]): void;
  openLoop(level: number, trips: number | Operand, start?: number | Operand): void;
  /** @throws FieldError when no loop is open or its body is empty. */
  closeLoop(): void;
  loop(level: number, trips: number | Operand, body: () => void): void;
  /** The words of `body` belong to a region; where it makes none, a pair of MARKs stands for them. */
  scope(region: number, body: () => void): void;
  openScope(region: number): void;
  /** @throws FieldError when no scope is open or it has no words. */
  closeScope(): void;
  /** Aims the BR at `word` to `target`. */
  patchBranch(word: number, target: number): void;
  build(manifest?: unknown): Program;
}

const asOperand = (value: number | Operand): Operand => (typeof value === 'number' ? integer(value) : value);

export function createProgramBuilder(sourceName: string): ProgramBuilder {
  const instructions: (Instruction | readonly number[])[] = [];
  const lines: LineEntry[] = [];
  const layout = createLayout();
  const regions: Region[] = [];
  const data: DataSegment[] = [];
  const scopes: RegionScope[] = [];
  /** Words of LOOPs and places in `scopes`, the innermost last. */
  const open: { readonly what: 'LOOP' | 'scope'; readonly at: number }[] = [];
  let place: Omit<LineEntry, 'word'> = { line: 0 };

  const push = (entry: Instruction | readonly number[]): void => {
    if (place.line > 0) lines.push({ word: instructions.length, ...place });
    instructions.push(entry);
  };
  const emit = (mnemonic: Mnemonic, parts: WordParts = {}): void => push(checked(instructionOf(mnemonic, parts)));

  const builder: ProgramBuilder = {
    get position() {
      return instructions.length;
    },
    at: (line, column) => {
      place = column === undefined ? { line } : { line, column };
    },
    spm: (name, bytes, at) => layout.place('spm', name, bytes, at),
    dram: (name, bytes, content, at) => {
      const address = layout.place('dram', name, bytes, at);
      if (content !== undefined) builder.data(address, content);
      return address;
    },
    data: (address, bytes) => void data.push({ address, bytes }),
    symbol: layout.find,
    symbolNames: () => layout.symbols.map(({ name }) => name),
    region: (kind, name, id) => defineRegion(regions, kind, name, id),
    group: (definition) => emitGroup(emit, definition),
    agu: (id, definition) => emitAgu(emit, id, definition),
    window: (id, { agu, part, ...fields }) => {
      const { d, a, b } = packWindow(fields);
      emit('WIN', { unit: id, sub: agu, d: packedBits(d), a: packedBits(a), b: packedBits(b) });
      if (part === undefined) return;
      emit('WIN', { flags: ['X'], unit: id, sub: part.agu, d: packedBits(part.rows), a: packedBits(part.rowBytes) });
    },
    csr: (group, name, value) => emit('SETC', { sub: csrSpec(name).id, unit: csrUnit(group, name), a: csrValue(name, value) }),
    emit,
    raw: (words) => {
      for (const word of words) checkWhole('word', word, 0, 2 ** 32 - 1);
      push(words);
    },
    openLoop: (level, trips, start) => {
      const at = instructions.length;
      // The body length is filled in by closeLoop.
      emit('LOOP', { unit: level, a: asOperand(trips), length: 1, ...(start === undefined ? {} : { d: asOperand(start) }) });
      open.push({ what: 'LOOP', at });
    },
    closeLoop: () => {
      if (open.at(-1)?.what !== 'LOOP') throw new FieldError({ found: 'an end without a loop', expected: 'LOOP before it' });
      const { at } = open.pop()!;
      const loop = instructions[at] as Instruction;
      instructions[at] = checked({ ...loop, length: instructions.length - at - 1 });
    },
    loop: (level, trips, body) => {
      builder.openLoop(level, trips);
      body();
      builder.closeLoop();
    },
    scope: (region, body) => {
      const start = instructions.length;
      builder.openScope(region);
      body();
      if (instructions.length > start) {
        builder.closeScope();
        return;
      }
      open.pop();
      scopes.pop();
      for (const fn of ['begin', 'end']) emit('MARK', { fn, a: integer(region) });
    },
    openScope: (region) => {
      open.push({ what: 'scope', at: scopes.length });
      scopes.push({ region, start: instructions.length, end: 0 });
    },
    closeScope: () => {
      if (open.at(-1)?.what !== 'scope') throw new FieldError({ found: 'an end without a scope', expected: 'a scope before it' });
      const { at } = open.pop()!;
      const scope = scopes[at]!;
      if (scope.start === instructions.length)
        throw new FieldError({ found: `a scope of region ${scope.region} without words`, expected: 'at least one word in it' });
      scopes[at] = { ...scope, end: instructions.length };
    },
    patchBranch: (word, target) => {
      instructions[word] = { ...(instructions[word] as Instruction), d: integer(target - word) };
    },
    build: (manifest) => {
      const [first] = open;
      if (first !== undefined)
        throw new FieldError({
          found: first.what === 'LOOP' ? `the LOOP at word ${first.at} without its end` : 'a scope without its end',
          expected: 'every loop and scope closed',
        });
      const words = new Uint32Array(instructions.length * wordsPerInstruction);
      for (const [index, entry] of instructions.entries())
        if ('mnemonic' in entry) encode(entry, words, index * wordsPerInstruction);
        else words.set(entry, index * wordsPerInstruction);
      const program = {
        ...{ words, symbols: layout.symbols, regions: [...regions], data: [...data], sourceName, lines: [...lines] },
        ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
      };
      return manifest === undefined ? program : { ...program, manifest };
    },
  };
  return builder;
}

function checked(instruction: Instruction): Instruction {
  const problem = instructionProblem(instruction);
  if (problem !== undefined) throw new FieldError(problem);
  return instruction;
}

function instructionOf(mnemonic: Mnemonic, parts: WordParts): Instruction {
  const row = rowOf(mnemonic);
  const { d = absentOperand, a = absentOperand, b = absentOperand } = parts;
  const flags = (parts.flags ?? []).reduce(
    (mask, name) => mask | (flagBit(mnemonic, name) ?? unknownName(mnemonic, 'flag', name, flagNames(mnemonic))),
    0,
  );
  const unit = checkWhole('unit', parts.unit ?? (row.unit === 'mask' ? limits.everyGroup : 0), 0, 0xfff);
  const length = checkWhole('len', parts.length ?? row.length?.default ?? 0, 0, limits.maxLength);
  return { mnemonic, fn: subOf(mnemonic, parts), flags, unit, length, d, a, b };
}

function subOf(mnemonic: Mnemonic, { fn, sub }: WordParts): number {
  const { functions } = rowOf(mnemonic);
  const names = functionNames(mnemonic);
  if (functions === undefined && fn === undefined) return checkWhole('sub', sub ?? 0, 0, 63);
  if (fn === undefined) throw new FieldError({ found: `${mnemonic} without a function`, expected: `one of ${names.join(', ')}` });
  return functions !== undefined && Object.hasOwn(functions, fn) ? functions[fn]! : unknownName(mnemonic, 'function', fn, names);
}

function unknownName(mnemonic: Mnemonic, what: string, name: string, known: readonly string[]): never {
  const nearest = nearestName(name, known);
  const expected = known.length === 0 ? `no ${what}` : `one of ${known.join(', ')}`;
  throw new FieldError({ found: `${what} ${name} of ${mnemonic}`, expected, ...(nearest === undefined ? {} : { nearest }) });
}

function defineRegion(regions: Region[], kind: RegionKind, name: string, id?: number): number {
  const same = regions.find((region) => region.kind === kind && region.name === name && (id === undefined || region.id === id));
  if (same !== undefined) return same.id;
  const next = checkWhole('region', id ?? regions.reduce((most, region) => Math.max(most, region.id + 1), 0), 0, 2 ** 23 - 1);
  if (regions.some((region) => region.id === next))
    throw new FieldError({ found: `region ${next} a second time`, expected: 'each region defined once' });
  regions.push({ id: next, kind, name });
  return next;
}

type Emit = ProgramBuilder['emit'];

function emitGroup(emit: Emit, { id, rows, replicas = 1, rowOffset = 0, columnOffset = 0, ...fields }: GroupDefinition): void {
  const { d, a, b } = packGroup({ ...fields, replicas });
  emit('GRP', { unit: id, d: packedBits(d), a: packedBits(a), b: packedBits(b), length: rows });
  if (rowOffset !== 0 || columnOffset !== 0)
    emit('GRP', { flags: ['X'], unit: id, d: packedBits(rowOffset), a: packedBits(columnOffset) });
}

/** Strides as the two pairs one word holds. */
const stridePair = (strides: NonNullable<AguDefinition['strides']>): Pick<WordParts, 'sub' | 'a' | 'b'> => ({
  sub: packLevels([strides[0]?.level ?? unusedLevel, strides[1]?.level ?? unusedLevel]),
  a: integer(strides[0]?.bytes ?? 0),
  b: integer(strides[1]?.bytes ?? 0),
});

function emitAgu(emit: Emit, id: number, { space, base, strides = [], modulus = 0, phase = 0 }: AguDefinition): void {
  if (strides.length > limits.aguStrides)
    throw new FieldError({ found: `${strides.length} strides`, expected: `at most ${limits.aguStrides}` });
  const unitBytes = space === 'dram' ? limits.dramUnitBytes : 1;
  checkWhole('base', base, 0, unitBytes * 2 ** 24 - 1);
  const offset = base % unitBytes;
  const high = Math.floor(modulus / modulusUnit);
  const isRing = phase > 0 || high > 0;
  if (isRing && (space === 'dram' || modulus === 0))
    throw new FieldError({
      found: `phase ${phase} with modulus ${modulus} in ${space}`,
      expected: 'a modulus in the scratchpad',
    });
  const flags = [...(modulus > 0 ? ['M'] : []), ...(space === 'dram' ? ['DRAM'] : [])];
  const length = modulus - high * modulusUnit;
  emit('AGU', { flags, unit: id, d: packedBits((base - offset) / unitBytes), length, ...stridePair(strides) });
  const rest = stridePair(strides.slice(2));
  if (isRing) emit('AGU', { flags: ['X', 'M'], unit: id, d: packedBits(phase), length: high, ...rest });
  else if (offset !== 0 || strides.length > 2) emit('AGU', { flags: ['X'], unit: id, d: packedBits(offset), ...rest });
}

function csrUnit(group: number | 'all' | 'global', name: CsrName): number {
  const { scope } = csrSpec(name);
  if ((group === 'global') !== (scope === 'global'))
    throw new FieldError({
      found: `${name} for ${typeof group === 'number' ? `W${group}` : group}`,
      expected: scope === 'global' ? 'global' : 'a group or all',
    });
  return group === 'global' ? 0 : group === 'all' ? limits.everyGroup : group;
}

const csrValue = (name: CsrName, value: number | string | Operand): Operand =>
  typeof value === 'object' ? value : csrOperand(name, value);
