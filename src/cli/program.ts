import { Command } from 'commander';
import { version } from '../simulate/version.ts';
import { commandList } from './command-list.ts';
import type { Context } from './context.ts';
import { examples } from './examples.ts';

const doc = 'Simulates analog ReRAM AI accelerators: latency, energy, area and accuracy from one run.';

/** The word that names the command, past options and `help`. */
const wantedCommand = (argv: readonly string[]): string | undefined =>
  argv.find((word) => !word.startsWith('-') && word !== 'help');

/** The command tree. Only the command that `argv` names is loaded; the others are a name and a line in the help. */
export async function buildProgram(argv: readonly string[], context: Context): Promise<Command> {
  const { io } = context;
  const program = new Command('ohmic')
    .description(doc)
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .showHelpAfterError('(--help lists what there is)')
    .exitOverride();
  program.addHelpText(
    'after',
    examples(['ohmic run digits', 'ohmic chip show cmo-130nm', 'ohmic run --help']) +
      '\nResults go to stdout, everything else to stderr. Exit codes: 0 ok, 2 a check failed, 64 usage, 65 bad input, 70 internal, 75 try again.',
  );
  const wanted = wantedCommand(argv);
  for (const { name, summary, load } of commandList) {
    const command = program.command(name).description(summary);
    if (name === wanted) (await load())(command, context);
  }
  return program;
}
