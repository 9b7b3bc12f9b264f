import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { openSession } from './session.ts';

test('writes whole files, makes the folders, leaves nothing else behind', () => {
  const { at, names } = openSession();
  nodeFiles.write(at('a/b/report.json'), '{}');
  nodeFiles.write(at('a/b/report.json'), Uint8Array.of(0x7b, 0x7d, 0x0a));
  expect(readFileSync(at('a/b/report.json'), 'utf8')).toBe('{}\n');
  expect(names()).toEqual(['a', 'a/b', 'a/b/report.json']);
});

test('what cannot be written is one issue that names the path, with nothing half-written', () => {
  const { at, put, names } = openSession();
  put('file', '');
  expect(() => nodeFiles.write(at('file/report.json'), '{}')).toThrow(`${at('file/report.json')} found `);
  mkdirSync(at('folder'));
  expect(() => nodeFiles.write(at('folder'), '{}')).toThrow('expected a place that can be written');
  expect(names()).toEqual(['file', 'folder']);
});

test('whether a place can be written is told beforehand, touching nothing', () => {
  const { at, put, names } = openSession();
  put('file', 'x');
  mkdirSync(at('folder'));
  expect(() => nodeFiles.mustBeWritable(at('new/deep/report.json'))).not.toThrow();
  expect(() => nodeFiles.mustBeWritable(at('file'))).not.toThrow();
  expect(() => nodeFiles.mustBeWritable(at('file/report.json'))).toThrow('a place that can be written');
  expect(() => nodeFiles.mustBeWritable(at('folder'))).toThrow('found a directory, expected a file');
  expect(names()).toEqual(['file', 'folder']);
});

test('what cannot be read is one issue that says why', () => {
  const { at, put } = openSession();
  expect(() => nodeFiles.read(at('nothing'))).toThrow(`${at('nothing')} found no such file, expected a readable file`);
  mkdirSync(at('folder'));
  expect(() => nodeFiles.read(at('folder'))).toThrow('found a directory');
  put('file', 'x');
  expect(() => nodeFiles.read(at('file/below'))).toThrow('not a directory');
});

test.skipIf(process.getuid?.() === 0)('a file without permission says so', () => {
  const { put } = openSession();
  const path = put('secret', 'x');
  chmodSync(path, 0);
  expect(() => nodeFiles.read(path)).toThrow('without permission');
});

test('lists names in order; a file or nothing lists nothing', () => {
  const { at, put } = openSession();
  put('d/b', '');
  put('d/a', '');
  expect(nodeFiles.list(at('d'))).toEqual(['a', 'b']);
  expect(nodeFiles.list(at('d/a'))).toEqual([]);
  expect(nodeFiles.list(at('none'))).toEqual([]);
});

test('a folder is no file', () => {
  const { at, put } = openSession();
  put('d/a', '');
  expect([nodeFiles.exists(at('d/a')), nodeFiles.exists(at('d')), nodeFiles.exists(at('none'))]).toEqual([true, false, false]);
});
