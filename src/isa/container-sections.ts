import { deflateSync, inflateSync } from 'node:zlib';
import { z } from 'zod';
import { limits } from '../../isa/limits.ts';
import { inputError } from '../config/issue.ts';
import type { DataSegment, LineEntry, ProgramSymbol, Region, RegionScope } from './program.ts';

const dramBytes = limits.dramUnitBytes * 2 ** 24;

const fail = (file: string, found: string, expected: string): never => {
  throw inputError(file, found, expected);
};

export function packWords(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
  return bytes;
}

export function unpackWords(bytes: Uint8Array, file: string): Uint32Array {
  if (bytes.length % limits.wordBytes !== 0)
    fail(file, `a code section of ${bytes.length} bytes`, `whole words of ${limits.wordBytes} bytes`);
  return unpackNumbers(bytes);
}

const unpackNumbers = (bytes: Uint8Array): Uint32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
};

export const packLines = (lines: readonly LineEntry[]): Uint8Array =>
  packWords(Uint32Array.from(lines.flatMap(({ word, line }) => [word, line])));

export function unpackLines(bytes: Uint8Array, file: string): readonly LineEntry[] {
  if (bytes.length % 8 !== 0) fail(file, `a line map of ${bytes.length} bytes`, 'pairs of 32-bit numbers');
  const numbers = unpackNumbers(bytes);
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({ word: numbers[2 * index]!, line: numbers[2 * index + 1]! }));
}

/** The columns of the line map in its order, where they are all known. */
export const packColumns = (lines: readonly LineEntry[]): Uint8Array | undefined => {
  const columns = lines.flatMap(({ column }) => column ?? []);
  return columns.length === 0 || columns.length < lines.length ? undefined : packWords(Uint32Array.from(columns));
};

export function withColumns(lines: readonly LineEntry[], bytes: Uint8Array | undefined, file: string): readonly LineEntry[] {
  if (bytes === undefined) return lines;
  if (bytes.length !== 4 * lines.length)
    fail(file, `a column map of ${bytes.length} bytes`, `${4 * lines.length}: a 32-bit number for each entry of the line map`);
  const columns = unpackNumbers(bytes);
  return lines.map((entry, at) => ({ ...entry, column: columns[at]! }));
}

/** Region, first word and the word behind the last of each scope. */
export const packScopes = (scopes: readonly RegionScope[]): Uint8Array =>
  packWords(Uint32Array.from(scopes.flatMap(({ region, start, end }) => [region, start, end])));

export function unpackScopes(bytes: Uint8Array, file: string): readonly RegionScope[] {
  if (bytes.length % 12 !== 0) fail(file, `a scope table of ${bytes.length} bytes`, 'triples of 32-bit numbers');
  const numbers = unpackNumbers(bytes);
  return Array.from({ length: numbers.length / 3 }, (_, index) => ({
    ...{ region: numbers[3 * index]!, start: numbers[3 * index + 1]!, end: numbers[3 * index + 2]! },
  }));
}

/** Count, then address and size of each segment, then all bytes; deflated, with the raw size in front. */
export function packData(segments: readonly DataSegment[]): Uint8Array {
  const head = packWords(
    Uint32Array.from([segments.length, ...segments.flatMap(({ address, bytes }) => [address, bytes.length])]),
  );
  const raw = new Uint8Array(segments.reduce((total, { bytes }) => total + bytes.length, head.length));
  raw.set(head);
  let offset = head.length;
  for (const { bytes } of segments) {
    raw.set(bytes, offset);
    offset += bytes.length;
  }
  const packed = deflateSync(raw, { level: 6 });
  const section = new Uint8Array(packed.length + 4);
  new DataView(section.buffer).setUint32(0, raw.length, true);
  section.set(packed, 4);
  return section;
}

export function unpackData(section: Uint8Array, file: string): readonly DataSegment[] {
  const raw = inflate(section, file);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const count = raw.length < 4 ? Number.POSITIVE_INFINITY : view.getUint32(0, true);
  let offset = 4 + 8 * count;
  if (offset > raw.length) fail(file, `a data section of ${raw.length} bytes`, 'its table of segments');
  return Array.from({ length: count }, (_, index) => {
    const address = view.getUint32(4 + 8 * index, true);
    const size = view.getUint32(8 + 8 * index, true);
    if (offset + size > raw.length)
      fail(file, `data segment ${index} of ${size} bytes`, `at most the ${raw.length - offset} bytes that are left`);
    if (address + size > dramBytes)
      fail(file, `data segment ${index} at bytes ${address} to ${address + size}`, `an end within ${dramBytes} bytes of DRAM`);
    const bytes = Uint8Array.from(raw.subarray(offset, offset + size));
    offset += size;
    return { address, bytes };
  });
}

function inflate(section: Uint8Array, file: string): Uint8Array {
  const size = section.length < 4 ? 0 : new DataView(section.buffer, section.byteOffset, 4).getUint32(0, true);
  if (size === 0 || size > dramBytes + 2 ** 24)
    fail(file, `a data section that says it holds ${size} bytes`, `1 to ${dramBytes + 2 ** 24} bytes`);
  try {
    const raw = inflateSync(section.subarray(4), { maxOutputLength: size });
    if (raw.length === size) return raw;
  } catch {
    // Damaged streams and wrong sizes end alike, below.
  }
  return fail(file, 'a damaged data section', `deflated data of ${size} bytes`);
}

export function unpackJson(bytes: Uint8Array, file: string, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail(file, `a damaged ${what}`, 'JSON text');
  }
}

const whole = z.int().min(0);
const symbolsSchema = z.array(
  z.strictObject({ name: z.string().min(1), space: z.enum(['spm', 'dram']), address: whole, bytes: whole }),
);
const regionsSchema = z.array(z.strictObject({ id: whole, kind: z.enum(['phase', 'layer', 'evaluation']), name: z.string() }));

function checked<T>(schema: z.ZodType<T>, bytes: Uint8Array, file: string, what: string): T {
  const result = schema.safeParse(unpackJson(bytes, file, what));
  return result.success
    ? result.data
    : fail(file, `a damaged ${what}`, `entries of that kind (${result.error.issues[0]?.message})`);
}

export const unpackSymbols = (bytes: Uint8Array, file: string): readonly ProgramSymbol[] =>
  checked(symbolsSchema, bytes, file, 'symbol table');

export function unpackRegions(bytes: Uint8Array, file: string): readonly Region[] {
  const regions = checked(regionsSchema, bytes, file, 'region table');
  if (new Set(regions.map(({ id }) => id)).size < regions.length) fail(file, 'a region id twice', 'each region once');
  return regions;
}
