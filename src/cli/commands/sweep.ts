import { type Command, Option } from 'commander';
import { engines } from '../../explore/submit-script.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { jsonOption, quietOption, wholeNumberOption } from '../options.ts';
import { mergeCommand, planCommand, showCommand, statusCommand, verifyCommand } from '../sweep/inspect-commands.ts';
import { type RunSweepOptions, runSweepCommand } from '../sweep/run-command.ts';
import { type ServeOptions, serveCommand } from '../sweep/serve-command.ts';
import { type SubmitOptions, submitCommand } from '../sweep/submit-command.ts';
import { jobsOption, shardOption, shareOption } from '../sweep/sweep-options.ts';

const targetDoc = 'a name from workloads/sweeps, a YAML file, or the folder of a sweep';
const folderDoc = 'the folder of a sweep';
const pngText = 'draw the charts as PNG too, beside the SVG';
const outText = 'folder of the results; left out: sweeps/<name>';

/** `ohmic sweep plan|run|status|resume|show|merge|verify|submit|serve`. */
export const configureSweep: Configure = (command, context) => {
  configurePlan(command.command('plan'), context);
  configureRun(command.command('run'), context);
  configureResume(command.command('resume'), context);
  configureStatus(command.command('status'), context);
  configureShow(command.command('show'), context);
  configureMerge(command.command('merge'), context);
  configureVerify(command.command('verify'), context);
  configureSubmit(command.command('submit'), context);
  configureServe(command.command('serve'), context);
};

const withTarget = (command: Command): Command =>
  command
    .argument('<sweep>', targetDoc)
    .option('--out <folder>', outText)
    .option('--data <folder>', 'data set, in place of the one of the sweep');

function configurePlan(command: Command, context: Context): void {
  withTarget(command)
    .description('what would be computed; puts the plan into its folder')
    .addOption(jsonOption())
    .addHelpText('after', examples(['ohmic sweep plan tile-adc', 'ohmic sweep plan my-sweep.yaml --out results']))
    .action((target: string, options) => planCommand(context, target, options));
}

const withWork = (command: Command): Command =>
  command
    .addOption(jobsOption())
    .addOption(shardOption())
    .option('--prepare', 'only train what the items share')
    .option('--png', pngText)
    .addOption(jsonOption())
    .addOption(quietOption());

function configureRun(command: Command, context: Context): void {
  withWork(withTarget(command))
    .description('compute what is missing of a sweep; may be stopped and run again at any time')
    .addHelpText(
      'after',
      examples([
        'ohmic sweep run tile-adc',
        'ohmic sweep run my-sweep.yaml --out results --jobs 4',
        'ohmic sweep run results --shard 3/16',
      ]),
    )
    .action((target: string, options: RunSweepOptions) => runSweepCommand(context, target, options));
}

function configureResume(command: Command, context: Context): void {
  withWork(command.argument('<folder>', folderDoc))
    .description('go on with a sweep that was stopped')
    .addHelpText('after', examples(['ohmic sweep resume sweeps/tile-adc']))
    .action((folder: string, options: RunSweepOptions) => runSweepCommand(context, folder, options));
}

function configureStatus(command: Command, context: Context): void {
  command
    .description('how far a sweep is, and the best designs so far')
    .argument('<folder>', folderDoc)
    .addOption(jsonOption())
    .addHelpText('after', examples(['ohmic sweep status sweeps/tile-adc']))
    .action((folder: string, options) => statusCommand(context, folder, options));
}

function configureShow(command: Command, context: Context): void {
  command
    .description('one design point with its breakdown, or the front')
    .argument('<folder>', folderDoc)
    .argument('[point]', 'id of a point (its beginning will do) or its name in quotes')
    .option('--rerun', 'simulate it again and compare with the stored result')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(['ohmic sweep show sweeps/tile-adc 3f9c2a', 'ohmic sweep show sweeps/tile-adc 3f9c2a --rerun']),
    )
    .action((folder: string, point: string | undefined, options) => showCommand(context, folder, point, options));
}

function configureMerge(command: Command, context: Context): void {
  command
    .description('write the tables of a sweep, with the results of other folders taken in')
    .argument('<folder...>', 'folders of the same sweep; results are gathered in the first')
    .option('-o, --output <file>', 'only this file: .jsonl, .csv, .parquet or .html')
    .option('--png', pngText)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(['ohmic sweep merge results', 'ohmic sweep merge results elsewhere/results -o points.parquet']),
    )
    .action((folders: string[], options) => mergeCommand(context, folders, options));
}

function configureVerify(command: Command, context: Context): void {
  command
    .description('check every result file and compute a part of them again')
    .argument('<folder>', folderDoc)
    .addOption(shareOption())
    .addOption(jobsOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText('after', examples(['ohmic sweep verify sweeps/tile-adc --share 5%']))
    .action((folder: string, options) => verifyCommand(context, folder, options));
}

function configureSubmit(command: Command, context: Context): void {
  withTarget(command)
    .description('print the script that runs a sweep on several machines')
    .addOption(new Option('--engine <name>', 'what starts the tasks').choices(engines).default('parallel'))
    .addOption(wholeNumberOption('--tasks <number>', 'parts the items are dealt into', 1, 100_000).default(64))
    .addOption(wholeNumberOption('--jobs <number>', 'tasks at once', 1, 100_000).default(8))
    .option('--program <words>', 'how a worker calls ohmic', 'ohmic')
    .option('--go', 'hand the script to the engine')
    .addHelpText(
      'after',
      examples(['ohmic sweep submit tile-adc --engine slurm > job.sh', 'ohmic sweep submit tile-adc --engine parallel --go']),
    )
    .action((target: string, options: SubmitOptions) => submitCommand(context, target, options));
}

function configureServe(command: Command, context: Context): void {
  withTarget(command)
    .description('compute the points that an outside optimiser asks for: JSON lines on stdin and stdout')
    .addOption(jobsOption())
    .addHelpText('after', examples([`echo '{"evaluate":[{"tile.rows":128}]}' | ohmic sweep serve my-sweep.yaml`]))
    .action((target: string, options: ServeOptions) => serveCommand(context, target, options));
}
