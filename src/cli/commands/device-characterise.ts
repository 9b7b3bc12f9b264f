import { InvalidArgumentError, Option } from 'commander';
import { characterise, defaultCharacterise } from '../../laboratory/characterise.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import { jsonOption, outOption, quietOption, repeatedOption, seedOption, wholeNumberOption } from '../options.ts';
import { printLaboratory, writeLaboratory } from '../print-laboratory.ts';
import { readDevice } from '../read-device.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface CharacteriseArguments {
  readonly cells?: number;
  readonly limit?: number;
  readonly sigmas?: number;
  readonly acceptance: readonly number[];
  readonly seed?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Want a number above 0.');
  return value;
};

const share = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('Want a share above 0 and up to 1.');
  return value;
};

/** `ohmic device characterise`. */
export const configureCharacterise: Configure = (command, context) => {
  command
    .description('measure a cell: levels, programming, retention, staircases, disturb')
    .argument('<device>', 'a name from `ohmic device list`, or a device file')
    .addOption(wholeNumberOption('--cells <number>', 'cells over all levels', 100, 10_000_000))
    .addOption(wholeNumberOption('--limit <number>', 'most programming pulses of a cell', 1, 65_535))
    .addOption(
      new Option('--sigmas <number>', 'deviations from one level to the next in the count of levels (default: 6)').argParser(
        positive,
      ),
    )
    .addOption(
      repeatedOption(
        '--acceptance <share>',
        'band the closed loop accepts, e.g. 0.005; may be repeated; 0.002 and 0.02 if left out',
      ).argParser((text: string, before: readonly number[]) => [...before, share(text)]),
    )
    .addOption(seedOption('seed of the cells'))
    .addOption(outOption('also write report.json, CSV files and SVG charts there'))
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples(['ohmic device characterise cmo-hfox', 'ohmic device characterise hfox-1t1r --cells 100000 --out hfox']),
    )
    .action(async (name: string, { out, json, quiet, acceptance, ...given }: CharacteriseArguments) => {
      const { files } = context.io;
      const device = readDevice(files, name, 'device characterise');
      if (out !== undefined) files.mustBeWritable(`${out}/report.json`);
      const progress = terminalProgress(context.io, quiet === true);
      const tolerances = acceptance.length === 0 ? defaultCharacterise.tolerances : acceptance;
      const report = characterise(device, { ...defaultCharacterise, ...given, tolerances }, progress);
      if (out !== undefined) await writeLaboratory(context, report, out);
      printLaboratory(context, report, json === true ? { json } : {});
    });
};
