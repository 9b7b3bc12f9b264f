import { expect, test } from 'vitest';
import { openSession, type Session } from './session.ts';
import { putTinyExperiment } from './tiny-experiment.ts';

/** Inference and training of the tiny network, as one run. */
function putParts(session: Session): readonly string[] {
  const [inference, ...data] = putTinyExperiment(session);
  const training = session.put(
    'training.yaml',
    `name: training\nnetwork: ${session.at('network.yaml')}\nchip: cmo-14nm-large\ndevice: cmo-hfox-train\nset: [mapping.scheme=reference-cell]\n` +
      'algorithm: { kind: sgd, epochs: 1, deployTo: 0 }\nages: [1 day]\n',
  );
  return [session.put('both.yaml', `kind: parts\nname: both\nparts: [${inference}, ${training}]\n`), ...data, '--quiet'];
}

test('every part is run and shown, the energy of an epoch included', async () => {
  const session = openSession();
  const { exitCode, stdout } = await session.ohmic('run', ...putParts(session));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^tiny on cmo-130nm[\s\S]*Energy per sample by component[\s\S]*\ntraining on cmo-14nm-large/);
  expect(stdout).toMatch(/Training on the chip with sgd, 120 samples an epoch\n.*chip time +energy/);
});

test('one document holds the report of every part, each as it is alone', async () => {
  const session = openSession();
  const words = putParts(session);
  const { stdout } = await session.ohmic('run', ...words, '--json');
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ schema: 'ohmic.parts/1', name: 'both' });
  expect(document.parts[1].training.epochs[0].energy).toBeGreaterThan(0);
  const alone = await session.ohmic('run', session.at('tiny.yaml'), ...words.slice(1), '--json');
  const { run: _, ...report } = JSON.parse(alone.stdout);
  const { run: __, ...part } = document.parts[0];
  expect(part).toEqual(report);
});

test('options of one chip are refused, with the parts that take them; other commands ask for one of them', async () => {
  const session = openSession();
  const [path, ...data] = putParts(session);
  const { exitCode, stderr } = await session.ohmic('run', path!, ...data, '--chip', 'cmo-14nm');
  expect(exitCode).toBe(65);
  expect(stderr).toMatch(/run both found --chip, expected no such option: every part has its own; run one of .*tiny.yaml/);
  const compiled = await session.ohmic('compile', path!, '-o', session.at('p.obin'));
  expect(compiled.stderr).toMatch(/found a list of experiments, expected one of them: .*tiny.yaml, .*training.yaml/);
});

test('the folder keeps one folder a part', async () => {
  const session = openSession();
  const parts = session.put('one.yaml', `kind: parts\nname: one\nparts: [${putTinyExperiment(session)[0]}]\n`);
  await session.ohmic('run', parts, '--data', session.at('tiny'), '--out', session.at('out'), '--quiet');
  expect(session.names()).toContain('out/tiny/report.json');
});
