import { chipDevice } from '../chip/chip-device.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import {
  compileGraph,
  type GraphAnalysis,
  type GraphCompileInput,
  type GraphMapping,
  mapGraph,
} from '../compiler/graph/compile-graph.ts';
import { defaultChoice, type MappingChoice } from '../compiler/graph/mapping-choice.ts';
import type { Step } from '../compiler/graph/steps.ts';
import type { Program } from '../isa/program.ts';
import type { TimingOutcome } from '../timing/outcome.ts';
import type { Trace } from '../timing/trace.ts';
import type { GroupStatistics } from './manifest.ts';
import { runInstance } from './run-instance.ts';

/** One mapping tried: what was chosen, and what the timing machine says of it. */
export interface Trial extends Omit<MappingChoice, 'costOf'> {
  readonly tiles: number;
  /** Bytes of scratchpad, and instruction words. */
  readonly scratchpad: number;
  readonly words: number;
  /** One image alone, s; images of the test set, s and J each; programming excluded. */
  readonly latencySeconds: number;
  readonly secondsPerSample: number;
  readonly joulesPerSample: number;
}

export const tilesOf = ({ matrices }: Pick<GraphMapping, 'matrices'>): number =>
  matrices.reduce((sum, { tiles, replicas = 1 }) => sum + tiles * replicas, 0);

/** Does any part of an image pass rows on? */
export const isStreamed = ({ schedule }: GraphMapping): boolean => schedule.imageParts.some(({ kind }) => kind === 'stream');

export const declaredOf = ({ matrices, scalings }: Pick<GraphMapping, 'matrices' | 'scalings'>): readonly GroupStatistics[] =>
  matrices.map(({ group }, index) => {
    const { inputActivity, weightMean } = scalings[index]!;
    return { group, inputActivity, weightMean };
  });

/** Batches that stand for a test set: while one runs the next one loads. */
export const trialBatches = 2;

export const phaseIndex = ({ regions }: Program, name: string): number =>
  regions.findIndex(({ kind, name: own }) => kind === 'phase' && own === name);

export const phaseSeconds = (timing: TimingOutcome, index: number): number => Number(timing.phasePs.get(index) ?? 0n) * 1e-12;

function runMapping(program: Program, { chip }: GraphCompileInput, mapping: GraphMapping, trace?: Trace): TimingOutcome {
  const device = chipDevice(chip);
  const { timing } = runInstance({
    ...{ program, chip, device, costs: costTableOf(chip), fidelity: 'timing', seed: 1, chipSeed: 1 },
    parameters: timingParameters(chip, device),
    declared: declaredOf(mapping),
    ...(trace === undefined ? {} : { trace }),
  });
  return timing!;
}

/** What the timing machine says of a mapping, at declared activity. Throws InputError where the mapping does not fit the chip. */
export function tryMapping(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  choice: Partial<MappingChoice>,
): { readonly mapping: GraphMapping; readonly trial: Trial } {
  const mapping = mapGraph(analysis, input, choice);
  const { schedule } = mapping;
  const samples = Math.min(trialBatches * schedule.batch, input.samples);
  const small: GraphCompileInput = { ...input, samples, ages: input.ages.slice(0, 1) };
  const trialMapping = mapGraph(analysis, small, choice);
  const program = compileGraph(small, trialMapping, undefined);
  const timing = runMapping(program, input, trialMapping);
  const evaluate = phaseIndex(program, 'evaluate');
  const seconds = phaseSeconds(timing, evaluate);
  const dynamic = timing.dynamic.reduce((sum, entry) => (entry.phase === evaluate ? sum + entry.joules : sum), 0);
  const { costOf: _, ...chosen } = { ...defaultChoice, ...choice };
  const trial: Trial = {
    ...{ ...chosen, stages: schedule.pipeline.stages, len: isStreamed(mapping) ? chosen.len : 0, tiles: tilesOf(trialMapping) },
    ...{ scratchpad: schedule.spmBytes, words: program.words.length / 4 },
    latencySeconds: phaseSeconds(timing, phaseIndex(program, 'forward')),
    secondsPerSample: seconds / samples,
    joulesPerSample: (dynamic + costTableOf(input.chip).totalLeakage * seconds) / samples,
  };
  return { mapping, trial };
}

/** How long each step of a mapping runs for one image alone, s, as the timing machine says. */
export function measureSteps(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  choice: Partial<MappingChoice>,
): (step: Step) => number {
  const small: GraphCompileInput = { ...input, samples: 1, ages: input.ages.slice(0, 1) };
  const mapping = mapGraph(analysis, small, choice);
  const owners: string[] = [];
  const program = compileGraph(small, mapping, undefined, (step, from, to) => {
    for (let word = from; word < to; word++) owners[word] = stepKey(step);
  });
  const lone = phaseIndex(program, 'forward');
  const picoseconds = new Map<string, number>();
  runMapping(program, input, mapping, ({ word, phase, startedPs, endedPs }) => {
    const key = owners[word];
    if (phase === lone && key !== undefined) picoseconds.set(key, (picoseconds.get(key) ?? 0) + Number(endedPs - startedPs));
  });
  return (step) => picoseconds.get(stepKey(step)) ?? 0;
}

/** What tells a step from the others, whichever mapping it is of. */
export const stepKey = ({ layer, writes, reads, operation }: Step): string => {
  const place = operation.kind === 'strided' || operation.kind === 'spread' ? `${operation.from}>${operation.to}` : '';
  return [operation.kind, layer, writes, ...reads, place].join('|');
};
