import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addExperimentOptions, experimentOptions } from '../../src/cli/experiment-options.ts';

const parsed = (...words: readonly string[]) =>
  experimentOptions(addExperimentOptions(new Command('test')).parse(words, { from: 'user' }).opts());

test('only what the user gave changes an experiment', () => {
  expect(parsed()).toEqual({ set: [] });
});

test('every option reaches the experiment under its name', () => {
  const numbers = ['--samples', '5', '--epochs', '2', '--seed', '3', '--chip-seed', '4', '--instances', '6'];
  expect(parsed('--chip', 'c', '--device', 'd', '--set', 'a=1', '--data', 'f', ...numbers)).toEqual({
    chip: 'c',
    device: 'd',
    set: ['a=1'],
    data: 'f',
    samples: 5,
    epochs: 2,
    seed: 3,
    chipSeed: 4,
    instances: 6,
  });
});

test('options of the command that are no matter of the experiment are left out', () => {
  expect(Object.keys(experimentOptions({ chip: 'c', json: true } as { chip: string }))).toEqual(['chip']);
});
