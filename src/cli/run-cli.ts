import { exitCodes } from '../config/exit-codes.ts';
import { reportFailure } from './failure.ts';
import type { Io } from './io.ts';
import { buildProgram } from './program.ts';

/** Runs one command line (without node and script) and gives the exit code; never throws. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.ok;
  try {
    const program = await buildProgram(argv, { io, finish: (code) => void (exitCode = code) });
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportFailure(error, io);
  }
}
