import { crc32 } from 'node:zlib';
import { canonicalJson } from '../config/canonical-json.ts';
import { inputError } from '../config/issue.ts';
import {
  packColumns,
  packData,
  packLines,
  packScopes,
  packWords,
  unpackData,
  unpackJson,
  unpackLines,
  unpackRegions,
  unpackScopes,
  unpackSymbols,
  unpackWords,
  withColumns,
} from './container-sections.ts';
import type { Program } from './program.ts';

/** First bytes of an `.obin` file. */
export const magic = 'OHM0';
export const containerVersion = 1;

/**
 * Fixed part: magic, u16 version, u16 bytes of header and section table, u32 bytes of the file, u32 CRC-32 of the file with this
 * field zero. Then per section: four letters, u32 offset, u32 bytes. Everything little-endian.
 */
const fixedBytes = 16;
const entryBytes = 12;
const checksumAt = 12;
const ascii = new TextEncoder();

/** Sections in file order. */
export const sectionNames = ['NAME', 'CODE', 'SYMB', 'REGN', 'SCOP', 'LINE', 'COLS', 'DATA', 'MANI'] as const;
type SectionName = (typeof sectionNames)[number];

/** A program as the bytes of an `.obin` file; equal programs give equal bytes. */
export function writeProgram(program: Program): Uint8Array {
  const json = (value: unknown): Uint8Array => ascii.encode(canonicalJson(value));
  const bodies: Record<SectionName, Uint8Array | undefined> = {
    NAME: ascii.encode(program.sourceName),
    CODE: packWords(program.words),
    SYMB: json(program.symbols),
    REGN: json(program.regions),
    SCOP: program.scopes === undefined ? undefined : packScopes(program.scopes),
    LINE: packLines(program.lines),
    COLS: packColumns(program.lines),
    DATA: packData(program.data),
    MANI: program.manifest === undefined ? undefined : json(program.manifest),
  };
  const sections = sectionNames.flatMap((name) => (bodies[name] === undefined ? [] : [{ name, body: bodies[name] }]));
  const headerBytes = fixedBytes + sections.length * entryBytes;
  const file = new Uint8Array(sections.reduce((total, { body }) => total + body.length, headerBytes));
  const view = new DataView(file.buffer);
  file.set(ascii.encode(magic), 0);
  view.setUint16(4, containerVersion, true);
  view.setUint16(6, headerBytes, true);
  view.setUint32(8, file.length, true);
  let offset = headerBytes;
  for (const [index, { name, body }] of sections.entries()) {
    const entry = fixedBytes + index * entryBytes;
    file.set(ascii.encode(name), entry);
    view.setUint32(entry + 4, offset, true);
    view.setUint32(entry + 8, body.length, true);
    file.set(body, offset);
    offset += body.length;
  }
  view.setUint32(checksumAt, crc32(file), true);
  return file;
}

/**
 * Reads an `.obin` file. @throws InputError, one issue: not a program, a newer version, truncated, damaged, or a section that
 * does not hold what it should.
 */
export function readProgram(bytes: Uint8Array, fileName: string): Program {
  checkFile(bytes, fileName);
  const sections = readSections(bytes, fileName);
  const need = (name: SectionName): Uint8Array =>
    sections.get(name) ?? fail(fileName, `no section ${name}`, `the sections ${sectionNames.join(', ')}`);
  const sourceName = new TextDecoder().decode(need('NAME'));
  const words = unpackWords(need('CODE'), fileName);
  const scopes = sections.get('SCOP');
  const program: Program = {
    words,
    symbols: unpackSymbols(need('SYMB'), fileName),
    regions: unpackRegions(need('REGN'), fileName),
    ...(scopes === undefined ? {} : { scopes: unpackScopes(scopes, fileName) }),
    data: unpackData(need('DATA'), fileName),
    sourceName,
    lines: withColumns(unpackLines(need('LINE'), fileName), sections.get('COLS'), fileName),
  };
  const manifest = sections.get('MANI');
  return manifest === undefined ? program : { ...program, manifest: unpackJson(manifest, fileName, 'manifest') };
}

const fail = (file: string, found: string, expected: string): never => {
  throw inputError(file, found, expected);
};

function checkFile(bytes: Uint8Array, file: string): void {
  if (bytes.length === 0) fail(file, 'an empty file', 'an ohmic program (.obin)');
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, magic.length));
  if (start !== magic)
    fail(file, `a file that begins with ${JSON.stringify(start)}`, `an ohmic program, which begins with "${magic}"`);
  if (bytes.length < fixedBytes) fail(file, `a file of ${bytes.length} bytes`, `at least ${fixedBytes} bytes: it is truncated`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint16(4, true);
  if (version !== containerVersion)
    fail(file, `program format version ${version}`, `version ${containerVersion}: update ohmic or assemble the program again`);
  const length = view.getUint32(8, true);
  if (length > bytes.length) fail(file, `${bytes.length} of ${length} bytes`, 'the whole file: it is truncated');
  if (length < bytes.length) fail(file, `${bytes.length} bytes where the header says ${length}`, 'nothing after the program');
  const blank = Uint8Array.from(bytes);
  blank.fill(0, checksumAt, checksumAt + 4);
  if (crc32(blank) !== view.getUint32(checksumAt, true)) fail(file, 'a wrong checksum', 'an undamaged file');
}

function readSections(bytes: Uint8Array, file: string): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerBytes = view.getUint16(6, true);
  const count = (headerBytes - fixedBytes) / entryBytes;
  if (!Number.isInteger(count) || count < 0 || headerBytes > bytes.length)
    fail(file, `a header of ${headerBytes} bytes`, `${fixedBytes} bytes and ${entryBytes} a section`);
  const sections = new Map<string, Uint8Array>();
  for (let index = 0; index < count; index++) {
    const entry = fixedBytes + index * entryBytes;
    const name = new TextDecoder('latin1').decode(bytes.subarray(entry, entry + 4));
    const offset = view.getUint32(entry + 4, true);
    const size = view.getUint32(entry + 8, true);
    if (offset < headerBytes || offset + size > bytes.length)
      fail(
        file,
        `section ${JSON.stringify(name)} at bytes ${offset} to ${offset + size}`,
        `a section inside the ${bytes.length} bytes of the file`,
      );
    sections.set(name, bytes.subarray(offset, offset + size));
  }
  return sections;
}
