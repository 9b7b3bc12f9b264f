import { describe, expect, test } from 'vitest';
import { terminalProgress } from '../../src/cli/terminal-progress.ts';
import { testIo } from './session.ts';

/** A clock the test sets, in milliseconds, and what was said. */
function bench(quiet = false) {
  const said = { stdout: '', stderr: '' };
  const clock = { ms: 0 };
  return { said, clock, progress: terminalProgress(testIo(said, { now: () => clock.ms }), quiet) };
}

describe('without a terminal', () => {
  test('a short step is one line', () => {
    const { said, clock, progress } = bench();
    const stage = progress.stage('train', 8);
    clock.ms = 900;
    stage.update(4, 'loss 0.1');
    clock.ms = 1500;
    stage.done('accuracy 98 %');
    expect(said).toEqual({ stdout: '', stderr: 'train: accuracy 98 % (1.5 s)\n' });
  });

  test('a long step says where it is, now and then', () => {
    const { said, clock, progress } = bench();
    const stage = progress.stage('train', 40);
    for (let epoch = 1; epoch <= 40; epoch++) {
      clock.ms += 1000;
      stage.update(epoch, `epoch ${epoch}`);
    }
    stage.done();
    expect(said.stderr.trimEnd().split('\n')).toEqual([
      'train: 10/40, epoch 10 (10.0 s so far)',
      'train: 20/40, epoch 20 (20.0 s so far)',
      'train: 30/40, epoch 30 (30.0 s so far)',
      'train: 40/40, epoch 40 (40.0 s so far)',
      'train: done (40.0 s)',
    ]);
  });
});

test('quiet says nothing', () => {
  const { said, clock, progress } = bench(true);
  const stage = progress.stage('train', 2);
  clock.ms = 60_000;
  stage.update(1);
  stage.done('over');
  expect(said.stderr).toBe('');
});

describe('on a terminal', () => {
  test('a bar with the time left, replaced by one line at the end', () => {
    const drawn: string[] = [];
    const terminal = {
      isTTY: true,
      columns: 100,
      write: (text: string) => drawn.push(text) > 0,
    } as unknown as NodeJS.WriteStream;
    const said = { stdout: '', stderr: '' };
    const progress = terminalProgress(testIo(said, { progressTerminal: terminal }), false);
    const stage = progress.stage('train', 4);
    stage.update(2, 'loss 0.1');
    stage.done('accuracy 98 %');
    expect(drawn.join('')).toContain('train ');
    expect(drawn.join('')).toContain('/4');
    expect(said.stderr).toBe('train: accuracy 98 % (0.0 s)\n');
  });
});
