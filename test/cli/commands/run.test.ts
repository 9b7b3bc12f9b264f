import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/simulate/report.ts';
import { openSession } from '../session.ts';
import { putTinyExperiment } from '../tiny-experiment.ts';

const reproducible = (text: string): Omit<Report, 'run'> => {
  const { run, ...rest } = JSON.parse(text) as Report;
  expect(run.workers).toBeGreaterThan(0);
  return rest;
};

describe('run', () => {
  test('--json is one pure document on stdout; --out keeps it, with the program', async () => {
    const session = openSession();
    const { ohmic, at, names } = session;
    const words = putTinyExperiment(session);
    const { exitCode, stdout, stderr } = await ohmic('run', ...words, '--json', '--out', at('results'));
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ schema: 'ohmic.report/1', name: 'tiny', ending: 'halted', fidelity: 'full' });
    expect(report.accuracy).toMatchObject({ samples: 30, instances: 2 });
    expect(report.accuracy!.byAge.map(({ label }) => label)).toEqual(['1 s', '1 day']);
    expect(stderr).toContain('train the float reference');
    const kept = names().filter((name) => name.startsWith('results/'));
    expect(kept).toEqual(['results/program.obin', 'results/report.csv', 'results/report.json']);
    expect(readFileSync(at('results/report.json'), 'utf8')).toBe(stdout);
  });

  test('simulate of the program that run kept gives the same report', async () => {
    const session = openSession();
    const { ohmic, at } = session;
    const ran = await ohmic('run', ...putTinyExperiment(session), '--json', '--quiet', '--out', at('kept'));
    const simulated = await ohmic('simulate', at('kept/program.obin'), '--json', '--quiet');
    expect([ran.stderr, simulated.stderr]).toEqual(['', '']);
    expect(reproducible(simulated.stdout)).toEqual(reproducible(ran.stdout));
  });

  test('the page names every part a reader asks for', async () => {
    const session = openSession();
    const { exitCode, stdout } = await session.ohmic('run', ...putTinyExperiment(session), '--quiet');
    expect(exitCode).toBe(0);
    const parts = [
      ...['software (float)', 'chip, 1 day', 'latency of one sample', 'throughput', 'programming energy, apart', 'TOPS/W'],
      ...['Energy per sample by component', 'Energy per sample by layer', 'Area by component', 'Efficiency: ', 'assumed'],
    ];
    for (const part of parts) expect(stdout).toContain(part);
  });

  test('options change the experiment', async () => {
    const session = openSession();
    const words = ['--chip', 'cmo-14nm', '--set', 'tile.rows=128', '--samples', '10', '--chip-seed', '7', '--fidelity', 'values'];
    const { stdout } = await session.ohmic(
      'run',
      ...putTinyExperiment(session),
      ...words,
      '--instances',
      '1',
      '--json',
      '--quiet',
    );
    const report = JSON.parse(stdout) as Report;
    expect(report.provenance).toMatchObject({ chip: 'cmo-14nm', chipSeeds: [7] });
    expect(report.accuracy).toMatchObject({ samples: 10, instances: 1 });
    expect(report.time).toBeUndefined();
  });
});

describe('run refuses', () => {
  test('an unknown experiment, with those there are', async () => {
    const { exitCode, stdout, stderr } = await openSession().ohmic('run', 'digits-mlp-infrence');
    expect([exitCode, stdout]).toEqual([65, '']);
    expect(stderr).toContain('mnist-mlp-inference');
    expect(stderr).toContain('did you mean digits-mlp-inference?');
  });

  test.each([
    ['an empty file', ''],
    ['an unknown key', 'name: x\nnetwork: mlp-784-64-10\nsampels: 3\n'],
    ['an unknown network', 'name: x\nnetwork: mlp-784-65-10\n'],
    ['ages out of order', 'name: x\nnetwork: mlp-784-64-10\nages: [1 day, 1 s]\n'],
  ])('%s', async (_, text) => {
    const { ohmic, put, at, names } = openSession();
    const { exitCode, stdout, stderr } = await ohmic('run', put('x.yaml', text), '--out', at('out'));
    expect([exitCode, stdout]).toEqual([65, '']);
    expect(stderr).toMatch(/ found .* expected /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(names()).toEqual(['x.yaml']);
  });

  test.each([
    ['--chip', 'cmo-130mn', 'did you mean cmo-130nm?'],
    ['--device', 'cmo-hfx', 'did you mean cmo-hfox?'],
    ['--set', 'tile.adc.bitz=6', 'did you mean tile.adc.bits?'],
    ['--data', '/nowhere/at/all', 'train-images-idx3-ubyte'],
  ])('%s %s', async (option, value, hint) => {
    const session = openSession();
    const { exitCode, stderr } = await session.ohmic('run', ...putTinyExperiment(session), option, value);
    expect(exitCode).toBe(65);
    expect(stderr).toContain(hint);
  });
});
