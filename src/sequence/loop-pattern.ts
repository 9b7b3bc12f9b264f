import { registerIds } from '../../isa/limits.ts';
import type { Instruction } from '../isa/codec.ts';
import { readIntegerImmediate } from '../isa/immediates.ts';
import type { AccessRange, AccessRanges } from './access-ranges.ts';
import type { Interval, IssuedOperation } from './issued-operation.ts';
import type { Loop } from './loop-stack.ts';

/** What a loop does with addresses from one iteration to the next. */
interface Motion {
  readonly range: AccessRange;
  /** Iterations after which its place repeats for whoever serves it. */
  readonly period: number;
  /** Bytes per iteration that remain after whole periods. */
  readonly drift: number;
  /** One place per iteration: no inner loop moves it. */
  readonly steady: boolean;
}

/** Iterations back from which a word may still be in flight. */
const longestFlight = 32;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Turns of `step` modulo `ring` until it is back at 0. */
const turns = (ring: number, step: number): number => ring / greatestCommonDivisor(ring, Math.abs(step));

/** Bytes a walk modulo something can meet at all. */
function ring({ generator, origin, longest }: AccessRange, modulus: number): { readonly from: number; readonly to: number } {
  const steps = [generator?.phase ?? 0, ...(generator?.strides ?? []).map(({ bytes }) => Math.abs(bytes))];
  const grain = steps.reduce(greatestCommonDivisor, modulus);
  return { from: origin, to: origin + modulus - grain + longest };
}

function isSteady({ generator }: AccessRange, { level }: Loop, inner: ReadonlySet<number>): boolean {
  return (generator?.strides ?? []).every((stride) => stride.level === level || !inner.has(stride.level));
}

/** Does a walk modulo something reach its end, or begin again within an iteration? */
function wraps(range: AccessRange, step: number, loop: Loop, inner: ReadonlySet<number>): boolean {
  const { generator, origin, last } = range;
  const { remaining } = loop;
  const modulus = generator?.modulus ?? 0;
  const furthest = last - origin + step * remaining;
  return !(isSteady(range, loop, inner) && furthest >= 0 && furthest < modulus);
}

/** `bankBytes`: after how many bytes scratchpad addresses meet the same bank port in the same way. */
function motionOf(range: AccessRange, loop: Loop, inner: ReadonlySet<number>, bankBytes: number): Motion {
  const { generator, walk } = range;
  // Transfers use the banks alike whatever the row.
  if (walk > 0) return { range, period: 1, drift: Number.NaN, steady: false };
  let step = 0;
  for (const stride of generator?.strides ?? []) if (stride.level === loop.level) step += stride.bytes;
  const modulus = generator?.modulus ?? 0;
  if (step === 0 || (modulus > 0 && step % modulus === 0)) return { range, period: 1, drift: 0, steady: false };
  if (modulus > 0 && wraps(range, step, loop, inner)) return { range, period: turns(modulus, step), drift: 0, steady: false };
  return { range, period: range.space === 'spm' ? turns(bankBytes, step) : 1, drift: step, steady: isSteady(range, loop, inner) };
}

/** Bytes it can meet until `iterations` more have run. */
function sweep({ range, drift, period, steady }: Motion, iterations: number): { readonly from: number; readonly to: number } {
  const modulus = range.generator?.modulus ?? 0;
  if (range.walk > 0) return range;
  if (modulus > 0 && (period > 1 || drift !== 0)) return ring(range, modulus);
  const further = drift * iterations;
  if (steady) {
    const before = drift > 0 ? Math.max(range.from, range.last - drift * longestFlight) : range.last;
    const behind =
      drift < 0 ? Math.min(range.to, range.last - drift * longestFlight + range.longest) : range.last + range.longest;
    return { from: Math.min(before, range.last + further), to: Math.max(behind, range.last + further + range.longest) };
  }
  return { from: range.from + Math.min(0, further), to: range.to + Math.max(0, further) };
}

