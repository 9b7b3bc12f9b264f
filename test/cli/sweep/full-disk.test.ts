import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSession } from '../session.ts';
import { ohmicWords, patience } from './process.ts';
import { putTinySweep } from './tiny-sweep.ts';

const more = 'repeats: 5\nstages: [{ fidelity: full, instances: 1 }]\n';

/** Runs a script where it may mount file systems of its own. */
const unshared = (script: string) => spawnSync('unshare', ['-rm', 'sh', '-ec', script], { encoding: 'utf8' });
const noMounts = unshared('mount -t tmpfs -o size=64k tmpfs /mnt').status !== 0;
if (noMounts) process.stderr.write('skipped 1 test: no file system can be mounted here (unshare -rm, mount -t tmpfs)\n');

test.skipIf(noMounts)(
  'a disk that is really full: 75, what is done is kept, the same bytes once there is room',
  async () => {
    const session = openSession();
    const { ohmic, at, names } = session;
    const sweep = putTinySweep(session, more);
    await ohmic('sweep', 'run', sweep, '--out', at('whole'), '--jobs', '0', '--quiet');
    const small = session.at('small');
    const { stdout, stderr } = unshared(`
    mkdir ${small}; mount -t tmpfs -o size=48k tmpfs ${small}
    ${ohmicWords} sweep run ${sweep} --out ${small}/out --jobs 0 --quiet && echo ended 0 || echo ended $?
    find ${small} -name '*.partial' | wc -l
    cp -r ${small}/out ${at('out')}
  `);
    const [ended, partial] = stdout.trim().split('\n');
    expect([ended, Number(partial)]).toEqual(['ended 75', 0]);
    expect(stderr).toContain('a full disk');
    expect(stderr).toContain('go on with: ohmic sweep resume');
    const results = names().filter((name) => /^out\/results\/.*\.json$/.test(name));
    expect(results.length).toBeGreaterThan(2);
    expect(results.length).toBeLessThan(30);
    expect((await ohmic('sweep', 'resume', at('out'), '--jobs', '0', '--quiet')).exitCode).toBe(3);
    expect(readFileSync(at('out/points.jsonl'))).toEqual(readFileSync(at('whole/points.jsonl')));
  },
  patience,
);
