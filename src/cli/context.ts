import type { Command } from 'commander';
import type { Io } from './io.ts';

/** What a command works with. */
export interface Context {
  readonly io: Io;
  /** Sets the exit code of a command that ends without an error but not well; 0 otherwise. */
  finish(exitCode: number): void;
}

/** Gives a bare command its arguments, options, examples and action. */
export type Configure = (command: Command, context: Context) => void;
