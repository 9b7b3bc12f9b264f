import { describe, expect, test } from 'vitest';
import { csrs } from '../../isa/csrs.ts';
import { instructions } from '../../isa/instructions.ts';
import { formats, limits, registerIds } from '../../isa/limits.ts';
import type { CsrSpec, InstructionSpec } from '../../isa/spec.ts';
import { operandKinds } from '../../src/isa/codec.ts';
import { type WordField, wordFields } from '../../src/isa/word-format.ts';

const rows = Object.entries<InstructionSpec>(instructions);
const distinct = (values: readonly number[]): boolean => new Set(values).size === values.length;

describe('the word format', () => {
  test('accounts for each of the 128 bits exactly once', () => {
    const owners = Array.from({ length: 128 }, () => 0);
    for (const { word, low, bits } of Object.values<WordField>(wordFields))
      for (let bit = 0; bit < bits; bit++) owners[32 * word + low + bit]! += 1;
    expect(owners).toEqual(new Array(128).fill(1));
  });

  test('has room for every kind, unit and length', () => {
    expect(operandKinds).toHaveLength(2 ** wordFields.dKind.bits);
    const lengthBits = wordFields.lengthLow.bits + wordFields.lengthMiddle.bits + wordFields.lengthHigh.bits;
    expect(limits.maxLength).toBe(2 ** lengthBits - 1);
    expect(limits.everyGroup).toBe(2 ** wordFields.unit.bits - 1);
    expect(limits.groupCount).toBeLessThan(limits.everyGroup);
    expect(limits.maxSpmBytes).toBe(2 ** wordFields.dValue.bits);
  });
});

describe('the instruction table', () => {
  test('has no opcode twice and leaves 0xf0-0xff for experiments', () => {
    const opcodes = rows.map(([, row]) => row.opcode);
    expect(distinct(opcodes)).toBe(true);
    expect(opcodes.every((opcode) => opcode >= 0 && opcode < 0xf0)).toBe(true);
  });

  test.each(rows)('%s: codes and flag bits fit and are distinct', (_, row) => {
    const codes = Object.values(row.functions ?? {});
    const bits = Object.values(row.flags ?? {}).map(({ bit }) => bit);
    expect([codes, bits].every(distinct)).toBe(true);
    expect([...codes, row.subNumber?.max ?? 0].every((code) => code >= 0 && code < 2 ** wordFields.sub.bits)).toBe(true);
    expect(bits.every((bit) => bit >= 0 && bit < wordFields.flags.bits)).toBe(true);
    expect(row.functions !== undefined && row.subNumber !== undefined).toBe(false);
  });

  test.each(rows)('%s: no name is both a function and a flag', (_, row) => {
    expect(Object.keys(row.functions ?? {}).filter((name) => Object.hasOwn(row.flags ?? {}, name))).toEqual([]);
  });

  test.each(rows)('%s: operands say all that their kinds need', (_, row) => {
    for (const spec of [row.d, row.a, row.b]) {
      if (spec === undefined) continue;
      expect(new Set(spec.kinds).size).toBe(spec.kinds.length);
      expect(spec.kinds.includes('imm')).toBe(spec.immediate !== undefined);
      expect(spec.kinds.includes('spm') || spec.kinds.includes('agu')).toBe(spec.space !== undefined);
      if (spec.window === true) expect(spec.kinds).toContain('reg');
      if (spec.kinds.includes('spm')) expect(spec.space).not.toBe('dram');
    }
  });

  test.each(rows)('%s: texts are there and ASCII, as listings print them', (_, row) => {
    const texts = [row.doc, row.timing, ...[row.d, row.a, row.b, row.length, row.subNumber].flatMap((part) => part?.doc ?? [])];
    expect(texts.every((text) => /^[ -~]+$/.test(text))).toBe(true);
  });
});

describe('the configuration registers', () => {
  const specs = Object.values<CsrSpec>(csrs);
  test('have distinct ids that fit the sub field', () => {
    expect(distinct(specs.map(({ id }) => id))).toBe(true);
    expect(specs.every(({ id }) => id >= 0 && id < 2 ** wordFields.sub.bits)).toBe(true);
  });

  test('have choices exactly when they are a choice, and ranges that are ranges', () => {
    for (const { type, choices, min, max } of specs) {
      expect(type === 'choice').toBe(choices !== undefined);
      if (min !== undefined && max !== undefined) expect(min).toBeLessThan(max);
    }
  });
});

test('register ids do not overlap', () => {
  expect(registerIds.firstRegister + limits.registers).toBeLessThanOrEqual(registerIds.firstLoopCounter);
  expect(registerIds.firstLoopCounter + limits.loopLevels).toBeLessThanOrEqual(registerIds.loss);
  expect(registerIds.nonzeros).toBeLessThan(registerIds.firstWindow);
  expect(formats).toHaveLength(new Set(formats).size);
});
