import { describe, expect, test } from 'vitest';
import { openSession } from '../session.ts';

/** An IDX pair of `count` images of 2 x 2, labels 0, 1, 0 … */
function idxPair(count: number): readonly [Uint8Array, Uint8Array] {
  const word = (value: number) => [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255);
  const images = [...word(0x803), ...word(count), ...word(2), ...word(2), ...Array<number>(4 * count).fill(51)];
  const labels = [...word(0x801), ...word(count), ...Array.from({ length: count }, (_, index) => index % 2)];
  return [Uint8Array.from(images), Uint8Array.from(labels)];
}

describe('data info', () => {
  test('a folder with IDX files', async () => {
    const { ohmic, put, at } = openSession();
    for (const [half, count] of [
      ['train', 6],
      ['t10k', 3],
    ] as const) {
      const [images, labels] = idxPair(count);
      put(`tiny/${half}-images-idx3-ubyte`, images);
      put(`tiny/${half}-labels-idx1-ubyte`, labels);
    }
    const { exitCode, stdout } = await ohmic('data', 'info', at('tiny'), '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'ohmic.data/1',
      train: { samples: 6, shape: [2, 2, 1], classes: 2, perClass: [3, 3] },
      test: { samples: 3, perClass: [2, 1] },
    });
  });

  test('an empty folder says what was looked for', async () => {
    const { ohmic, at } = openSession();
    const { exitCode, stdout, stderr } = await ohmic('data', 'info', at('nothing'));
    expect([exitCode, stdout]).toEqual([65, '']);
    expect(stderr).toContain('train-images-idx3-ubyte');
  });
});

describe('data fetch', () => {
  test('offline it fails with what to do, and nothing is written', async () => {
    const { ohmic, at, names } = openSession();
    const { exitCode, stdout, stderr } = await ohmic('data', 'fetch', 'mnist', '--out', at('mnist'));
    expect([exitCode, stdout]).toEqual([75, '']);
    expect(stderr).toContain('ENOTFOUND storage.googleapis.com');
    expect(stderr).toContain('--data');
    expect(names()).toEqual([]);
  });

  test('a download with another checksum is refused', async () => {
    const { ohmic, at, names } = openSession({ download: () => Promise.resolve(Uint8Array.of(1)) });
    const { exitCode, stderr } = await ohmic('data', 'fetch', 'mnist', '--out', at('mnist'), '--quiet');
    expect(exitCode).toBe(75);
    expect(stderr).toContain('1 bytes with another checksum');
    expect(names()).toEqual([]);
  });

  test('an unknown data set names the nearest', async () => {
    const { exitCode, stderr } = await openSession().ohmic('data', 'fetch', 'mnits');
    expect(exitCode).toBe(65);
    expect(stderr).toContain('did you mean mnist?');
  });
});
