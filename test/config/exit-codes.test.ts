import { expect, test } from 'vitest';
import { exitCodes } from '../../src/config/exit-codes.ts';

test('exit codes are distinct bytes and 0 means ok', () => {
  const codes = Object.values(exitCodes);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => code >= 0 && code <= 127)).toBe(true);
  expect(exitCodes.ok).toBe(0);
});
