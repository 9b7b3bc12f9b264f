import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { runCli } from '../../src/cli/run-cli.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line in this process: real files in a folder of its own, everything said is caught. */
export interface Session {
  /** Runs `ohmic` with these words. */
  readonly ohmic: (...words: readonly string[]) => Promise<Ran>;
  /** A path in the folder. */
  readonly at: (name: string) => string;
  readonly put: (name: string, content: string | Uint8Array) => string;
  /** Names of the files in the folder. */
  readonly names: () => readonly string[];
}

/** Opens a session that is cleared away when the test ends. */
export function openSession(overrides: Partial<Io> = {}): Session {
  const folder = mkdtempSync(join(tmpdir(), 'ohmic-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const ohmic = async (...words: readonly string[]): Promise<Ran> => {
    const said = { stdout: '', stderr: '' };
    const exitCode = await runCli(words, testIo(said, overrides));
    return { exitCode, ...said };
  };
  const put = (name: string, content: string | Uint8Array): string => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  return { ohmic, at, put, names: () => readdirSync(folder, { recursive: true }).map(String).sort() };
}

/** An Io that writes into `said`, knows no terminal and no network; its clock stands still. */
export const testIo = (said: { stdout: string; stderr: string }, overrides: Partial<Io> = {}): Io => ({
  stdout: (text) => void (said.stdout += text),
  stderr: (text) => void (said.stderr += text),
  progressTerminal: undefined,
  stdoutColumns: undefined,
  environment: {},
  files: nodeFiles,
  now: () => 0,
  today: () => '2026-01-01',
  download: (url) => Promise.reject(new Error(`getaddrinfo ENOTFOUND ${new URL(url).host}`)),
  ...overrides,
});
