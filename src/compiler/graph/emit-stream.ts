import { limits } from '../../../isa/limits.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import { counter, integer, register } from '../../isa/operands.ts';
import { loopLevels } from '../emission.ts';
import { emitSteps } from './emit-step.ts';
import { type GraphEmission, generatorCount } from './graph-emission.ts';
import type { Stream, StreamStep } from './plan-streams.ts';
import type { Step } from './steps.ts';

/** Registers that count turns modulo a period go down from here; the one above them is for results of a moment. */
const firstPeriodRegister = 14;
const scratchRegister = 15;

type Word = (builder: ProgramBuilder) => void;

/** What a step becomes: address generators and windows, which may be defined once before the loop, and words for every turn. */
interface Recorded {
  readonly step: Step;
  readonly definitions: readonly Word[];
  /** Definitions and words in their order. */
  readonly all: readonly Word[];
  readonly words: readonly Word[];
  /** Turns in which it works: the first, the one behind the last, and so many apart. */
  readonly from: number;
  readonly to: number;
  readonly period: number;
}

/** The words of steps of a stream, kept for later, and how many generators and windows they define. */
function recorder(emission: GraphEmission) {
  let definitions: Word[] = [];
  let words: Word[] = [];
  let all: Word[] = [];
  let windows = 0;
  const keep = (list: Word[]) => (word: Word) => {
    list.push(word);
    all.push(word);
  };
  const define = (word: Word): void => keep(definitions)(word);
  const run = (word: Word): void => keep(words)(word);
  const builder: ProgramBuilder = {
    ...emission.builder,
    agu: (id, definition) => define((to) => to.agu(id, definition)),
    window: (id, definition) => define((to) => to.window(id, definition)),
    csr: (group, name, value) => run((to) => to.csr(group, name, value)),
    emit: (mnemonic, parts) => run((to) => to.emit(mnemonic, parts)),
  };
  const { emitted: _, ...rest } = emission;
  const own: GraphEmission = { ...rest, builder, nextGenerator: 0, takeWindow: () => windows++ % limits.windowCount };
  return {
    record(step: StreamStep, heights: Stream['heights'], rows: number, from: number, to: number): Recorded {
      [definitions, words, all] = [[], [], []];
      own.rows = undefined;
      const part = { rows: step.rows, period: step.period, delay: step.delay, heights };
      emitSteps(own, [step.onRows(rows)], { inLoop: true, samples: 1, part });
      return { step: step.step, definitions, words, all, from, to, period: step.period };
    },
    /** Do all definitions have an id of their own? */
    isWithinIds: (): boolean => own.nextGenerator <= generatorCount && windows <= limits.windowCount,
  };
}

/** Whole turns of a step, and the turn with what is left of its rows. */
function recordStep({ record }: ReturnType<typeof recorder>, step: StreamStep, heights: Stream['heights']): readonly Recorded[] {
  const { rows, tail, chunks, delay, period } = step;
  const end = delay + chunks * period;
  const whole = chunks === 0 ? [] : [record(step, heights, rows, delay, end - period + 1)];
  return tail === 0 ? whole : [...whole, record(step, heights, tail, end, end + 1)];
}

/** Counts turns modulo every period that some step has: from 0, one more each turn. */
function countPeriods(builder: ProgramBuilder, registers: ReadonlyMap<number, number>): void {
  for (const [period, id] of registers) {
    const own = register(id);
    builder.emit('SETR', { fn: 'add', flags: ['I'], d: own, a: own, b: integer(1) });
    builder.emit('SETR', { fn: 'cmp-lt', flags: ['I'], d: register(scratchRegister), a: own, b: integer(period) });
    builder.emit('SETR', { fn: 'mul', flags: ['I'], d: own, a: own, b: register(scratchRegister) });
  }
}

/** Skips the words of `body` in turns that are not the step's. */
function guarded(
  builder: ProgramBuilder,
  { from, to, period }: Recorded,
  turns: number,
  registers: ReadonlyMap<number, number>,
  body: () => void,
): void {
  const skips: number[] = [];
  const skip = (fn: 'lt' | 'ge' | 'ne', a: ReturnType<typeof counter>, bound: number): void => {
    skips.push(builder.position);
    builder.emit('BR', { fn, flags: ['I'], d: integer(1), a, b: integer(bound) });
  };
  const turn = counter(loopLevels.step);
  if (to === from + 1) skip('ne', turn, from);
  else {
    if (from > 0) skip('lt', turn, from);
    if (to < turns) skip('ge', turn, to);
    if (period > 1) skip('ne', register(registers.get(period)!), from % period);
  }
  body();
  for (const word of skips) builder.patchBranch(word, builder.position);
}

/** A loop over turns: in each, every step that has rows to work on does. */
export function emitStream(emission: GraphEmission, { steps, turns, heights }: Stream): void {
  const { builder } = emission;
  const tape = recorder(emission);
  const recorded = steps.flatMap((step) => recordStep(tape, step, heights));
  const isDefinedOnce = tape.isWithinIds();
  const periods = [...new Set(recorded.map(({ period }) => period))].filter((period) => period > 1).sort((a, b) => a - b);
  const registers = new Map(periods.map((period, at) => [period, firstPeriodRegister - at]));
  for (const id of registers.values()) builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(id), a: integer(-1) });
  if (isDefinedOnce) for (const { definitions } of recorded) for (const define of definitions) define(builder);
  builder.loop(loopLevels.step, turns, () => {
    countPeriods(builder, registers);
    for (const one of recorded)
      guarded(builder, one, turns, registers, () => {
        const first = builder.position;
        for (const word of isDefinedOnce ? one.words : one.all) word(builder);
        emission.emitted?.(one.step, first, builder.position);
      });
  });
  emission.rows = undefined;
}
