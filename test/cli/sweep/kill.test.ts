import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openSession } from '../session.ts';
import { patience, startOhmic } from './process.ts';
import { putTinySweep } from './tiny-sweep.ts';

const more = 'repeats: 5\nstages: [{ fidelity: full, instances: 1 }]\n';
const results = (names: readonly string[]): number => names.filter((name) => /^out\/results\/.*\.json$/.test(name)).length;

test(
  'SIGKILL and SIGTERM in the middle lose nothing: 75 for the second, the same bytes after a resume',
  async () => {
    const session = openSession();
    const { ohmic, at, names } = session;
    const sweep = putTinySweep(session, more);
    await ohmic('sweep', 'run', sweep, '--out', at('whole'), '--jobs', '0', '--quiet');
    let before = 0;
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const { child, ended } = startOhmic(['sweep', 'run', sweep, '--out', at('out'), '--jobs', '1', '--quiet']);
      while (results(names()) < before + 3 && child.exitCode === null) await sleep(5);
      child.kill(signal);
      expect(await ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 75);
      expect(results(names())).toBeLessThan(30);
      before = results(names());
    }
    const resumed = await ohmic('sweep', 'resume', at('out'), '--jobs', '0', '--quiet');
    expect(resumed.exitCode).toBe(3);
    for (const form of ['jsonl', 'csv', 'parquet'])
      expect(readFileSync(at(`out/points.${form}`)), form).toEqual(readFileSync(at(`whole/points.${form}`)));
  },
  patience,
);
