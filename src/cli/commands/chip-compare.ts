import type { Command } from 'commander';
import { compareParts, compareTable } from '../../report/compare-table.ts';
import { compareChips } from '../../simulate/compare-chips.ts';
import type { Context } from '../context.ts';
import { examples } from '../examples.ts';
import { fidelityOption, jsonOption, quietOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { measurePorts, type WorkloadOptions, withWorkload, workloadOf } from './chip-workload.ts';

/** `ohmic chip compare`: the same network on several chips. */
export function configureCompare(command: Command, context: Context): void {
  withWorkload(command.argument('<chips...>', 'presets or YAML files'))
    .description('the same network on several chips, side by side')
    .addOption(fidelityOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples([
        'ohmic chip compare cmo-130nm cmo-14nm digital-14nm --network mlp-784-256-128-10',
        'ohmic chip compare isaac puma hermes neurram --network lenet-5 --fidelity timing --json',
      ]),
    )
    .action((chips: readonly string[], options: WorkloadOptions) => {
      const reports = compareChips(chips, workloadOf(options), measurePorts(context, options));
      const document = { schema: 'ohmic.comparison/1', network: options.network, reports };
      printResult(context.io, options, document, [compareTable(reports, options.network), compareParts(reports)]);
    });
}
