import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/config/hash.ts';
import { generateDigits } from '../../../src/network/data/digits.ts';

const pixels = 28 * 28;

describe('generateDigits', () => {
  const { train, test } = generateDigits(1, 1000, 200);

  it('gives the shape of MNIST with every digit about equally often', () => {
    expect(train).toMatchObject({ name: 'digits-train', shape: [28, 28, 1], classes: 10, count: 1000 });
    expect(test).toMatchObject({ name: 'digits-test', classes: 10, count: 200 });
    const counts = new Array<number>(10).fill(0);
    for (const label of train.labels) counts[label] = counts[label]! + 1;
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(150);
  });

  it('is the same bytes for a seed everywhere', () => {
    expect(generateDigits(1, 1000, 200).train.digest).toBe(train.digest);
    expect(train.digest).toMatchInlineSnapshot(`"a0f0474e9e6829a9c6480316d6e2c39b22aa7e71c3f4b4373419a8584e912cea"`);
    expect(generateDigits(2, 1000, 200).train.digest).not.toBe(train.digest);
  });

  it('draws the test set apart: longer training sets begin with the shorter ones and leave the test set alone', () => {
    const larger = generateDigits(1, 1200, 200);
    expect(sha256(larger.train.images.subarray(0, train.images.length))).toBe(sha256(train.images));
    expect(larger.test.digest).toBe(test.digest);
    expect(sha256(test.images.subarray(0, pixels))).not.toBe(sha256(train.images.subarray(0, pixels)));
  });

  it('writes ink in the middle of a black page, on every image another', () => {
    const seen = new Set<string>();
    for (let image = 0; image < train.count; image++) {
      const page = train.images.subarray(image * pixels, (image + 1) * pixels);
      const inked = page.reduce((count, code) => count + (code > 64 ? 1 : 0), 0);
      expect(inked).toBeGreaterThan(12);
      expect(inked).toBeLessThan(pixels / 2);
      seen.add(page.join());
    }
    expect(seen.size).toBe(train.count);
    const margin = train.images.filter((_, index) => index % 28 < 2 || index % 28 >= 26);
    expect(margin.reduce((sum, code) => sum + code, 0) / margin.length).toBeLessThan(2);
  });
});
