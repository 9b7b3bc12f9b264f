import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { readText } from '../../src/cli/read-text.ts';
import { openSession } from './session.ts';

test('a byte-order mark is no part of the text', () => {
  const path = openSession().put('a.oasm', Uint8Array.of(0xef, 0xbb, 0xbf, 0x68, 0x69));
  expect(readText(nodeFiles, path)).toBe('hi');
});

test('bytes that are no text are refused with the name of the file', () => {
  const path = openSession().put('prog.oasm', Uint8Array.of(0x4f, 0xff, 0xfe));
  expect(() => readText(nodeFiles, path)).toThrow(`${path} found bytes that are not UTF-8 text, expected a text file`);
});
