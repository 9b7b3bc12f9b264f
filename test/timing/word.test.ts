import { expect, test } from 'vitest';
import { fenceBits, hasFlag, nameWord, unitClassOf } from '../../src/timing/word.ts';
import { halt, load, operation, vecAdd } from './operations.ts';

test('classes follow from the instruction table', () => {
  const classes = [halt, operation('MARK'), load(0, 0, 1), vecAdd(0, 0, 1), operation('MOV'), operation('MVT'), operation('PRG')];
  expect(classes.map(unitClassOf)).toEqual(['control', 'control', 'dma', 'vector', 'vector', 'tile', 'tile']);
  expect(fenceBits).toEqual({ control: 0, tile: 1, vector: 2, dma: 4, noc: 8 });
});

test('flags and names', () => {
  expect([hasFlag(operation('MVM', { flags: 4 }), 2), hasFlag(operation('MVM', { flags: 4 }), 1)]).toEqual([true, false]);
  expect(nameWord(operation('BR', { word: 17 }))).toBe('BR at word 17');
});
