import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSession } from '../session.ts';
import { putTinyExperiment } from '../tiny-experiment.ts';

test('writes what run would execute, and the same bytes every time', async () => {
  const session = openSession();
  const { ohmic, at } = session;
  const words = putTinyExperiment(session);
  const { exitCode, stdout, stderr } = await ohmic('compile', ...words, '-o', at('a.obin'));
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/a\.obin: \d+ words\n$/);
  await ohmic('run', ...words, '--quiet', '--out', at('ran'));
  expect(readFileSync(at('ran/program.obin')).equals(readFileSync(at('a.obin')))).toBe(true);
});

test('another seed is another program', async () => {
  const session = openSession();
  const { ohmic, at } = session;
  const words = putTinyExperiment(session);
  await ohmic('compile', ...words, '-o', at('a.obin'), '--quiet');
  await ohmic('compile', ...words, '-o', at('b.obin'), '--quiet', '--seed', '2');
  expect(readFileSync(at('b.obin')).equals(readFileSync(at('a.obin')))).toBe(false);
});

test('a place that cannot be written is bad input, told before the work', async () => {
  const session = openSession();
  const words = putTinyExperiment(session);
  const before = session.names();
  const { exitCode, stderr } = await session.ohmic('compile', ...words, '-o', session.at('tiny.yaml/p.obin'));
  expect(exitCode).toBe(65);
  expect(stderr).toMatch(/^\S+p\.obin found .*, expected a place that can be written\n$/);
  expect(session.names()).toEqual(before);
});
