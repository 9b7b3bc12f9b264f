import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adopt, auditSample, auditStore } from '../../src/explore/audit.ts';
import type { Point } from '../../src/explore/axis.ts';
import type { Executor } from '../../src/explore/executor.ts';
import { failedResult, type ItemResult, openSealed, sealResult } from '../../src/explore/item-result.ts';
import { DeterminismError, openStore, type SweepFiles } from '../../src/explore/result-store.ts';
import { inShard, runSweep, type Shard } from '../../src/explore/run-sweep.ts';
import type { WorkItem } from '../../src/explore/work-item.ts';
import { pointRecords, recordsAsJsonLines } from '../../src/report/sweep-export.ts';
import { type FakeSweep, fakeResult, fakeSweep, memoryFiles } from './fake-sweep.ts';

const silent = { round: () => {}, result: () => {}, roundDone: () => {} };
const grid = `axes:\n  - { path: a, values: [1, 2, 4, 8, 13] }\n  - { path: b, values: [0, 1, 2] }\nobjectives: [energyPerSample, area]\n`;
const staged = `${grid}stages:\n  - { fidelity: timing }\n  - { fidelity: full, keep: 0.5 }\nrepeats: 2\n`;
const searched = `axes:\n  - { path: a, range: { from: 1, to: 9 } }\n  - { path: b, values: [0, 1] }\nobjectives: [energyPerSample, area]\nsampling: { method: nsga2, population: 8, generations: 4, seed: 3 }\n`;

const compute = ({ id, job }: WorkItem): ItemResult =>
  fakeResult(id, job.experiment.point as Point, job.experiment.repeat as number);

/** Finishes items in an order that `pick` decides. */
const executorOf = (work: (item: WorkItem) => ItemResult, slots = 1, delay: () => number = () => 0): Executor => ({
  slots,
  execute: async (item) => {
    for (let turn = delay(); turn > 0; turn--) await Promise.resolve();
    return sealResult(work(item));
  },
  close: async () => {},
});

const run = (sweep: FakeSweep, files: SweepFiles, executor: Executor, shard?: Shard) =>
  runSweep({
    surveyor: sweep.surveyor,
    store: openStore(files, 'out'),
    executor,
    progress: silent,
    ...(shard === undefined ? {} : { shard }),
  });

/** The merged bytes of a folder. */
function merged({ spec, surveyor }: FakeSweep, files: SweepFiles): string {
  return recordsAsJsonLines(pointRecords(spec, surveyor.survey(openStore(files, 'out').read).rows));
}

async function reference(text: string): Promise<string> {
  const files = memoryFiles();
  const survey = await run(fakeSweep(text), files, executorOf(compute));
  expect(survey.complete).toBe(true);
  return merged(fakeSweep(text), files);
}

describe.each([
  ['a grid', grid],
  ['two stages with repeats', staged],
  ['a search', searched],
])('%s', (_, text) => {
  test('ends with the same bytes however many workers there are and in whatever order they finish', async () => {
    const wanted = await reference(text);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }),
        async (workers, delays) => {
          const files = memoryFiles();
          let at = 0;
          await run(
            fakeSweep(text),
            files,
            executorOf(compute, workers, () => delays[at++ % delays.length]!),
          );
          expect(merged(fakeSweep(text), files)).toBe(wanted);
        },
      ),
      { numRuns: 5 },
    );
  });

  test('killed at any moment, with files cut or lost, it resumes to the same bytes', async () => {
    const wanted = await reference(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(12), fc.nat(400), fc.boolean(), async (calls, cut, lose) => {
        const files = memoryFiles();
        let left = calls;
        const dying = executorOf((item) => {
          if (left-- === 0) throw new Error('killed');
          return compute(item);
        });
        await run(fakeSweep(text), files, dying).catch((error: Error) => expect(error.message).toBe('killed'));
        const [path] = files.entries.keys();
        if (path !== undefined && lose) files.entries.delete(path);
        else if (path !== undefined) files.write(path, files.entries.get(path)!.slice(0, cut));
        await run(fakeSweep(text), files, executorOf(compute));
        expect(merged(fakeSweep(text), files)).toBe(wanted);
      }),
      { numRuns: 8 },
    );
  });

  test('two runs on one folder at once give the same bytes', async () => {
    const wanted = await reference(text);
    const files = memoryFiles();
    await Promise.all([
      run(
        fakeSweep(text),
        files,
        executorOf(compute, 2, () => 3),
      ),
      run(fakeSweep(text), files, executorOf(compute, 3)),
    ]);
    expect(merged(fakeSweep(text), files)).toBe(wanted);
  });

  test('parts computed apart and merged in any order give the same bytes', async () => {
    const wanted = await reference(text);
    const folders = [memoryFiles(), memoryFiles(), memoryFiles()];
    const whole = memoryFiles();
    for (let round = 0; round < 5; round++) {
      for (const [index, files] of folders.entries()) {
        adopt(openStore(whole, 'out'), openStore(files, 'out'));
        await run(fakeSweep(text), files, executorOf(compute), { index, count: folders.length });
      }
      for (const files of round % 2 === 0 ? folders : [...folders].reverse())
        adopt(openStore(files, 'out'), openStore(whole, 'out'));
    }
    expect(merged(fakeSweep(text), whole)).toBe(wanted);
  });
});

