import { describe, expect, test } from 'vitest';
import { openSession, type Session } from './session.ts';
import { putTinyExperiment } from './tiny-experiment.ts';

/** The tiny experiment, trained on the chip. */
function putTraining(session: Session): readonly string[] {
  const [, ...data] = putTinyExperiment(session);
  const experiment = session.put(
    'training.yaml',
    `name: training\nnetwork: ${session.at('network.yaml')}\nchip: cmo-14nm-large\ndevice: cmo-hfox-train\nset: [mapping.scheme=reference-cell]\n` +
      'algorithm: { kind: mixed, epochs: 3, deployTo: 2, deploySamples: 10 }\nages: [1 day]\n',
  );
  return [experiment, ...data, '--quiet'];
}

const withoutRun = (text: string): unknown => {
  const { run: _, ...report } = JSON.parse(text);
  return report;
};

describe('ohmic run of a training experiment', () => {
  test('prints a row per epoch', async () => {
    const session = openSession();
    const { exitCode, stdout } = await session.ohmic('run', ...putTraining(session));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Training on the chip with mixed, 120 samples an epoch/);
    expect(stdout).toMatch(/chip-trained weights on 2 instances of cmo-hfox-train/);
  });

  test('stops with 75 when asked to end, and goes on with the same bytes', async () => {
    const session = openSession();
    const words = putTraining(session);
    const whole = await session.ohmic('run', ...words, '--json');
    const folder = session.at('out');
    const stopping = openSession({
      onStop: (listener) => {
        listener();
        return () => {};
      },
    });
    const stopped = await stopping.ohmic('run', ...words, '--json', '--out', folder);
    expect(stopped.exitCode).toBe(75);
    expect(stopped.stderr).toMatch(/--resume goes on/);
    const resumed = await session.ohmic('run', ...words, '--json', '--out', folder, '--resume');
    expect(resumed.exitCode).toBe(0);
    expect(withoutRun(resumed.stdout)).toEqual(withoutRun(whole.stdout));
  });

  test('does not go on from a damaged checkpoint or that of another run', async () => {
    const session = openSession();
    const words = putTraining(session);
    const folder = session.at('out');
    await session.ohmic('run', ...words, '--out', folder);
    const other = await session.ohmic('run', ...words, '--out', folder, '--resume', '--seed', '9');
    expect(other.exitCode).toBe(65);
    expect(other.stderr).toMatch(/a checkpoint of another run/);
    session.put('out/checkpoint.bin', 'x'.repeat(200));
    const damaged = await session.ohmic('run', ...words, '--out', folder, '--resume');
    expect(damaged.stderr).toMatch(/a damaged checkpoint/);
  });

  test('needs a folder to resume from', async () => {
    const session = openSession();
    const { exitCode, stderr } = await session.ohmic('run', ...putTraining(session), '--resume');
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(/the folder of the run to go on with/);
  });
});
