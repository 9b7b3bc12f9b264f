import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputError } from '../../src/config/issue.ts';
import type { Point } from '../../src/explore/axis.ts';
import { localExecutor } from '../../src/explore/executor.ts';
import { openStore, type SweepFiles } from '../../src/explore/result-store.ts';
import { runSweep } from '../../src/explore/run-sweep.ts';
import { pointRecords, recordsAsJsonLines } from '../../src/report/sweep-export.ts';
import { fakeResult, fakeSweep, memoryFiles } from './fake-sweep.ts';

const text = `axes:\n  - { path: a, values: [1, 2, 4, 8, 13] }\n  - { path: b, values: [0, 1, 2] }\nobjectives: [energyPerSample, area]\nstages:\n  - { fidelity: timing }\n  - { fidelity: full, keep: 0.5 }\n`;

/** A disk with room for so many files more; then every write fails and leaves nothing, as the real port does. */
const fullAfter = (files: SweepFiles, room: number): SweepFiles => {
  let left = room;
  return {
    ...files,
    write: (path, bytes) => {
      if (left === 0) throw inputError(path, 'a full disk', 'a place that can be written');
      left -= 1;
      files.write(path, bytes);
    },
  };
};

async function run(files: SweepFiles): Promise<string> {
  const { spec, surveyor } = fakeSweep(text);
  const executor = localExecutor(({ id, job }) => fakeResult(id, job.experiment.point as Point, 0));
  const silent = { round: () => {}, result: () => {}, roundDone: () => {} };
  const { rows } = await runSweep({ surveyor, store: openStore(files, 'out'), executor, progress: silent });
  return recordsAsJsonLines(pointRecords(spec, rows));
}

test('a disk that fills up at any moment ends the run and loses nothing: more room, the same bytes', async () => {
  const wanted = await run(memoryFiles());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), async (rooms) => {
      const files = memoryFiles();
      let kept = 0;
      for (const room of rooms) {
        const ended = await run(fullAfter(files, room)).catch((error: Error) => error.message);
        kept += room;
        if (ended === wanted) continue;
        expect(ended).toContain('a full disk');
        expect(files.entries.size).toBe(kept);
      }
      expect(await run(files)).toBe(wanted);
    }),
    { seed: 7, numRuns: 25 },
  );
});
