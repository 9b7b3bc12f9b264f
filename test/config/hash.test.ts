import { expect, test } from 'vitest';
import { hashOf, sha256 } from '../../src/config/hash.ts';

test('sha256 gives the value of FIPS 180-4, example "abc", for text and bytes alike', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256('abc')).toBe(abc);
  expect(sha256(new Uint8Array([97, 98, 99]))).toBe(abc);
});

test('hashOf does not depend on the order of members', () => {
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
  expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }));
});
