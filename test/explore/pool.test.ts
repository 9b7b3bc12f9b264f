import { expect, test } from 'vitest';
import { createPool } from '../../src/explore/pool.ts';

const workerFile = new URL('./crash-worker.ts', import.meta.url).href;
const item = (does: string) => ({ id: does, shareKey: '', job: { experiment: { does }, fidelity: 'full' as const } });

test('a worker that exits, throws, hoards or hangs costs its own item only', async () => {
  const execArgv = ['--import', import.meta.resolve('tsx')];
  const pool = createPool({ workerFile, execArgv, workerData: {}, workers: 2, memoryMb: 96, seconds: 8 });
  try {
    const work = ['fine', 'exit', 'throw', 'hoard', 'hang', 'fine'].map((does) => pool.execute(item(does)));
    const results = await Promise.all(work);
    expect(results.map(({ result }) => result.failure?.kind)).toEqual([
      undefined,
      'crashed',
      'crashed',
      'memory',
      'timeout',
      undefined,
    ]);
    expect(results[0]!.result.metrics).toEqual({ area: 1 });
    const stop = new AbortController();
    const cut = pool.execute(item('hang'), stop.signal);
    stop.abort();
    await expect(cut).rejects.toThrow();
  } finally {
    await pool.close();
  }
});