describe('results', () => {
  test('that differ for one item are a determinism error, and both are kept', async () => {
    const files = memoryFiles();
    const store = openStore(files, 'out');
    const { items } = fakeSweep(grid).surveyor.survey(() => undefined);
    const result = compute(items[0]!);
    store.write(sealResult(result));
    store.write(openSealed(sealResult(result).text));
    const other = { ...result, metrics: { ...result.metrics, area: 7 } };
    expect(() => store.write(sealResult(other))).toThrow(DeterminismError);
    expect(auditStore(items, openStore(files, 'out')).conflicts).toEqual([items[0]!.id]);
    const elsewhere = memoryFiles();
    openStore(elsewhere, 'out').write(sealResult(other));
    expect(() => adopt(openStore(elsewhere, 'out'), openStore(files, 'out'))).toThrow(DeterminismError);
  });

  test('of a worker that died are tried twice, then kept as a failure that the next run tries again', async () => {
    const files = memoryFiles();
    const calls = new Map<string, number>();
    const dying = executorOf((item) => {
      calls.set(item.id, (calls.get(item.id) ?? 0) + 1);
      return failedResult(item.id, 'crashed', 'gone');
    });
    const survey = await run(fakeSweep(grid), files, dying);
    expect(new Set(calls.values())).toEqual(new Set([2]));
    expect(survey.rows.every(({ status, failure }) => status === 'failed' && failure === 'gone')).toBe(true);
    await run(fakeSweep(grid), files, executorOf(compute));
    expect(merged(fakeSweep(grid), files)).toBe(await reference(grid));
  });

  test('of points added later join those there are', async () => {
    const files = memoryFiles();
    await run(fakeSweep(grid), files, executorOf(compute));
    const more = grid.replace('[0, 1, 2]', '[0, 1, 2, 3]');
    const computed: string[] = [];
    await run(
      fakeSweep(more),
      files,
      executorOf((item) => {
        computed.push(item.id);
        return compute(item);
      }),
    );
    expect(computed).toHaveLength(5);
    expect(merged(fakeSweep(more), files)).toBe(await reference(more));
  });
});

test('an abort keeps what is done and starts nothing more', async () => {
  const stop = new AbortController();
  const sweep = fakeSweep(grid);
  const files = memoryFiles();
  let done = 0;
  const executor = executorOf((item) => {
    done += 1;
    if (done === 4) stop.abort();
    return compute(item);
  });
  await runSweep({ surveyor: sweep.surveyor, store: openStore(files, 'out'), executor, progress: silent, signal: stop.signal });
  expect([done, files.entries.size]).toEqual([4, 4]);
});

test('items of one group wait for its first', async () => {
  const sweep = fakeSweep('axes: [{ path: share, values: [x, y] }, { path: a, values: [1, 2, 3, 4] }]\nobjectives: [area]\n');
  const events: string[] = [];
  const executor: Executor = {
    slots: 4,
    execute: async (item) => {
      const share = item.shareKey;
      events.push(`start ${share}`);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      events.push(`end ${share}`);
      return sealResult(compute(item));
    },
    close: async () => {},
  };
  await run(sweep, memoryFiles(), executor);
  for (const share of ['x', 'y']) {
    expect(events.filter((event) => event.endsWith(share)).slice(0, 3)).toEqual([
      `start ${share}`,
      `end ${share}`,
      `start ${share}`,
    ]);
  }
});

test('parts are disjoint and complete; the sample of a check does not depend on the order', () => {
  const { items } = fakeSweep(grid).surveyor.survey(() => undefined);
  for (const { id } of items) {
    expect([0, 1, 2].filter((index) => inShard(id, { index, count: 3 }))).toHaveLength(1);
  }
  const ids = (list: typeof items) => auditSample(list, 0.3).map(({ id }) => id);
  expect(ids([...items].reverse())).toEqual(ids(items));
});
