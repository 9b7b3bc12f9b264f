import type { Command } from 'commander';
import type { Chip } from '../../chip/chip-source.ts';
import { explainChip } from '../../chip/explain.ts';
import { chipJsonSchema } from '../../chip/json-schema.ts';
import { defaultPreset, presetNames } from '../../chip/preset-texts.ts';
import { listPresets } from '../../chip/presets.ts';
import { asJson } from '../../report/as-json.ts';
import { chipDocument, chipListTable, chipTables } from '../../report/chip-tables.ts';
import { bandTable, costOverviewTable, explainTables, shareTable } from '../../report/explain-tables.ts';
import { readReport } from '../../simulate/read-report.ts';
import { resolveChip } from '../../simulate/resolve-chip.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { jsonOption, setOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { readText } from '../read-text.ts';
import { configureCompare } from './chip-compare.ts';
import { configureSensitivity } from './chip-sensitivity.ts';

interface ChipOptions {
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** `ohmic chip list|show|explain|compare|sensitivity|schema`. */
export const configureChip: Configure = (command, context) => {
  configureList(command.command('list'), context);
  configureShow(command.command('show'), context);
  configureExplain(command.command('explain'), context);
  configureCompare(command.command('compare'), context);
  configureSensitivity(command.command('sensitivity'), context);
  command
    .command('schema')
    .description('JSON Schema of chip files, for editors')
    .addHelpText('after', examples(['ohmic chip schema > chip.schema.json']))
    .action(() => context.io.stdout(asJson(chipJsonSchema())));
};

/** An argument that names a chip, with its settings. */
const chipArgument = (command: Command): Command =>
  command
    .argument('<chip>', `${presetNames.join(', ')}, or a YAML file`)
    .addOption(setOption())
    .addOption(jsonOption());

const chipFrom = ({ io }: Context, name: string, { set }: ChipOptions): Chip => resolveChip(name, set, io.files).source;

function configureList(command: Command, { io }: Context): void {
  command
    .description('chips that come with ohmic')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => {
      const presets = listPresets();
      const document = { schema: 'ohmic.chips/1', chips: presets.map(({ name, doc }) => ({ name, doc })) };
      printResult(io, options, document, [chipListTable(presets)]);
    });
}

function configureShow(command: Command, context: Context): void {
  chipArgument(command)
    .description('every value with its source, area and peak figures')
    .addHelpText('after', examples(['ohmic chip show cmo-130nm', 'ohmic chip show my-chip.yaml --set tile.rows=128 --json']))
    .action((name: string, options: ChipOptions) => {
      const chip = chipFrom(context, name, options);
      printResult(context.io, options, chipDocument(chip), chipTables(chip));
    });
}

function configureExplain(command: Command, context: Context): void {
  command
    .argument('[chip]', `${presetNames.join(', ')}, or a YAML file`, defaultPreset)
    .addOption(setOption())
    .addOption(jsonOption())
    .argument('[path]', 'a part such as tile.adc, or one value such as tile.adc.bits')
    .description('where the joules, seconds and areas come from')
    .option('--report <file>', 'report.json of a run on this chip: also show the share of each part in it')
    .addHelpText(
      'after',
      examples([
        'ohmic chip explain',
        'ohmic chip explain cmo-130nm',
        'ohmic chip explain cmo-130nm tile.adc',
        'ohmic chip explain cmo-130nm --report results/report.json',
      ]),
    )
    .action((name: string, path: string | undefined, options: ChipOptions & { readonly report?: string }) => {
      const { io } = context;
      const parts = explainChip(chipFrom(context, name, options), path);
      const report = options.report === undefined ? undefined : readReport(readText(io.files, options.report), options.report);
      const tables = path === undefined ? [costOverviewTable(parts), bandTable(parts)] : parts.flatMap(explainTables);
      const shares = report === undefined ? [] : [shareTable(parts, report)];
      const filled = [...tables, ...shares].filter(({ rows }) => rows.length > 0);
      printResult(
        io,
        options,
        { schema: 'ohmic.explain/1', chip: name, parts, ...(report === undefined ? {} : { report }) },
        filled,
      );
    });
}
