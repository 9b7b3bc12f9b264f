import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/config/issue.ts';
import { readProgram, writeProgram } from '../../src/isa/container.ts';
import type { Program } from '../../src/isa/program.ts';

const u32 = fc.nat(2 ** 32 - 1);
const program: fc.Arbitrary<Program> = fc
  .record({
    words: fc.array(fc.tuple(u32, u32, u32, u32), { maxLength: 8 }).map((list) => Uint32Array.from(list.flat())),
    symbols: fc.array(
      fc.record({
        name: fc.string({ minLength: 1 }),
        space: fc.constantFrom('spm' as const, 'dram' as const),
        address: fc.nat(),
        bytes: fc.nat(),
      }),
    ),
    regions: fc.uniqueArray(
      fc.record({ id: fc.nat(), kind: fc.constantFrom('layer' as const, 'phase' as const), name: fc.string() }),
      { selector: ({ id }) => id },
    ),
    scopes: fc.option(fc.array(fc.record({ region: fc.nat(), start: fc.nat(), end: fc.nat() })), { nil: undefined }),
    data: fc.array(fc.record({ address: fc.nat(2 ** 29), bytes: fc.uint8Array({ maxLength: 50 }) })),
    sourceName: fc.string(),
    lines: fc.array(fc.record({ word: fc.nat(), line: fc.nat() })),
    manifest: fc.option(
      fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      { nil: undefined },
    ),
  })
  .map(({ manifest, scopes, ...rest }) => ({
    ...rest,
    ...(manifest === undefined ? {} : { manifest }),
    ...(scopes === undefined ? {} : { scopes }),
  }));

const example: Program = {
  words: Uint32Array.of(1, 0, 0, 0),
  symbols: [{ name: 'x', space: 'spm', address: 0, bytes: 4 }],
  regions: [{ id: 0, kind: 'phase', name: 'load' }],
  data: [{ address: 64, bytes: Uint8Array.of(1, 2, 3) }],
  sourceName: 'a.oasm',
  lines: [{ word: 0, line: 1 }],
  manifest: { seed: 1 },
};

const complaint = (bytes: Uint8Array): string => {
  try {
    readProgram(bytes, 'p.obin');
  } catch (error) {
    if (error instanceof InputError && error.issues.length === 1) return error.message;
    throw error;
  }
  return '';
};

/** A changed file with its checksum made right again. */
function tampered(change: (view: DataView) => void): Uint8Array {
  const bytes = writeProgram(example);
  const view = new DataView(bytes.buffer);
  change(view);
  view.setUint32(12, 0, true);
  view.setUint32(12, crc32(bytes), true);
  return bytes;
}

describe('the program container', () => {
  test('reading gives back what was written, whatever it was', () => {
    fc.assert(
      fc.property(program, (written) => {
        expect(readProgram(writeProgram(written), 'p.obin')).toEqual(written);
      }),
      { seed: 1 },
    );
  });

  test('the same program gives the same bytes', () =>
    expect(writeProgram(example)).toEqual(writeProgram(structuredClone(example))));

  test('reads from the middle of a buffer', () => {
    const bytes = writeProgram(example);
    const padded = new Uint8Array(bytes.length + 7);
    padded.set(bytes, 3);
    expect(readProgram(padded.subarray(3, 3 + bytes.length), 'p.obin')).toEqual(example);
  });

  test('truncation at any byte is one clear error', () => {
    const bytes = writeProgram(example);
    for (let size = 0; size < bytes.length; size++) expect(complaint(bytes.subarray(0, size))).not.toBe('');
  });

  test('any flipped bit is noticed', () => {
    const bytes = writeProgram(example);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at]! ^= 1 << bit;
        expect(complaint(damaged)).not.toBe('');
      }),
      { seed: 2 },
    );
  });

  test('bytes that are no program never end in anything but an InputError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(complaint(bytes)).not.toBe('');
      }),
      { seed: 3 },
    );
  });

  test('damage under a right checksum never ends in anything but an InputError', () => {
    const size = writeProgram(example).length;
    fc.assert(
      fc.property(fc.integer({ min: 16, max: size - 1 }), fc.nat(255), (at, value) => {
        expect(complaint(tampered((view) => view.setUint8(at, value)))).toBeTypeOf('string');
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test.each([
    [new Uint8Array(0), 'p.obin found an empty file, expected an ohmic program (.obin)'],
    [
      Uint8Array.from('PK12345', (letter) => letter.charCodeAt(0)),
      'p.obin found a file that begins with "PK12", expected an ohmic program, which begins with "OHM0"',
    ],
    [writeProgram(example).subarray(0, 60), 'expected the whole file: it is truncated'],
    [Uint8Array.from([...writeProgram(example), 0]), 'expected nothing after the program'],
    [tampered((view) => view.setUint16(4, 2, true)), 'found program format version 2, expected version 1'],
    [tampered((view) => view.setUint32(20, 1e6, true)), 'found section "NAME" at bytes 1000000 to 1000006'],
    [tampered((view) => view.setUint16(6, 17, true)), 'found a header of 17 bytes'],
    [tampered((view) => view.setUint8(16, 88)), 'found no section NAME'],
  ])('%# says what is wrong', (bytes, sentence) => expect(complaint(bytes)).toContain(sentence));

  test('a wrong checksum is its own complaint', () => {
    const bytes = writeProgram(example);
    bytes[bytes.length - 1]! ^= 1;
    expect(complaint(bytes)).toBe('p.obin found a wrong checksum, expected an undamaged file');
  });
});