/** Loop levels that turn inside a body. */
function innerLevels(instructions: readonly Instruction[], { start, end }: Loop): ReadonlySet<number> {
  const levels = new Set<number>();
  for (let word = start; word < end; word++) {
    const { mnemonic, unit } = instructions[word]!;
    if (mnemonic === 'LOOP') levels.add(unit);
  }
  return levels;
}

/** Do two accesses keep their order whatever the iteration: they move together, or never meet, or both only read? */
function keepApart(left: Motion, right: Motion, remaining: number): boolean {
  if (
    left === right ||
    !(left.range.writes || right.range.writes) ||
    left.range.space !== right.range.space ||
    left.drift === right.drift
  )
    return true;
  const x = sweep(left, remaining);
  const y = sweep(right, remaining);
  return x.to <= y.from || y.to <= x.from;
}

/** Does control flow or configuration inside the body depend on which iteration it is? */
function dependsOnCounter(instructions: readonly Instruction[], { start, end, level }: Loop): boolean {
  const counter = registerIds.firstLoopCounter + level;
  for (let word = start; word < end; word++) {
    const { mnemonic, unit, d, a, b } = instructions[word]!;
    for (const { kind, value } of [d, a, b]) if (kind === 'reg' && value === counter) return true;
    if (mnemonic === 'LOOP' && unit === level) return true;
    if (mnemonic !== 'BR') continue;
    const target = word + readIntegerImmediate(d.value);
    if (target < start || target > end) return true;
  }
  return false;
}

/**
 * Iterations after which every address of a loop's body repeats as far as time is concerned: the same bank, the same hazards.
 * Undefined when there is no such number. Rests on the accesses seen so far, so at least one iteration must have run.
 */
export function loopPeriod(
  instructions: readonly Instruction[],
  ranges: AccessRanges,
  loop: Loop,
  bankBytes: number,
): number | undefined {
  if (dependsOnCounter(instructions, loop)) return undefined;
  const motions: Motion[] = [];
  const inner = innerLevels(instructions, loop);
  for (let word = loop.start; word < loop.end; word++) {
    const known = ranges.of(word);
    if (known === undefined) return undefined;
    for (const range of known) motions.push(motionOf(range, loop, inner, bankBytes));
  }
  const moving = motions.filter(({ drift }) => drift !== 0);
  for (const one of moving) for (const other of motions) if (!keepApart(one, other, loop.remaining)) return undefined;
  return motions.reduce((period, motion) => (period / greatestCommonDivisor(period, motion.period)) * motion.period, 1);
}

/** An operation of the body as it would be `iterations` later: the bytes it reads and writes, moved as far as they drift. */
export function movedOn(
  instructions: readonly Instruction[],
  ranges: AccessRanges,
  loop: Loop,
  operation: IssuedOperation,
  iterations: number,
): IssuedOperation {
  const { word, reads, writes } = operation;
  const known = word >= loop.start && word < loop.end ? (ranges.of(word) ?? []) : [];
  if (known.length !== reads.length + writes.length) return operation;
  const inner = innerLevels(instructions, loop);
  const moved = (interval: Interval, at: number): Interval => {
    const { drift } = motionOf(known[at]!, loop, inner, 1);
    const bytes = Number.isNaN(drift) ? 0 : drift * iterations;
    return { space: interval.space, from: interval.from + bytes, to: interval.to + bytes };
  };
  return {
    ...operation,
    reads: reads.map(moved),
    writes: writes.map((interval, at) => moved(interval, reads.length + at)),
  };
}

/** Counts `iterations` left-out iterations among the bytes the body has covered. */
export function coverSkipped(instructions: readonly Instruction[], ranges: AccessRanges, loop: Loop, iterations: number): void {
  const inner = innerLevels(instructions, loop);
  for (let word = loop.start; word < loop.end; word++)
    for (const range of ranges.of(word) ?? []) {
      const motion = motionOf(range, loop, inner, 1);
      const { from, to } = sweep(motion, iterations);
      range.from = Math.min(range.from, from);
      range.to = Math.max(range.to, to);
      if (motion.steady) range.last += motion.drift * iterations;
    }
}
