import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  chipSeedOption,
  fidelityOption,
  jsonOption,
  outOption,
  quietOption,
  repeatedOption,
  seedOption,
  setOption,
  wholeNumberOption,
} from '../../src/cli/options.ts';

/** A command with every shared option; errors are thrown, not printed. */
const command = (): Command =>
  [
    ...[jsonOption(), quietOption(), outOption('x'), setOption(), fidelityOption(), chipSeedOption(), seedOption('x')],
    ...[repeatedOption('--only <row>', 'x'), wholeNumberOption('--epochs <number>', 'x', 1, 10)],
  ]
    .reduce((parent, option) => parent.addOption(option), new Command('test'))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

const parsed = (...words: readonly string[]): Record<string, unknown> => command().parse(words, { from: 'user' }).opts();

describe('shared options', () => {
  test('what is not given is absent or the default', () => {
    expect(parsed()).toEqual({ set: [], only: [], fidelity: 'full' });
  });

  test('repeated ones keep their order and do not leak into the next command line', () => {
    expect(parsed('--set', 'a=1', '--set', 'b=2').set).toEqual(['a=1', 'b=2']);
    expect(parsed('--set', 'c=3').set).toEqual(['c=3']);
  });

  test('whole numbers are read as numbers, up to both ends', () => {
    expect(parsed('--epochs', '1', '--seed', '0', '--chip-seed', '4294967295')).toMatchObject({
      epochs: 1,
      seed: 0,
      chipSeed: 4294967295,
    });
    expect(parsed('--epochs', '10').epochs).toBe(10);
  });

  test.each(['0', '11', '1.5', '-1', '1e1', 'ten', '', ' 3', '0x3'])('--epochs "%s" is refused', (text) => {
    expect(() => parsed('--epochs', text)).toThrow('Want a whole number from 1 to 10.');
  });

  test('a fidelity there is not is refused with those there are', () => {
    expect(() => parsed('--fidelity', 'fast')).toThrow('full, values, timing');
  });
});
