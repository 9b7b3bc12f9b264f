import { expect, test } from 'vitest';
import { agu, counter, float, integer, literal, packedBits, register, special, spm, window } from '../../src/isa/operands.ts';

test('operands carry kind and raw value', () => {
  expect(spm(64)).toEqual({ kind: 'spm', value: 64 });
  expect(agu(3, -1)).toEqual({ kind: 'agu', value: 0xffffe3 });
  expect(float(1)).toEqual({ kind: 'imm', value: 0x3f8000 });
  expect(integer(-1)).toEqual({ kind: 'imm', value: 0xffffff });
  expect(packedBits(0xffffff)).toEqual({ kind: 'imm', value: 0xffffff });
  expect(register(15)).toEqual({ kind: 'reg', value: 15 });
  expect(counter(5)).toEqual({ kind: 'reg', value: 37 });
  expect(special('hits')).toEqual({ kind: 'reg', value: 49 });
  expect(window(7)).toEqual({ kind: 'reg', value: 71 });
  expect(literal(1)).toEqual({ a: { kind: 'imm', value: 0x3f80 }, b: { kind: 'imm', value: 0 } });
  expect(literal(-1, { integer: true })).toEqual({ a: { kind: 'imm', value: 0xffff }, b: { kind: 'imm', value: 0xffff } });
});

test.each([
  () => spm(-1),
  () => spm(2 ** 24),
  () => register(16),
  () => counter(6),
  () => window(8),
  () => packedBits(-1),
  () => float(Number.NaN),
])('%s is refused', (make) => expect(make).toThrow(RangeError));
