import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import type { MatrixStage } from '../lower.ts';
import { place } from '../place.ts';
import type { SlicedMatrix } from '../slice.ts';
import type { GraphAnalysis, GraphCompileInput, GraphMapping } from './compile-graph.ts';
import { cutStages } from './cut-stages.ts';
import { fitScratchpad } from './fit-scratchpad.ts';
import { defaultChoice, type MappingChoice } from './mapping-choice.ts';
import { replicate } from './replicate.ts';
import { splitBatches } from './split-batches.ts';
import { type LoweredGraph, matrixOf, type Step } from './steps.ts';

/** The part of a network that one of several chips runs. */
export interface ChipMapping extends GraphMapping {
  readonly controllers: { readonly own: number; readonly count: number };
}

/** What the compiler is free to choose about a network on several chips. */
export interface ChipsChoice extends Pick<MappingChoice, 'share' | 'copiesFor' | 'placement'> {
  /** So that the fullest chip needs as few tiles as can be, or the busiest one as little time. */
  readonly cut: 'by tiles' | 'by time';
  /** Time of a step, any unit, where the cut is by time. */
  readonly costOf?: (step: Step) => number;
}

const { share, copiesFor, placement } = defaultChoice;
export const defaultChipsChoice: ChipsChoice = { cut: 'by tiles', share, copiesFor, placement };

/** Consecutive steps in parts that no cut may go through: what several steps put together is put together on one chip. */
function blocksOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const lastWriter = new Map(steps.map(({ writes }, at) => [writes, at] as const));
  const blocks: Step[][] = [];
  let end = -1;
  steps.forEach((step, at) => {
    if (at > end) blocks.push([]);
    blocks.at(-1)!.push(step);
    end = Math.max(end, lastWriter.get(step.writes)!);
  });
  return blocks;
}

/** Chip of every step: consecutive steps, the chip that needs the most tiles needing as few as can be, or that of most time as little. */
function chipOfSteps(
  steps: readonly Step[],
  sliced: readonly SlicedMatrix[],
  chips: number,
  { cut, costOf }: ChipsChoice,
): ReadonlyMap<Step, number> {
  const blocks = new Map(blocksOf(steps).map((block) => [block[0]!, block] as const));
  const cutBlocks = (costOfStep: (step: Step) => number): ReadonlyMap<Step, number> => {
    const costs = (first: Step): number => blocks.get(first)!.reduce((sum, step) => sum + costOfStep(step), 0);
    const { stageOf } = cutStages([...blocks.keys()], chips, costs);
    return new Map([...stageOf].flatMap(([first, chip]) => blocks.get(first)!.map((step) => [step, chip] as const)));
  };
  if (cut === 'by time') {
    if (costOf === undefined) throw new RangeError('costOf is undefined; want the time of a step to cut by time');
    return cutBlocks(costOf);
  }
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
  return cutBlocks((step) => tiles.get(step)! + 1 / (2 * steps.length));
}

/** Tiles that the fullest chip needs. */
function mostTiles(chipOf: ReadonlyMap<Step, number>, sliced: readonly SlicedMatrix[]): number {
  const matrices = new Map<number, Set<MatrixStage>>();
  for (const [{ operation }, chip] of chipOf) {
    const matrix = matrixOf(operation);
    if (matrix !== undefined) matrices.set(chip, (matrices.get(chip) ?? new Set()).add(matrix));
  }
  const tilesOf = (own: ReadonlySet<MatrixStage>): number =>
    sliced.reduce((sum, { stage, tiles }) => (own.has(stage) ? sum + tiles : sum), 0);
  return Math.max(0, ...[...matrices.values()].map(tilesOf));
}

