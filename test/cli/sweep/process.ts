import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const loader = ['--import', 'tsx'];

/** `ohmic` in a process of its own; resolves with its exit code, or the signal that ended it. */
export function startOhmic(words: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<number | string> } {
  const child = spawn(process.execPath, [...loader, main, ...words], { stdio: 'ignore' });
  const ended = new Promise<number | string>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal ?? 'lost')));
  return { child, ended };
}

/** How a shell calls ohmic from these sources. */
export const ohmicWords = `${process.execPath} ${loader.join(' ')} ${main}`;

/** Is there a program of this name? */
export const hasProgram = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** Milliseconds for a test that starts many processes, each of which compiles the sources anew: a busy machine takes minutes. */
export const patience = 300_000;
