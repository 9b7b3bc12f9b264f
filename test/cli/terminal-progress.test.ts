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
  /** Everything drawn by one stage on a terminal of that width. */
  function drawnAt(columns: number, name: string, note: string) {
    const drawn: string[] = [];
    const terminal = { isTTY: true, columns, write: (text: string) => drawn.push(text) > 0 } as unknown as NodeJS.WriteStream;
    const said = { stdout: '', stderr: '' };
    const stage = terminalProgress(testIo(said, { progressTerminal: terminal }), false).stage(name, 4);
    stage.update(2, note);
    stage.done('accuracy 98 %');
    return { drawn, said };
  }

  test('a bar with the time left, replaced by one line at the end', () => {
    const { drawn, said } = drawnAt(100, 'train', 'loss 0.1');
    expect(drawn.join('')).toContain('train ');
    expect(drawn.join('')).toContain('/4');
    expect(said.stderr).toBe('train: accuracy 98 % (0.0 s)\n');
  });

  test.each([60, 80, 120])('its line fits into %d columns and changes no setting of the terminal', (columns) => {
    const { drawn } = drawnAt(columns, 'train the reference', 'a note that goes on '.repeat(10));
    const bars = drawn.filter((text) => text.startsWith('train'));
    expect(bars.length).toBeGreaterThan(0);
    for (const bar of bars) expect(bar.length).toBeLessThanOrEqual(columns);
    expect(drawn.join('')).not.toContain('\u001b[?');
  });
});
