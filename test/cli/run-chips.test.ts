import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import type { ChipsReport } from '../../src/simulate/simulate-chips.ts';
import { digitModel } from '../network/onnx/digit-model.ts';
import { openSession } from './session.ts';

const reduce = [0, 1].map((own) => join(workloadsFolder, 'programs', `all-reduce-${own}.oasm`));

describe('several programs', () => {
  test('exchange messages: the all-reduce ends with one sum on both chips', async () => {
    const { exitCode, stdout } = await openSession().ohmic('simulate', ...reduce, '--chip', 'ideal', '--print', 'y');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('controller 0: y = 1 -0.375 0.375\ncontroller 1: y = 1 -0.375 0.375\n');
    expect(stdout).toContain('2 controllers: halted');
    expect(stdout).toMatch(/0 to 1 +1 +12 /);
  });

  test('a slower link takes longer', async () => {
    const { ohmic } = openSession();
    const run = async (...words: readonly string[]) =>
      JSON.parse((await ohmic('simulate', ...reduce, '--chip', 'ideal', '--json', ...words)).stdout) as ChipsReport;
    const [near, far] = [await run(), await run('--link-latency', '3 us', '--link-bandwidth', '1e6')];
    expect(near.schema).toBe('ohmic.controllers/1');
    // Two crossings of the barrier's tree, a message of 12 bytes.
    expect(far.seconds - near.seconds).toBeCloseTo(3 * 2.9e-6 + 12e-6, 7);
  });

  test('one of them alone, a deadlock, and what only one program can do are said', async () => {
    const { ohmic, put } = openSession();
    const alone = await ohmic('simulate', reduce[0]!);
    expect([alone.exitCode, alone.stderr.includes('runs with others')]).toEqual([65, true]);
    const stuck = [1, 0].map((other) => put(`p${other}.oasm`, ` RECV [0], #1, len=4, unit=${other}\n HALT\n`));
    const { exitCode, stdout } = await ohmic('simulate', ...stuck);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('RECV at word 0 waits for a message of controller 1 with tag 1');
    expect((await ohmic('simulate', ...reduce, '--fidelity', 'values')).exitCode).toBe(65);
    expect((await ohmic('simulate', ...reduce, '--fidelity', 'timing', '--print', 'y')).exitCode).toBe(65);
    expect((await ohmic('simulate', ...reduce, '--fidelity', 'timing')).stdout).toContain('(timing fidelity): halted');
    expect((await ohmic('simulate', reduce[0]!, '--shared-dram')).stderr).toContain('--shared-dram found it with one program');
    expect((await ohmic('simulate', ...reduce, '--link-bandwidth', '0')).exitCode).toBe(64);
  });
});

test('programs on one DRAM add up in it; without the message they race, and the exit code says so', async () => {
  const { ohmic, put } = openSession();
  const sources = [0, 1].map((own) => join(workloadsFolder, 'programs', `shared-dram-${own}.oasm`));
  const words = ['--shared-dram', '--chip', 'ideal'];
  const { exitCode, stdout } = await ohmic('simulate', ...sources, ...words, '--print', 'y');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('controller 0: y = 1.5 -0.5 -0.5\ncontroller 1: y = 1.5 -0.5 -0.5\n2 controllers on one DRAM: halted');
  const silent = sources.map((path, own) =>
    put(`s${own}.oasm`, readFileSync(path, 'utf8').replace(own === 0 ? / SEND .*/ : / RECV .*/, '')),
  );
  const raced = await ohmic('simulate', ...silent, ...words);
  expect(raced.exitCode).toBe(2);
  expect(raced.stdout).toMatch(
    /0 writes: DST at \S*s0.oasm:27:2 +1 writes: DST at \S*s1.oasm:27:2 +256 to 267 \(sum\) +1 +a FENCE/,
  );
});

test('a model shared between chips answers as on one', async () => {
  const { ohmic, put, at, names } = openSession();
  const model = put('net.onnx', digitModel);
  const words = ['--chip', 'ideal', '--samples', '6', '--instances', '1', '--quiet'];
  expect((await ohmic('compile', model, ...words, '--chips', '2', '-o', at('net.obin'))).exitCode).toBe(0);
  expect(names()).toEqual(expect.arrayContaining(['net.0.obin', 'net.1.obin']));
  const { stdout } = await ohmic('simulate', at('net.0.obin'), at('net.1.obin'), '--json');
  const report = JSON.parse(stdout) as ChipsReport;
  const whole = JSON.parse((await ohmic('run', model, ...words, '--json')).stdout);
  const { count, hits } = report.controllers[1]!.evaluations[0]!;
  expect([report.ending, count, hits / count]).toEqual(['halted', 6, whole.accuracy.simulated]);
  // A batch in each of three ages, and the lone image.
  expect(report.links).toMatchObject([{ from: 0, to: 1, messages: 4 }]);
  expect(report.controllers[1]!.byPhase.forward).toBeGreaterThan(0);
  expect((await ohmic('compile', model, '--chips', '60', '-o', at('x.obin'))).stderr).toContain('--chips found 60');
  const run = JSON.parse((await ohmic('run', model, ...words, '--chips', '2', '--json')).stdout) as ChipsReport;
  expect(run).toEqual(report);
  const kept = await ohmic('run', model, ...words, '--chips', '2', '--out', at('kept'), '--chip-seed', '1');
  expect(kept.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(at('kept/report.json'), 'utf8'))).toEqual(report);
  expect(readFileSync(at('kept/program.1.obin'))).toEqual(readFileSync(at('net.1.obin')));
  expect(readFileSync(at('kept/report.csv'), 'utf8')).toMatch(/^links,0 to 1,messages,4,$/m);
  expect((await ohmic('run', model, '--chips', '2', '--instances', '3')).stderr).toContain('2 with --instances 3');
  const timed = await ohmic('run', model, ...words, '--chips', '2', '--fidelity', 'timing');
  expect([timed.exitCode, timed.stdout.includes('controller 1: time per sample')]).toEqual([0, true]);
  const looked = await ohmic('compile', model, ...words, '--chips', '2', '--explain', '--optimise', 'latency');
  expect(looked.stdout).toContain('Chip 1: layers on tiles');
  expect(looked.stdout).toMatch(/by tiles( \*)? +0 % +in order/);
  const dumped = JSON.parse((await ohmic('compile', model, ...words, '--chips', '2', '--dump-pass', 'place')).stdout);
  expect(dumped).toHaveLength(2);
  const train = await ohmic('run', model, '--chips', '2', '--train', 'mixed');
  expect([train.exitCode, train.stderr.includes('2 with --train')]).toEqual([65, true]);
  expect((await ohmic('compile', model, '--chips', '2', '--len', '1', '--explain')).stderr).toContain('2 with --len 1');
  expect((await ohmic('run', 'digits-mlp-inference', '--chips', '2')).exitCode).toBe(65);
  expect((await ohmic('compile', 'digits-mlp-inference', '--chips', '2', '-o', at('x.obin'))).exitCode).toBe(65);
});
