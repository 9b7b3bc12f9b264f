import type { Command } from 'commander';
import { presetNames } from '../../chip/preset-texts.ts';
import { asJson } from '../../report/as-json.ts';
import { sensitivityTable } from '../../report/sensitivity-table.ts';
import { tornadoChart } from '../../report/tornado-chart.ts';
import { sensitivityOf } from '../../simulate/sensitivity.ts';
import type { Context } from '../context.ts';
import { examples } from '../examples.ts';
import { fidelityOption, jsonOption, outOption, quietOption, setOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { measurePorts, type WorkloadOptions, withWorkload, workloadOf } from './chip-workload.ts';

interface SensitivityOptions extends WorkloadOptions {
  readonly set: readonly string[];
  readonly out?: string;
}

const figures = ['energy', 'seconds', 'area'] as const;

/** `ohmic chip sensitivity`: which assumption matters. */
export function configureSensitivity(command: Command, context: Context): void {
  withWorkload(command.argument('<chip>', `${presetNames.join(', ')}, or a YAML file`))
    .description('moves every assumption and cost model to the ends of its band and ranks the effects')
    .addOption(setOption())
    .addOption(fidelityOption().default('timing'))
    .addOption(outOption('also write sensitivity.json and a tornado chart (SVG) of energy, time and area there'))
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples([
        'ohmic chip sensitivity cmo-130nm --network mlp-784-64-10 --out tornado',
        'ohmic chip sensitivity cmo-14nm --network mlp-784-64-10 --fidelity full --samples 200',
      ]),
    )
    .action((name: string, options: SensitivityOptions) => {
      const { files } = context.io;
      if (options.out !== undefined) files.mustBeWritable(`${options.out}/sensitivity.json`);
      const sensitivity = sensitivityOf(name, options.set, workloadOf(options), measurePorts(context, options));
      const document = { schema: 'ohmic.sensitivity/1', network: options.network, ...sensitivity };
      if (options.out !== undefined) {
        files.write(`${options.out}/sensitivity.json`, asJson(document));
        for (const figure of figures) files.write(`${options.out}/sensitivity-${figure}.svg`, tornadoChart(sensitivity, figure));
      }
      printResult(context.io, options, document, [sensitivityTable(sensitivity)]);
    });
}
