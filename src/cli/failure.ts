import { CommanderError } from 'commander';
import { exitCodes } from '../config/exit-codes.ts';
import { describeIssue, InputError } from '../config/issue.ts';
import type { Io } from './io.ts';
import { TryAgainError } from './try-again.ts';

/** Says what went wrong, as briefly as the reader needs it, and gives the exit code. Commander has already said its part. */
export function reportFailure(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof InputError) {
    for (const issue of error.issues) io.stderr(`${describeIssue(issue)}\n`);
    return exitCodes.badInput;
  }
  if (error instanceof TryAgainError) {
    io.stderr(`${error.message}\n`);
    return exitCodes.tryAgain;
  }
  const message = error instanceof Error ? error.message : String(error);
  io.stderr(`ohmic failed inside: ${message}\nThis is a mistake of ohmic: please report it with the command you typed.\n`);
  const stack = error instanceof Error ? error.stack : undefined;
  io.stderr(io.environment.OHMIC_DEBUG ? `${stack}\n` : 'OHMIC_DEBUG=1 shows where it happened.\n');
  return exitCodes.internal;
}
