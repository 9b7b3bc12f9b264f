import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/locate.ts';
import { openSession } from './session.ts';

const start = (...words: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', join(packageRoot, 'src/cli/main.ts'), ...words], { cwd: packageRoot });

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

function end(child: ChildProcess): Promise<Ended> {
  let stderr = '';
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr })));
}

const secondsSince = (from: number): string => `${((performance.now() - from) / 1000).toFixed(2)} s`;

/** A whole process each; slow to start, so few. */
describe('the process', () => {
  test('answers for help, and says how long a start from sources takes', async () => {
    const from = performance.now();
    const child = start('--help');
    let stdout = '';
    child.stdout!.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const { code } = await end(child);
    process.stdout.write(`ohmic --help from TypeScript sources: ${secondsSince(from)}\n`);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: ohmic');
  });

  test('passes on the exit code', async () => {
    const child = start('chip', 'show', 'nothing');
    child.stdout!.resume();
    const { code, stderr } = await end(child);
    expect(code).toBe(65);
    expect(stderr).toContain('found chip "nothing"');
  });

  test('a reader that goes away is no error', async () => {
    const child = start('isa');
    child.stdout!.destroy();
    const { code, stderr } = await end(child);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('an interrupt ends it at once, with nothing half-written', async () => {
    const { at, names } = openSession();
    const child = start('run', 'digits-mlp-inference', '--out', at('results'));
    child.stdout!.resume();
    child.stderr!.once('data', () => child.kill('SIGINT'));
    const { code, signal, stderr } = await end(child);
    expect([code, signal]).toEqual([null, 'SIGINT']);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(names()).toEqual([]);
  });
});
