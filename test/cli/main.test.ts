import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/locate.ts';
import { openSession } from './session.ts';
import { putTinyExperiment } from './tiny-experiment.ts';

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

  test('training that is killed goes on from its last epoch and ends with the same bytes', async () => {
    const session = openSession();
    const [, ...data] = putTinyExperiment(session);
    const training = session.put(
      'training.yaml',
      `name: training\nnetwork: ${session.at('network.yaml')}\nchip: cmo-14nm-large\ndevice: cmo-hfox-train\nset: [mapping.scheme=reference-cell]\n` +
        'algorithm: { kind: sgd, epochs: 40, deployTo: 0 }\nages: [1 day]\n',
    );
    const words = ['run', training, ...data, '--quiet', '--json'] as const;
    const out = session.at('out');
    const child = start(...words, '--out', out);
    child.stdout!.resume();
    const watching = setInterval(() => session.names().includes('out/checkpoint.bin') && child.kill('SIGKILL'), 2);
    const { signal } = await end(child);
    clearInterval(watching);
    expect(signal).toBe('SIGKILL');
    const whole = await session.ohmic(...words);
    const resumed = await session.ohmic(...words, '--out', out, '--resume');
    expect(resumed.exitCode).toBe(0);
    const [{ run: _, ...expected }, { run: __, ...found }] = [JSON.parse(whole.stdout), JSON.parse(resumed.stdout)];
    expect(found).toEqual(expected);
  });
});
