import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/config/issue.ts';
import {
  packColumns,
  packData,
  packLines,
  packWords,
  unpackData,
  unpackJson,
  unpackLines,
  unpackRegions,
  unpackSymbols,
  unpackWords,
  withColumns,
} from '../../src/isa/container-sections.ts';

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const dataSection = (size: number, ...raw: number[]): Uint8Array =>
  Uint8Array.from([...new Uint8Array(Uint32Array.of(size).buffer), ...deflateSync(new Uint8Array(Uint32Array.from(raw).buffer))]);

describe('sections', () => {
  test('words and lines round trip', () => {
    const words = Uint32Array.of(1, 2 ** 32 - 1, 0, 7);
    expect(unpackWords(packWords(words), 'f')).toEqual(words);
    const lines = [{ word: 0, line: 3 }];
    expect(unpackLines(packLines(lines), 'f')).toEqual(lines);
    expect(packColumns(lines)).toBeUndefined();
    const placed = [{ word: 0, line: 3, column: 5 }];
    expect(withColumns(lines, packColumns(placed), 'f')).toEqual(placed);
    expect(() => withColumns(lines, new Uint8Array(8), 'f')).toThrow('f found a column map of 8 bytes, expected 4:');
  });

  test('data round trips, no segments and empty ones too', () => {
    for (const segments of [
      [],
      [{ address: 64, bytes: new Uint8Array(0) }],
      [
        { address: 0, bytes: Uint8Array.of(1) },
        { address: 9, bytes: Uint8Array.of(2, 3) },
      ],
    ])
      expect(unpackData(packData(segments), 'f')).toEqual(segments);
  });

  test('repetitive data is stored small', () =>
    expect(packData([{ address: 0, bytes: new Uint8Array(1e6) }]).length).toBeLessThan(5000));

  test.each([
    ['code of half a word', () => unpackWords(new Uint8Array(8), 'f')],
    ['half a line entry', () => unpackLines(new Uint8Array(4), 'f')],
    ['data without its size', () => unpackData(new Uint8Array(3), 'f')],
    ['data of another size', () => unpackData(dataSection(8, 0), 'f')],
    ['more data than it says', () => unpackData(dataSection(4, 0, 0, 0), 'f')],
    ['a segment table past the end', () => unpackData(dataSection(4, 5), 'f')],
    ['a segment past the end', () => unpackData(dataSection(12, 1, 0, 9), 'f')],
    ['a segment past DRAM', () => unpackData(dataSection(16, 1, 2 ** 30, 1, 0), 'f')],
    ['text that is no JSON', () => unpackJson(Uint8Array.of(123), 'f', 'manifest')],
    ['text that is no UTF-8', () => unpackJson(Uint8Array.of(34, 255, 34), 'f', 'manifest')],
    ['symbols of another shape', () => unpackSymbols(text([{ name: 'x' }]), 'f')],
    ['a region twice', () => unpackRegions(text([1, 2].map(() => ({ id: 0, kind: 'layer', name: 'a' }))), 'f')],
  ])('%s is refused', (_, read) => expect(read).toThrow(InputError));
});
