import { expect, test } from 'vitest';
import { parseParts } from '../../src/simulate/experiment-parts.ts';

test('a list of experiments, and nothing for a file of another kind', () => {
  const parts = parseParts('kind: parts\nname: both\nparts: [one, two]\n', 'both.yaml');
  expect(parts).toEqual({ kind: 'parts', name: 'both', parts: ['one', 'two'] });
  expect(parseParts('name: one\nnetwork: lenet-5\n', 'one.yaml')).toBeUndefined();
});

test('mistakes are located', () => {
  expect(() => parseParts('kind: parts\nname: both\nparts: []\n', 'both.yaml')).toThrow(/both.yaml:3:8/);
  expect(() => parseParts('kind: parts\nname: both\npart: [one]\nparts: [one]\n', 'both.yaml')).toThrow(/did you mean parts\?/);
});
