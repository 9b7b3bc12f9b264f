import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { inflate } from '../../../src/network/data/inflate.ts';

it('unpacks gzip and passes other bytes through', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(inflate(bytes, 'f')).toBe(bytes);
  expect(Array.from(inflate(gzipSync(bytes), 'f'))).toEqual([1, 2, 3]);
});

it('refuses empty and truncated files by name', () => {
  expect(() => inflate(new Uint8Array(), 'f.gz')).toThrow('f.gz found an empty file, expected data');
  expect(() => inflate(gzipSync(Uint8Array.of(1, 2, 3)).subarray(0, 15), 'f.gz')).toThrow(
    /^f\.gz found gzip data that do not unpack/,
  );
});
