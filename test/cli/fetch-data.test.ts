import { describe, expect, test } from 'vitest';
import { type DataSource, dataSources } from '../../src/cli/data-sources.ts';
import { fetchData } from '../../src/cli/fetch-data.ts';
import type { Io } from '../../src/cli/io.ts';
import { sha256 } from '../../src/config/hash.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { openSession, testIo } from './session.ts';

const content = Uint8Array.of(1, 2, 3);
const source: DataSource = {
  name: 'tiny',
  doc: 'three bytes',
  mirrors: ['https://first.example/', 'https://second.example/'],
  files: [{ name: 'x.gz', bytes: 3, digest: sha256(content) }],
};
const ioWith = (download: Io['download']): Io => testIo({ stdout: '', stderr: '' }, { download });

describe('fetchData', () => {
  test('takes the first mirror that gives the right bytes', async () => {
    const { at, names } = openSession();
    const asked: string[] = [];
    const io = ioWith((url) => {
      asked.push(url);
      return Promise.resolve(url.includes('first') ? Uint8Array.of(9, 9, 9) : content);
    });
    await fetchData(io, source, at('d'), silentProgress);
    expect(asked).toEqual(['https://first.example/x.gz', 'https://second.example/x.gz']);
    expect(names()).toEqual(['d', 'd/x.gz']);
  });

  test('does not ask for what is there and right, asks again for what is damaged', async () => {
    const { at, put } = openSession();
    let asked = 0;
    const io = ioWith(() => {
      asked += 1;
      return Promise.resolve(content);
    });
    put('d/x.gz', content);
    await fetchData(io, source, at('d'), silentProgress);
    expect(asked).toBe(0);
    put('d/x.gz', Uint8Array.of(1, 2));
    await fetchData(io, source, at('d'), silentProgress);
    expect(asked).toBe(1);
    expect(io.files.read(at('d/x.gz'))).toEqual(Buffer.from(content));
  });

  test('offline: one issue that says what each mirror answered and what else to do; nothing written', async () => {
    const { at, names } = openSession();
    const io = ioWith(() => Promise.reject(new Error('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') })));
    const failure = fetchData(io, source, at('d'), silentProgress);
    await expect(failure).rejects.toThrow(/first\.example\/x\.gz: fetch failed \(getaddrinfo ENOTFOUND\); .*second.*--data/);
    expect(names()).toEqual([]);
  });
});

test.each(dataSources)('$name: four files with a size and a digest each', ({ files, mirrors }) => {
  expect(files.map(({ name }) => name.replace(/-idx.*/, ''))).toEqual([
    'train-images',
    'train-labels',
    't10k-images',
    't10k-labels',
  ]);
  for (const { bytes, digest } of files) expect([bytes > 0, /^[0-9a-f]{64}$/.test(digest)]).toEqual([true, true]);
  for (const mirror of mirrors) expect(new URL(mirror).href).toMatch(/\/$/);
});
