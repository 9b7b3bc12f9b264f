import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addExperimentOptions, experimentOptions } from '../../src/cli/experiment-options.ts';

const parsed = (...words: readonly string[]) =>
  experimentOptions(addExperimentOptions(new Command('test')).parse(words, { from: 'user' }).opts());

test('only what the user gave changes an experiment', () => {
  expect(parsed()).toEqual({ set: [] });
});

test('every option reaches the experiment under its name', () => {
  const numbers = [
    '--len',
    '7',
    '--compensation',
    'column',
    '--samples',
    '5',
    '--epochs',
    '2',
    '--seed',
    '3',
    '--chip-seed',
    '4',
    '--instances',
    '6',
  ];
  expect(parsed('--chip', 'c', '--device', 'd', '--set', 'a=1', '--data', 'f', ...numbers)).toEqual({
    chip: 'c',
    device: 'd',
    set: ['a=1'],
    data: 'f',
    len: 7,
    compensation: 'column',
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

test('rows a turn may be given as a setting of the mapping, which the chip does not see', () => {
  expect(parsed('--set', 'mapping.len=4', '--set', 'a=1')).toEqual({ len: 4, set: ['a=1'] });
  expect(parsed('--len', '2', '--set', 'mapping.len=4').len).toBe(2);
  for (const text of ['x', '-1', '4096', '1.5', ''])
    expect(() => parsed('--set', `mapping.len=${text}`), text).toThrow(/whole number from 0 to 4095/);
});
