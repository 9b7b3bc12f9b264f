import { expect, test } from 'vitest';
import { openSession } from '../session.ts';

test('list names every cell', async () => {
  const { exitCode, stdout } = await openSession().ohmic('device', 'list');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/cmo-hfox .*Falcone/);
  expect(stdout).toMatch(/ideal /);
});

test('show gives every parameter with its source, as table and as document', async () => {
  const { ohmic } = openSession();
  const { parameters } = JSON.parse((await ohmic('device', 'show', 'cmo-hfox', '--json')).stdout) as {
    parameters: { name: string; source: string }[];
  };
  const { stdout } = await ohmic('device', 'show', 'cmo-hfox');
  expect(parameters.length).toBeGreaterThan(10);
  for (const { name, source } of parameters) expect([stdout.includes(name), source.length > 0]).toEqual([true, true]);
});

test('an unknown cell names the nearest', async () => {
  const { exitCode, stdout, stderr } = await openSession().ohmic('device', 'show', 'cmo-hfx');
  expect([exitCode, stdout]).toEqual([65, '']);
  expect(stderr).toContain('did you mean cmo-hfox?');
});
