import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Report } from '../../../src/simulate/report.ts';
import { openSession } from '../session.ts';
import { putTinyExperiment } from '../tiny-experiment.ts';

const pulses = (): string => {
  const lines = ['device,direction,conductance_uS', 'a,,20'];
  let conductance = 20;
  for (let pulse = 0; pulse < 200; pulse++) {
    const up = pulse % 40 < 20;
    conductance += up ? 0.05 * (100 - conductance) : -0.05 * (conductance - 10);
    lines.push(`a,${up ? 'up' : 'down'},${conductance}`);
  }
  return lines.join('\n');
};

test('characterise prints tables and writes numbers and charts', async () => {
  const { ohmic, at, names } = openSession();
  const { exitCode, stdout } = await ohmic('device', 'characterise', 'cmo-hfox', '--cells', '1000', '--out', at('out'));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/levels at six sigma/);
  expect(stdout).toMatch(/closed-loop +0\.2 %/);
  expect(names()).toEqual(
    expect.arrayContaining(['out/report.json', 'out/levels.csv', 'out/staircase.svg', 'out/steps-curves.csv']),
  );
  expect(readFileSync(at('out/staircase.svg'), 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
  expect(JSON.parse(readFileSync(at('out/report.json'), 'utf8'))).toMatchObject({
    schema: 'ohmic.laboratory/1',
    name: 'cmo-hfox',
  });
});

test('characterise takes acceptances and the distance of levels', async () => {
  const { ohmic, at, names } = openSession();
  const options = ['--cells', '500', '--sigmas', '3', '--acceptance', '0.01', '--acceptance', '0.05', '--out', at('out')];
  const { exitCode, stdout } = await ohmic('device', 'characterise', 'cmo-hfox', ...options);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/levels at 3 sigma/);
  expect(stdout.match(/closed-loop +\d+ %/g)).toEqual([expect.stringMatching(/ 1 %$/), expect.stringMatching(/ 5 %$/)]);
  expect(names()).toContain('out/level-distribution.svg');
  for (const wrong of [
    ['--sigmas', '0'],
    ['--acceptance', '2'],
  ])
    expect((await ohmic('device', 'characterise', 'cmo-hfox', ...wrong)).exitCode).toBe(64);
});

test('fit writes a device file that every command takes', async () => {
  const { ohmic, at, put } = openSession();
  const csv = put('pulses.csv', pulses());
  const fitted = await ohmic('device', 'fit', csv, '-o', at('mine.yaml'), '--name', 'mine');
  expect(fitted.exitCode).toBe(0);
  expect(fitted.stdout).toMatch(/symmetry point/);
  const shown = await ohmic('device', 'show', at('mine.yaml'), '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({ name: 'mine' });
  const characterised = await ohmic('device', 'characterise', at('mine.yaml'), '--cells', '200', '--json');
  expect(JSON.parse(characterised.stdout)).toMatchObject({ name: 'mine', schema: 'ohmic.laboratory/1' });
});

test('a fitted cell runs, trains on the chip, and its program needs the file no more', async () => {
  const session = openSession();
  const { ohmic, at, put } = session;
  await ohmic('device', 'fit', put('pulses.csv', pulses()), '-o', at('mine.yaml'), '--name', 'mine');
  const experiment = putTinyExperiment(session);
  const options = ['--device', at('mine.yaml'), '--json', '--quiet'];
  const ran = await ohmic('run', ...experiment, ...options);
  const compiled = await ohmic('compile', ...experiment, '--device', at('mine.yaml'), '-o', at('p.obin'), '--quiet');
  expect([ran.exitCode, compiled.exitCode]).toEqual([0, 0]);
  rmSync(at('mine.yaml'));
  const { run: _, ...report } = JSON.parse(ran.stdout) as Report;
  expect(report.provenance).toMatchObject({ device: 'mine' });
  const { run: __, ...simulated } = JSON.parse((await ohmic('simulate', at('p.obin'), '--json', '--quiet')).stdout) as Report;
  expect(simulated).toEqual(report);
  const carried = await ohmic('simulate', at('p.obin'), '--device', 'pcm', '--quiet');
  expect([carried.exitCode, carried.stderr]).toEqual([65, expect.stringContaining('carries its chip and cells')]);
  await ohmic('device', 'fit', at('pulses.csv'), '-o', at('mine.yaml'), '--name', 'mine');
  const training = put(
    'training.yaml',
    `name: training\nnetwork: ${at('network.yaml')}\nchip: cmo-14nm-large\nset: [mapping.scheme=reference-cell]\nalgorithm: { kind: mixed, epochs: 1, batch: 10, learningRate: 0.1, weightMax: 0.6 }\nages: [1 day]\n`,
  );
  const trained = await ohmic('run', training, '--data', at('tiny'), ...options);
  expect(trained.exitCode).toBe(0);
  expect((JSON.parse(trained.stdout) as Report).activity.pulses).toBeGreaterThan(0);
});

test('bad input is bad input', async () => {
  const { ohmic, at, put } = openSession();
  const nowhere = await ohmic('device', 'fit', at('none.csv'));
  expect([nowhere.exitCode, nowhere.stdout]).toEqual([65, '']);
  const named = await ohmic('device', 'fit', put('pulses.csv', pulses()), '-o', at('x.yaml'), '--name', 'No Good');
  expect(named.exitCode).toBe(65);
  const broken = await ohmic('device', 'characterise', put('device.yaml', 'name: x\n'));
  expect(broken.exitCode).toBe(65);
  expect(broken.stderr).toContain('no window');
  expect((await ohmic('device', 'characterise', 'pcn')).stderr).toContain('did you mean pcm?');
});

test('an experiment of a paper runs by name and refuses options it has no use for', async () => {
  const { ohmic, at, names } = openSession();
  const ran = await ohmic('run', 'choi-disturb', '--json', '--out', at('out'));
  expect(ran.exitCode).toBe(0);
  const { rows } = JSON.parse(ran.stdout) as { rows: { id: string; ok: boolean }[] };
  expect(rows.map(({ id }) => id)).toEqual(['V14@1e-5', 'V14@1e-7', 'disturb-ratio', 'disturb-drift', 'disturb-mapping']);
  expect(rows.every(({ ok }) => ok)).toBe(true);
  expect(names()).toEqual(expect.arrayContaining(['out/ir-drop.svg', 'out/half-select.csv']));
  const refused = await ohmic('run', 'choi-disturb', '--chip', 'cmo-130nm');
  expect([refused.exitCode, refused.stdout]).toEqual([65, '']);
  expect(refused.stderr).toContain('--chip');
  expect((await ohmic('run', 'falcone-mvm', '--instances', '1')).exitCode).toBe(65);
});

test('the states of the paper are within tolerance', async () => {
  const { exitCode, stdout } = await openSession().ohmic('run', 'falcone-states', '--quiet');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/V9 +levels at six sigma/);
  expect(stdout).not.toContain('FAILED');
});
