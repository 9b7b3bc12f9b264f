#!/usr/bin/env node
import { nodeIo } from './node-io.ts';
import { runCli } from './run-cli.ts';

/** A reader that went away (`ohmic isa | head`) is no error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2), nodeIo());