/** Throws InputError where a chip has too few tiles for its part: how many chips would do. */
function checkTiles(
  chipOf: ReadonlyMap<Step, number>,
  steps: readonly Step[],
  sliced: readonly SlicedMatrix[],
  tiles: number,
): void {
  const most = mostTiles(chipOf, sliced);
  if (most <= tiles) return;
  const count = Math.max(...chipOf.values()) + 1;
  const more = Array.from({ length: Math.max(0, steps.length - count) }, (_, at) => count + 1 + at);
  const enough = more.find((chips) => mostTiles(chipOfSteps(steps, sliced, chips, defaultChipsChoice), sliced) <= tiles);
  const side = Math.ceil(Math.sqrt(most));
  throw inputError(
    '--chips',
    `${count} chips of ${tiles} tiles, the fullest of which needs ${most}`,
    `${enough === undefined ? 'larger chips' : `at least ${enough} chips, or larger ones`}: --set grid.rows=${side} --set grid.columns=${side}`,
  );
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

/** Values that one chip makes and another one reads. */
function crossingsOf(lowered: LoweredGraph, chipOf: ReadonlyMap<Step, number>): readonly Crossing[] {
  const { batchSteps } = splitBatches(lowered);
  const crossings: Crossing[] = [];
  for (const { name, elements } of lowered.values.values()) {
    const writers = lowered.steps.filter(({ writes }) => writes === name);
    const [writer] = writers;
    if (writer === undefined) continue;
    const from = chipOf.get(writer)!;
    const readers = new Set(lowered.steps.filter(({ reads }) => reads.includes(name)).map((step) => chipOf.get(step)!));
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
 * Cuts a network into consecutive layers for so many equal chips, as chosen; what is left open is as in the default mapping. What one makes and another reads becomes messages: image by image, so
 * that chips work on consecutive images at the same time. Throws InputError where a chip would still be too small.
 */
export function splitChips(
  analysis: GraphAnalysis,
  input: Pick<GraphCompileInput, 'chip' | 'graph' | 'samples'>,
  count: number,
  choices: Partial<ChipsChoice> = {},
): readonly ChipMapping[] {
  const choice = { ...defaultChipsChoice, ...choices };
  const { chip, graph, samples } = input;
  const { imageSteps, batchSteps } = splitBatches(analysis.lowered);
  const order = [...imageSteps, ...batchSteps];
  if (order.length < count)
    throw inputError('--chips', `${count} for a network of ${order.length} steps`, `at most ${order.length}`);
  const chipOf = chipOfSteps(order, analysis.sliced, count, choice);
  const used = Math.max(...chipOf.values()) + 1;
  if (used < count)
    throw inputError('--chips', `${count}, of which ${used} would have work`, `at most ${used} for ${graph.name}`);
  checkTiles(chipOf, order, analysis.sliced, chip.grid.rows * chip.grid.columns);
  const crossings = crossingsOf(analysis.lowered, chipOf);
  const parts = Array.from({ length: count }, (_, own) => partOf(analysis.lowered, chipOf, crossings, own));
  const fit = (most: number) => parts.map((part) => fitScratchpad(part, samples, chip, graph.name, { mostImages: most }));
  let fitted = fit(samples);
  // All chips take batches of one size: the largest that fits each of them.
  for (;;) {
    const least = Math.min(...fitted.map(({ schedule }) => schedule.batch));
    if (fitted.every(({ schedule }) => schedule.batch === least)) break;
    fitted = fit(least);
  }
  return fitted.map((part, own) => chipMapping(analysis, part, chip, { own, count }, choice));
}

function chipMapping(
  analysis: GraphAnalysis,
  part: Pick<GraphMapping, 'lowered' | 'schedule'>,
  chip: ChipDescription,
  controllers: ChipMapping['controllers'],
  { share, copiesFor, placement }: ChipsChoice,
): ChipMapping {
  const own = new Set(part.lowered.steps.map(({ operation }) => matrixOf(operation)));
  const chosen = analysis.sliced.flatMap((matrix, at) =>
    own.has(matrix.stage) ? [{ matrix, scaling: analysis.scalings[at]! }] : [],
  );
  const sliced = chosen.map(({ matrix }) => matrix);
  const resident = new Set(sliced.map(({ stage }) => stage));
  const used = sliced.reduce((sum, { tiles }) => sum + tiles, 0);
  const spare = Math.max(0, Math.floor(share * (chip.grid.rows * chip.grid.columns - used)));
  return {
    ...{ ...analysis, ...part, sliced, scalings: chosen.map(({ scaling }) => scaling), controllers },
    matrices: place(replicate(sliced, spare, copiesFor), chip, placement === 'by traffic'),
    rounds: { resident, rounds: [{ matrices: [], steps: part.lowered.steps }] },
  };
}
