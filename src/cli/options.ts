import { InvalidArgumentError, Option } from 'commander';

/** Options that several commands share; each call gives a fresh one. */
export const jsonOption = (): Option => new Option('--json', 'print one JSON document instead of tables');
export const quietOption = (): Option => new Option('--quiet', 'no progress on stderr');
export const outOption = (doc: string): Option => new Option('--out <folder>', doc);

/** An option that may stand several times; its value is the list, empty when it is absent. */
export const repeatedOption = (flags: string, doc: string): Option =>
  new Option(flags, doc)
    .argParser((value: string, before: readonly string[]) => [...before, value])
    .default([] as readonly string[], 'none');

export const setOption = (what = 'change one value of the chip, e.g. tile.adc.bits=6'): Option =>
  repeatedOption('--set <path=value>', `${what}; may be repeated`);

export const deviceOption = (): Option =>
  new Option('--device <name|file>', 'memory cell, in place of the one of the chip: see `ohmic device list`, or a device file');

/** An option that takes a whole number. */
export function wholeNumberOption(flags: string, doc: string, least: number, most: number): Option {
  return new Option(flags, doc).argParser((text: string) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`Want a whole number from ${least} to ${most}.`);
    return value;
  });
}

const largestSeed = 0xffffffff;
export const seedOption = (doc: string): Option => wholeNumberOption('--seed <number>', doc, 0, largestSeed);
export const chipSeedOption = (): Option =>
  wholeNumberOption('--chip-seed <number>', 'seed of the first programmed chip', 0, largestSeed);

/** How much is simulated. */
export const fidelityOption = (): Option =>
  new Option('--fidelity <level>', 'full; values: accuracy only; timing: time and energy from declared activity')
    .choices(['full', 'values', 'timing'])
    .default('full');
