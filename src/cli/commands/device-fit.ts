import { inputError } from '../../config/issue.ts';
import { parseDevice } from '../../device/user-device.ts';
import { fitPulses } from '../../laboratory/fit-pulses.ts';
import { deviceYaml, fitReport } from '../../laboratory/fit-report.ts';
import { parsePulses } from '../../laboratory/pulse-train.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import { jsonOption, outOption } from '../options.ts';
import { printLaboratory, writeLaboratory } from '../print-laboratory.ts';
import { readText } from '../read-text.ts';

interface FitOptions {
  readonly output: string;
  readonly name: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `ohmic device fit`. */
export const configureFit: Configure = (command, context) => {
  command
    .description('make a device file from measured pulse trains')
    .argument(
      '<pulses.csv>',
      'columns device, direction (up or down), conductance_uS: a line for each pulse, conductance after it',
    )
    .option('-o, --output <file>', 'the device file to write', 'device.yaml')
    .option('--name <name>', 'name of the device', 'fitted')
    .addOption(outOption('also write the quality of the fit there: JSON, CSV, SVG'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        'ohmic device fit pulses.csv -o my-cell.yaml --name my-cell',
        'ohmic device characterise my-cell.yaml',
        'ohmic run digits-mlp-inference --device my-cell.yaml',
      ]),
    )
    .action(async (path: string, { output, name, out, json }: FitOptions) => {
      const { files } = context.io;
      if (!files.exists(path)) throw inputError('device fit', path, 'a CSV file of pulses');
      files.mustBeWritable(output);
      if (out !== undefined) files.mustBeWritable(`${out}/report.json`);
      const fit = fitPulses(parsePulses(readText(files, path), path));
      const yaml = deviceYaml(name, `fitted to ${path}`, fit);
      // what was written must be readable: a bad --name is found here
      parseDevice(yaml, output);
      files.write(output, yaml);
      const report = fitReport(name, fit);
      if (out !== undefined) await writeLaboratory(context, report, out);
      printLaboratory(context, report, json === true ? { json } : {});
      if (json !== true) context.io.stdout(`Device file: ${output}\n`);
    });
};
