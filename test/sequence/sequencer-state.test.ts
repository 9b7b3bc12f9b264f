import { describe, expect, it } from 'vitest';
import { counter, float, integer, register, special } from '../../src/isa/operands.ts';
import { defineGenerator } from '../../src/sequence/address-generators.ts';
import { createGroupTable } from '../../src/sequence/group-table.ts';
import { createLoopStack } from '../../src/sequence/loop-stack.ts';
import { createRegionStack } from '../../src/sequence/region-stack.ts';
import { createRegisters } from '../../src/sequence/registers.ts';
import {
  floatOf,
  generatorOf,
  integerOf,
  isSpecial,
  type SequencerState,
  SequenceTrap,
  windowOf,
} from '../../src/sequence/sequencer-state.ts';
import { defaults } from './support.ts';

const state = (read?: (id: number) => number): SequencerState => ({
  registers: createRegisters(),
  loops: createLoopStack(),
  regions: createRegionStack([]),
  groups: createGroupTable(defaults, 'f32'),
  generators: new Map(),
  windows: new Map(),
  specials: { read, write: undefined },
  word: 0,
  halted: false,
});

describe('sequencer state', () => {
  it('knows the specials', () => {
    expect([47, 48, 50, 54, 55].map(isSpecial)).toEqual([false, true, true, true, false]);
  });

  it('reads immediates, registers, counters and specials', () => {
    const from = state((id) => id + 0.75);
    from.registers.writeFloat(3, 1.5);
    from.loops.enter(2, 0, 1, 7, 1);
    const level2 = counter(2);
    expect([floatOf(from, float(-2.5)), integerOf(from, integer(-3))]).toEqual([-2.5, -3]);
    expect([floatOf(from, register(3)), floatOf(from, level2), integerOf(from, level2)]).toEqual([1.5, 7, 7]);
    expect([floatOf(from, special('hits')), integerOf(from, special('hits'))]).toEqual([49.75, 49]);
  });

  it('traps on a special in a run without values', () => {
    expect(() => floatOf(state(), special('loss'))).toThrow(SequenceTrap);
  });

  it('traps on generators and windows nobody defined', () => {
    const from = state();
    expect(() => generatorOf(from, 3)).toThrow('AGU $a3 is used before it is defined');
    expect(() => windowOf(from, 2)).toThrow('window @w2 is used before it is defined');
    from.generators.set(3, defineGenerator({ dram: false, base: 8, levels: [7, 7], strides: [0, 0], modulus: 0 }));
    expect(generatorOf(from, 3).base).toBe(8);
  });
});
