import { characterise, defaultCharacterise } from '../../laboratory/characterise.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import { jsonOption, outOption, quietOption, seedOption, wholeNumberOption } from '../options.ts';
import { printLaboratory, writeLaboratory } from '../print-laboratory.ts';
import { readDevice } from '../read-device.ts';
import { terminalProgress } from '../terminal-progress.ts';

interface CharacteriseArguments {
  readonly cells?: number;
  readonly limit?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ohmic device characterise`. */
export const configureCharacterise: Configure = (command, context) => {
  command
    .description('measure a cell: levels, programming, retention, staircases, disturb')
    .argument('<device>', 'a name from `ohmic device list`, or a device file')
    .addOption(wholeNumberOption('--cells <number>', 'cells over all levels', 100, 10_000_000))
    .addOption(wholeNumberOption('--limit <number>', 'most programming pulses of a cell', 1, 65_535))
    .addOption(seedOption('seed of the cells'))
    .addOption(outOption('also write report.json, CSV files and SVG charts there'))
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples(['ohmic device characterise cmo-hfox', 'ohmic device characterise hfox-1t1r --cells 100000 --out hfox']),
    )
    .action(async (name: string, { out, json, quiet, ...given }: CharacteriseArguments) => {
      const { files } = context.io;
      const device = readDevice(files, name, 'device characterise');
      if (out !== undefined) files.mustBeWritable(`${out}/report.json`);
      const progress = terminalProgress(context.io, quiet === true);
      const report = characterise(device, { ...defaultCharacterise, ...given }, progress);
      if (out !== undefined) await writeLaboratory(context, report, out);
      printLaboratory(context, report, json === true ? { json } : {});
    });
};
