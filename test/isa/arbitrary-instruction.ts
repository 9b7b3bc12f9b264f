import fc from 'fast-check';
import { limits, registerIds } from '../../isa/limits.ts';
import type { OperandSpec } from '../../isa/spec.ts';
import { absentOperand, type Instruction, type Operand } from '../../src/isa/codec.ts';
import { floatImmediate } from '../../src/isa/immediates.ts';
import { immediateRule, unitLimit } from '../../src/isa/instruction-rules.ts';
import { csrNames, csrSpec, flagBit, flagNames, mnemonics, type OperandField, rowOf } from '../../src/isa/table.ts';

const raw = fc.nat(0xffffff);

const between = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from, max: to });

function registers(spec: OperandSpec): fc.Arbitrary<number> {
  if (spec.window === true) return between(registerIds.firstWindow, registerIds.firstWindow + limits.windowCount - 1);
  const specials = between(registerIds.loss, registerIds.nonzeros);
  if (spec.kinds.length === 1) return fc.oneof(between(1, limits.registers - 1), specials);
  const counters = between(registerIds.firstLoopCounter, registerIds.firstLoopCounter + limits.loopLevels - 1);
  return fc.oneof(between(0, limits.registers - 1), counters, specials);
}

function operand(head: Pick<Instruction, 'mnemonic' | 'fn' | 'flags'>, field: OperandField): fc.Arbitrary<Operand> {
  const spec = rowOf(head.mnemonic)[field];
  if (spec === undefined) return fc.constant(absentOperand);
  const rule = immediateRule(head, field);
  const immediates = {
    float: fc
      .float({ noNaN: true, noDefaultInfinity: true, max: Math.fround(3e38), min: Math.fround(-3e38) })
      .map(floatImmediate),
    half: fc.nat(0xffff),
    integer: raw,
    packed: raw,
  };
  const values = { spm: raw, agu: raw, imm: immediates[rule], reg: registers(spec) };
  const kinds = spec.kinds.map((kind): fc.Arbitrary<Operand> => values[kind].map((value) => ({ kind, value })));
  return fc.oneof(...kinds, ...(spec.optional === true ? [fc.constant(absentOperand)] : []));
}

/** Any instruction the table allows, one field at a time. */
export const instructionArbitrary: fc.Arbitrary<Instruction> = fc.constantFrom(...mnemonics).chain((mnemonic) => {
  const row = rowOf(mnemonic);
  const subs =
    row.functions !== undefined
      ? Object.values(row.functions)
      : mnemonic === 'SETC'
        ? csrNames.map((name) => csrSpec(name).id)
        : undefined;
  const fn = subs === undefined ? fc.nat(row.subNumber?.max ?? 0) : fc.constantFrom(...subs);
  const flags = fc
    .subarray([...flagNames(mnemonic)])
    .map((names) => names.reduce((mask, name) => mask | flagBit(mnemonic, name)!, 0));
  const length = row.length === undefined ? fc.constant(0) : between(row.length.min ?? 0, limits.maxLength);
  return fc
    .record({ mnemonic: fc.constant(mnemonic), fn, flags, unit: fc.nat(unitLimit[row.unit]), length })
    .chain((head) => fc.record({ ...constants(head), d: operand(head, 'd'), a: operand(head, 'a'), b: operand(head, 'b') }));
});

const constants = <T extends object>(value: T): { [K in keyof T]: fc.Arbitrary<T[K]> } =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fc.constant(item)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
