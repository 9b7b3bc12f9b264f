import { describe, expect, test } from 'vitest';
import { openSession, type Session } from './session.ts';
import { putTinyExperiment } from './tiny-experiment.ts';

/** Words that train the tiny network with these settings. */
function putTraining(session: Session, algorithm: string, device = 'cmo-hfox-train'): readonly string[] {
  const [, ...data] = putTinyExperiment(session);
  const experiment = session.put(
    'training.yaml',
    `name: training\nnetwork: ${session.at('network.yaml')}\nchip: cmo-14nm-large\ndevice: ${device}\nset: [mapping.scheme=reference-cell]\n` +
      `algorithm: { deployTo: 0, ${algorithm} }\nages: [1 day]\n`,
  );
  return [experiment, ...data, '--quiet'];
}

async function run(algorithm: string, { device, words = [] }: { device?: string; words?: readonly string[] } = {}) {
  const session = openSession();
  return session.ohmic('run', ...putTraining(session, algorithm, device), ...words);
}

describe('bad training settings are said with what was found and what is wanted', () => {
  test.each([
    ['learningRate: 0', /training.yaml:6:\d+ found algorithm.learningRate = 0, expected a number > 0/],
    ['learningRate: .nan', /training.yaml:6:\d+ found algorithm.learningRate = NaN, expected a (finite )?number/],
    ['learningRate: -0.1', /found algorithm.learningRate = -0.1, expected a number > 0/],
    ['epochs: 0', /found algorithm.epochs = 0, expected a number >= 1/],
    ['batch: 0', /found algorithm.batch = 0, expected a number >= 1/],
    ['batch: 121', /algorithm.batch found 121, expected at most 120, the training samples there are/],
    ['leraningRate: 0.1', /did you mean learningRate\?/],
    ['bias: upstairs', /training.yaml:6:\d+ found algorithm.bias = "upstairs", expected one of digital, analog/],
  ])('%s', async (setting, message) => {
    const { exitCode, stderr, stdout } = await run(`kind: sgd, ${setting}`);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/at .*\.ts/);
    expect([exitCode, stdout]).toEqual([65, '']);
  });

  test('an algorithm that needs two tiles for each matrix on a chip with one', async () => {
    const one = { words: ['--set', 'grid.rows=1', '--set', 'grid.columns=1'] };
    const { exitCode, stderr } = await run('kind: agad', one);
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(/found 1 tiles of .* at least 2 tiles for .*agad needs a slow and a fast tile for each/);
    expect((await run('kind: sgd', one)).exitCode).toBe(0);
  });

  test('an unknown device, and one that cannot be pulsed', async () => {
    expect((await run('kind: sgd', { device: 'cmo-hfox-trian' })).stderr).toMatch(/did you mean cmo-hfox-train\?/);
    expect((await run('kind: sgd', { device: 'neurram' })).stderr).toMatch(/has no response to update pulses/);
  });

  test('no epochs on the command line', async () => {
    const { exitCode, stderr } = await run('kind: sgd', { words: ['--epochs', '0'] });
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/--epochs/);
  });
});

test.each([
  'kind: mixed, batch: 1, samples: 12',
  'kind: sgd, batch: 120',
  'kind: sgd, learningRate: 1000',
])('%s gives finite results', async (setting) => {
  const { exitCode, stdout } = await run(`${setting}, epochs: 1`, { words: ['--json'] });
  expect(exitCode).toBe(0);
  const [epoch] = JSON.parse(stdout).training.epochs;
  for (const value of [epoch.loss, epoch.accuracy, epoch.energy, epoch.seconds]) expect(Number.isFinite(value)).toBe(true);
});

describe('settings of the algorithm on the command line', () => {
  test('analog biases take one row more and no digital ones', async () => {
    const words = ['--set', 'algorithm.bias=analog', '--set', 'algorithm.kind=mixed', '--json'];
    const { exitCode, stdout } = await run('kind: sgd, epochs: 1, samples: 40', { words });
    expect(exitCode).toBe(0);
    expect(Number.isFinite(JSON.parse(stdout).training.epochs[0].loss)).toBe(true);
  });

  test('a wrong one is refused, as is one for an experiment that does not train on the chip', async () => {
    const wrong = await run('kind: sgd', { words: ['--set', 'algorithm.bias=upstairs'] });
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      65,
      expect.stringMatching(/algorithm.bias = "upstairs", expected one of digital, analog/),
    ]);
    const other = await openSession().ohmic('run', 'digits-mlp-inference', '--set', 'algorithm.bias=analog');
    expect([other.exitCode, other.stderr]).toEqual([65, expect.stringMatching(/does not train on the chip/)]);
  });
});
