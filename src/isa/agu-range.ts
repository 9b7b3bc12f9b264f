import { limits } from '../../isa/limits.ts';
import { readIntegerImmediate } from './immediates.ts';
import type { Instruction } from './instruction.ts';
import { modulusUnit, unpackLevels } from './pack-fields.ts';
import type { ProgramView } from './program-view.ts';
import { flagNamesOf } from './table.ts';

/** An address generator as its words define it. */
export interface AguState {
  readonly space: 'spm' | 'dram';
  readonly base: number;
  readonly strides: readonly { readonly level: number; readonly bytes: number }[];
  readonly modulus: number;
  readonly phase: number;
}

function stridesOf({ fn, a, b }: Instruction): AguState['strides'] {
  const [levelA, levelB] = unpackLevels(fn);
  return [
    { level: levelA, bytes: readIntegerImmediate(a.value) },
    { level: levelB, bytes: readIntegerImmediate(b.value) },
  ].filter(({ level, bytes }) => level < limits.loopLevels && bytes !== 0);
}

export function startAgu(instruction: Instruction): AguState {
  const flags = flagNamesOf('AGU', instruction.flags);
  const dram = flags.includes('DRAM');
  return {
    space: dram ? 'dram' : 'spm',
    base: instruction.d.value * (dram ? limits.dramUnitBytes : 1),
    strides: stridesOf(instruction),
    modulus: flags.includes('M') ? instruction.length : 0,
    phase: 0,
  };
}

export function extendAgu(state: AguState, extension: Instruction): AguState {
  const { d, flags, length } = extension;
  const place = flagNamesOf('AGU', flags).includes('M')
    ? { phase: d.value, modulus: state.modulus + length * modulusUnit }
    : { base: state.base + d.value };
  return { ...state, ...place, strides: [...state.strides, ...stridesOf(extension)] };
}

/**
 * Lowest and highest address a generator gives at a word, over all counters of the loops around it; undefined when a counter is not
 * known there (a register gives its limit, or its loop has ended).
 */
export function generatorRange(state: AguState, view: ProgramView, word: number): readonly [number, number] | undefined {
  const around = view.loopsAround(word);
  let low = state.phase;
  let high = state.phase;
  for (const { level, bytes } of state.strides) {
    const loop = around.findLast((candidate) => candidate.level === level);
    const idle = !view.loops.some((candidate) => candidate.level === level);
    const counters = loop === undefined ? (idle ? ([0, 0] as const) : undefined) : loop.counters;
    if (counters === undefined) return undefined;
    low += Math.min(counters[0] * bytes, counters[1] * bytes);
    high += Math.max(counters[0] * bytes, counters[1] * bytes);
  }
  const wraps = state.modulus > 0 && (low < 0 || high >= state.modulus);
  // A sum that wraps reaches some residues only; its base is the one address every run may count on.
  return wraps ? [state.base, state.base] : [state.base + low, state.base + high];
}
