import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { engines } from '../../../src/explore/submit-script.ts';
import { openSession, type Session } from '../session.ts';
import { hasProgram, ohmicWords, patience } from './process.ts';
import { startSlurm } from './slurm.ts';
import { putTinySweep } from './tiny-sweep.ts';

const more = 'stages: [{ fidelity: full, instances: 1 }]\n';
const noParallel = !hasProgram('parallel');
const noSlurm = ['slurmctld', 'slurmd', 'sbatch', 'munged'].some((name) => !hasProgram(name)) || process.getuid?.() !== 0;
if (noParallel) process.stderr.write('skipped 1 test: GNU parallel is not installed (apt install parallel)\n');
if (noSlurm) process.stderr.write('skipped 1 test: Slurm is not installed, or this is not root (apt install slurm-wlm munge)\n');

/** A command that dies at its first call for each part, as a node that fails would have it. */
function unreliable({ put, at }: Session): string {
  const script = put(
    'ohmic.sh',
    `#!/bin/sh
key=$(echo "$*" | tr -c 'a-zA-Z0-9\\n' _ | tail -c 60)
case "$*" in *--shard*) if mkdir "${at('.')}/died-$key" 2>/dev/null; then kill -9 $$; fi ;; esac
exec ${ohmicWords} "$@"
`,
  );
  return `sh ${script}`;
}

const expectSame = ({ at }: Session): void => {
  for (const form of ['jsonl', 'csv', 'parquet'])
    expect(readFileSync(at(`out/points.${form}`)), form).toEqual(readFileSync(at(`whole/points.${form}`)));
};

describe('submit', () => {
  test.each(engines)('prints a script for %s and changes nothing else', async (engine) => {
    const session = openSession();
    const sweep = putTinySweep(session, more);
    const { exitCode, stdout } = await session.ohmic(
      'sweep',
      'submit',
      sweep,
      '--out',
      session.at('o p'),
      '--engine',
      engine,
      '--tasks',
      '3',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain(engine === 'kubernetes' ? 'completions: 3' : `'${session.at('o p')}'`);
    expect(session.names().filter((name) => name.includes('results'))).toEqual([]);
    if (engine !== 'kubernetes') expect(spawnSync('sh', ['-n'], { input: stdout }).status).toBe(0);
  });

  test.skipIf(noParallel)(
    'GNU parallel, with workers that die, ends with the bytes of one process',
    async () => {
      const session = openSession();
      const { ohmic, at } = session;
      const sweep = putTinySweep(session, more);
      await ohmic('sweep', 'run', sweep, '--out', at('whole'), '--jobs', '0', '--quiet');
      const words = ['--engine', 'parallel', '--tasks', '3', '--jobs', '2', '--program', unreliable(session)];
      const { exitCode, stderr } = await ohmic('sweep', 'submit', sweep, '--out', at('out'), ...words, '--go');
      expect([exitCode, stderr]).toEqual([0, expect.stringContaining('6 points, 2 failed, 0 waiting')]);
      expect(session.names().filter((name) => name.startsWith('died-'))).toHaveLength(3);
      expectSame(session);
    },
    patience,
  );

  test.skipIf(noSlurm)(
    'a Slurm array, with tasks that die, ends with the bytes of one process',
    async () => {
      const session = openSession();
      const { ohmic, at } = session;
      const sweep = putTinySweep(session, more);
      await ohmic('sweep', 'run', sweep, '--out', at('whole'), '--jobs', '0', '--quiet');
      const slurm = startSlurm(session);
      try {
        const words = ['--engine', 'slurm', '--tasks', '3', '--jobs', '2', '--program', unreliable(session)];
        const { stdout } = await ohmic('sweep', 'submit', sweep, '--out', at('out'), ...words);
        writeFileSync(at('job.sh'), stdout);
        // The first array loses every task; the same script submitted again completes the set.
        const first = slurm.run('sbatch', '--wait', at('job.sh'));
        const second = slurm.run('sbatch', '--wait', at('job.sh'));
        expect([first.status === 0, second.status, second.stderr]).toEqual([false, 0, '']);
      } finally {
        slurm.stop();
      }
      expect((await ohmic('sweep', 'merge', at('out'))).stdout).toContain('6 points, 2 failed, 0 waiting');
      expectSame(session);
    },
    patience,
  );
});
