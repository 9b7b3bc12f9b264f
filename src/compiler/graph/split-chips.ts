import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import type { MatrixStage } from '../lower.ts';
import { place } from '../place.ts';
import type { SlicedMatrix } from '../slice.ts';
import type { GraphAnalysis, GraphCompileInput, GraphMapping } from './compile-graph.ts';
import { cutStages } from './cut-stages.ts';
import { fitScratchpad } from './fit-scratchpad.ts';
import { splitBatches } from './split-batches.ts';
import { type LoweredGraph, matrixOf, type Step } from './steps.ts';

/** The part of a network that one of several chips runs. */
export interface ChipMapping extends GraphMapping {
  readonly controllers: { readonly own: number; readonly count: number };
}

/** Chip of every step: consecutive steps, the chip that needs the most tiles needing as few as can be. */
function chipOfSteps(steps: readonly Step[], sliced: readonly SlicedMatrix[], chips: number): ReadonlyMap<Step, number> {
  const seen = new Set<MatrixStage>();
  const tiles = new Map(
    steps.map((step) => {
      const matrix = matrixOf(step.operation);
      const isNew = matrix !== undefined && !seen.has(matrix);
      if (isNew) seen.add(matrix);
      return [step, isNew ? sliced.find(({ stage }) => stage === matrix)!.tiles : 0] as const;
    }),
  );
  // A little for every step, so that what needs no tiles is shared out too where that is all the same.
  return cutStages(steps, chips, (step) => tiles.get(step)! + 1 / (2 * steps.length)).stageOf;
}

interface Crossing {
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly tag: number;
  readonly elements: number;
  /** Handed on for a whole batch at once. */
  readonly batch: boolean;
}

/** Values that one chip makes and another one reads. Throws InputError for a value that several chips make. */
function crossingsOf(lowered: LoweredGraph, chipOf: ReadonlyMap<Step, number>, network: string): readonly Crossing[] {
  const { batchSteps } = splitBatches(lowered);
  const crossings: Crossing[] = [];
  for (const { name, elements } of lowered.values.values()) {
    const writers = lowered.steps.filter(({ writes }) => writes === name);
    const makers = new Set(writers.map((step) => chipOf.get(step)!));
    const readers = new Set(lowered.steps.filter(({ reads }) => reads.includes(name)).map((step) => chipOf.get(step)!));
    const [from] = makers;
    if (from === undefined) continue;
    if (makers.size > 1)
      throw inputError(
        `network ${network}`,
        `${name} put together on chips ${[...makers].join(', ')}`,
        'fewer chips, or one more',
      );
    const batch = writers.every((step) => batchSteps.includes(step));
    for (const to of readers)
      if (to !== from) crossings.push({ value: name, from, to, tag: crossings.length + 1, elements, batch });
  }
  return crossings;
}

/** The steps of one chip, with what it receives before its first reader and sends after the last writer. */
function partOf(
  lowered: LoweredGraph,
  chipOf: ReadonlyMap<Step, number>,
  crossings: readonly Crossing[],
  own: number,
): LoweredGraph {
  const steps: Step[] = [];
  const mine = lowered.steps.filter((step) => chipOf.get(step) === own);
  const received = new Set<string>();
  for (const step of mine) {
    for (const { value, from, to, tag, elements, batch } of crossings)
      if (to === own && step.reads.includes(value) && !received.has(value)) {
        received.add(value);
        const operation = { kind: 'receive', from, tag, elements } as const;
        steps.push({ layer: step.layer, reads: [], writes: value, partial: false, growth: batch ? 'length' : 'none', operation });
      }
    steps.push(step);
    if (mine.findLast(({ writes }) => writes === step.writes) !== step) continue;
    for (const { value, from, to, tag, elements, batch } of crossings)
      if (from === own && value === step.writes) {
        const operation = { kind: 'send', to, tag, elements } as const;
        const growth = batch ? 'length' : 'none';
        steps.push({ layer: step.layer, reads: [value], writes: value, partial: true, growth, operation });
      }
  }
  return { ...lowered, steps };
}

/**
 * Cuts a network into consecutive layers for so many equal chips. What one makes and another reads becomes messages: image by image, so
 * that chips work on consecutive images at the same time. Throws InputError where a chip would still be too small.
 */
export function splitChips(
  analysis: GraphAnalysis,
  input: Pick<GraphCompileInput, 'chip' | 'graph' | 'samples'>,
  count: number,
): readonly ChipMapping[] {
  const { chip, graph, samples } = input;
  const { imageSteps, batchSteps } = splitBatches(analysis.lowered);
  const order = [...imageSteps, ...batchSteps];
  if (order.length < count)
    throw inputError('--chips', `${count} for a network of ${order.length} steps`, `at most ${order.length}`);
  const chipOf = chipOfSteps(order, analysis.sliced, count);
  const used = Math.max(...chipOf.values()) + 1;
  if (used < count)
    throw inputError('--chips', `${count}, of which ${used} would have work`, `at most ${used} for ${graph.name}`);
  const crossings = crossingsOf(analysis.lowered, chipOf, graph.name);
  const parts = Array.from({ length: count }, (_, own) => partOf(analysis.lowered, chipOf, crossings, own));
  const fit = (most: number) => parts.map((part) => fitScratchpad(part, samples, chip, graph.name, undefined, most));
  let fitted = fit(samples);
  // All chips take batches of one size: the largest that fits each of them.
  for (;;) {
    const least = Math.min(...fitted.map(({ schedule }) => schedule.batch));
    if (fitted.every(({ schedule }) => schedule.batch === least)) break;
    fitted = fit(least);
  }
  return fitted.map((part, own) => chipMapping(analysis, part, chip, { own, count }));
}

function chipMapping(
  analysis: GraphAnalysis,
  part: Pick<GraphMapping, 'lowered' | 'schedule'>,
  chip: ChipDescription,
  controllers: ChipMapping['controllers'],
): ChipMapping {
  const own = new Set(part.lowered.steps.map(({ operation }) => matrixOf(operation)));
  const chosen = analysis.sliced.flatMap((matrix, at) =>
    own.has(matrix.stage) ? [{ matrix, scaling: analysis.scalings[at]! }] : [],
  );
  const sliced = chosen.map(({ matrix }) => matrix);
  const resident = new Set(sliced.map(({ stage }) => stage));
  return {
    ...{ ...analysis, ...part, sliced, scalings: chosen.map(({ scaling }) => scaling), controllers },
    matrices: place(sliced, chip),
    rounds: { resident, rounds: [{ matrices: [], steps: part.lowered.steps }] },
  };
}
