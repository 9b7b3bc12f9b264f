import { expect, test } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { vectorWork } from '../../src/timing/vector-work.ts';
import { bytes, chip130, flag, operation } from './operations.ts';

const work = (...parts: Parameters<typeof operation>) => vectorWork(operation(...parts), chip130);
const { VEC, ACT, RED, POOL, LOSS, MOV } = instructions;

test('element-wise: lanes share the elements, division takes longer, ROW repeats', () => {
  expect(work('VEC', { fn: VEC.functions.add, length: 33 })).toEqual({ elements: 33, cycles: 3, actions: ['add'] });
  expect(work('VEC', { fn: VEC.functions.div, length: 33 })).toEqual({ elements: 33, cycles: 24, actions: ['table'] });
  const rows = work('VEC', { fn: VEC.functions.axpy, length: 10, rows: 5, flags: flag(VEC.flags.ROW.bit) });
  expect(rows).toEqual({ elements: 50, cycles: 4, actions: ['mac'] });
});

test('activations: tables, derivatives, and derivatives from the output', () => {
  const DER = flag(ACT.flags.DER.bit);
  const OUT = flag(ACT.flags.OUT.bit);
  expect(work('ACT', { fn: ACT.functions.relu, length: 32 })).toEqual({ elements: 32, cycles: 2, actions: ['add'] });
  expect(work('ACT', { fn: ACT.functions.tanh, length: 32 }).cycles).toBe(8);
  expect(work('ACT', { fn: ACT.functions.tanh, length: 32, flags: DER })).toEqual({
    elements: 32,
    cycles: 10,
    actions: ['table', 'multiply'],
  });
  expect(work('ACT', { fn: ACT.functions.tanh, length: 32, flags: DER | OUT })).toEqual({
    elements: 32,
    cycles: 6,
    actions: ['multiply', 'add', 'multiply'],
  });
});

test('reductions, losses, formats', () => {
  expect(work('RED', { fn: RED.functions['sum-squares'], length: 20, rows: 3 })).toEqual({
    elements: 60,
    cycles: 18,
    actions: ['mac'],
  });
  expect(work('LOSS', { fn: LOSS.functions['cross-entropy'], length: 10, rows: 8 }).cycles).toBe(5 * 6);
  expect(work('LOSS', { fn: LOSS.functions.mse, length: 10, rows: 8 })).toEqual({
    elements: 80,
    cycles: 15,
    actions: ['add', 'multiply', 'multiply'],
  });
  expect(work('QNT', { length: 17 })).toEqual({ elements: 17, cycles: 2, actions: ['multiply'] });
});

test('a product costs one multiply-accumulate for each of its terms, in lanes along its rows', () => {
  expect(work('MMD', { length: 8, rows: 3, columns: 20 })).toEqual({ elements: 480, cycles: 3 * 8 * 2, actions: ['mac'] });
  expect(work('MMD', { length: 8, rows: 3 })).toEqual({ elements: 24, cycles: 24, actions: ['mac'] });
});

test('moves and pooling follow the bytes and the window', () => {
  const a = { kind: 'window', window: { channels: 4, kernelHeight: 2, kernelWidth: 2 } as never } as const;
  expect(work('POOL', { fn: POOL.functions.max, length: 9, a })).toEqual({ elements: 144, cycles: 9, actions: ['add'] });
  const backward = { flags: flag(POOL.flags.BWD.bit), writes: [bytes(0, 640)] };
  expect(work('POOL', { length: 9, ...backward })).toEqual({ elements: 160, cycles: 10, actions: ['move'] });
  expect(work('MOV', { fn: MOV.functions.im2col, writes: [bytes(0, 640)] })).toEqual({
    elements: 160,
    cycles: 10,
    actions: ['move'],
  });
  const scatter = { fn: MOV.functions.col2im, reads: [bytes(0, 64), bytes(64, 640)], writes: [bytes(64, 640)] };
  expect(work('MOV', scatter)).toEqual({ elements: 16, cycles: 1, actions: ['add'] });
});

test('what no vector unit does is refused', () => {
  expect(() => work('MVM')).toThrow('instruction is MVM');
  expect(() => work('VEC', { fn: 63, length: 1 })).toThrow('function code is 63');
});
