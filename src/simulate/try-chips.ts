import { chipDevice } from '../chip/chip-device.ts';
import { compileGraph, type GraphAnalysis, type GraphCompileInput } from '../compiler/graph/compile-graph.ts';
import { type ChipMapping, type ChipsChoice, defaultChipsChoice, splitChips } from '../compiler/graph/split-chips.ts';
import type { Step } from '../compiler/graph/steps.ts';
import type { Program } from '../isa/program.ts';
import type { Trace } from '../timing/trace.ts';
import { type ChipsTiming, defaultLinks, timeChips } from './time-chips.ts';
import { declaredOf, phaseIndex, phaseSeconds, stepKey, tilesOf, trialBatches } from './try-mapping.ts';

/** A network on several chips as it was tried: what was chosen, and what the timing machine says of it. */
export interface ChipsTrial extends Omit<ChipsChoice, 'costOf'> {
  /** Of all chips, and of the fullest. */
  readonly tiles: number;
  readonly mostTiles: number;
  /** Instruction words of all programs. */
  readonly words: number;
  /** One image alone, s; images of the test set, s and J each, links and the leakage of all chips included; programming excluded. */
  readonly latencySeconds: number;
  readonly secondsPerSample: number;
  readonly joulesPerSample: number;
}

export interface TriedChips {
  readonly parts: readonly ChipMapping[];
  readonly trial: ChipsTrial;
}

/** Runs the programs of all chips on the timing machine, at declared activity. */
export function timeParts(
  programs: readonly Program[],
  parts: readonly ChipMapping[],
  { chip }: Pick<GraphCompileInput, 'chip'>,
  trace?: (controller: number) => Trace,
): ChipsTiming {
  const device = chipDevice(chip);
  return timeChips({
    controllers: parts.map((part, own) => ({
      ...{ program: programs[own]!, chip, device, chipSeed: own + 1, declared: declaredOf(part) },
    })),
    links: defaultLinks,
    settings: { seed: 1, fidelity: 'timing', sharedDram: false },
    ...(trace === undefined ? {} : { trace }),
  });
}

/** What the timing machine says of a network on several chips. Throws InputError where it cannot be cut or does not fit so. */
export function tryChips(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  count: number,
  choices: Partial<ChipsChoice>,
): TriedChips {
  const { costOf: _, ...choice } = { ...defaultChipsChoice, ...choices };
  const parts = splitChips(analysis, input, count, choices);
  const samples = Math.min(trialBatches * parts[0]!.schedule.batch, input.samples);
  const small: GraphCompileInput = { ...input, samples, ages: input.ages.slice(0, 1) };
  const trialParts = splitChips(analysis, small, count, choices);
  const programs = trialParts.map((part) => compileGraph(small, part, undefined));
  const { timings, links } = timeParts(programs, trialParts, input);
  // Chips begin the test set and the lone image together, so the time of the network is that of the chip which takes longest.
  const slowest = (phase: string): number =>
    Math.max(...timings.map((timing, own) => phaseSeconds(timing, phaseIndex(programs[own]!, phase))));
  const seconds = slowest('evaluate');
  const dynamic = timings.reduce((sum, timing, own) => {
    const evaluate = phaseIndex(programs[own]!, 'evaluate');
    return timing.dynamic.reduce((total, { phase, joules }) => (phase === evaluate ? total + joules : total), sum);
  }, 0);
  const leakage = timings.reduce((sum, { leakage: parts, picoseconds }) => {
    const watts = parts.reduce((total, { joules }) => total + joules, 0) / (Number(picoseconds) * 1e-12);
    return sum + watts * seconds;
  }, 0);
  // Every image sends the same bytes; the lone one is one more.
  const sent = links.reduce((sum, { bytes }) => sum + bytes, 0) * (samples / (samples + 1));
  const tiles = trialParts.map(tilesOf);
  const trial: ChipsTrial = {
    ...{ ...choice, tiles: tiles.reduce((sum, own) => sum + own, 0), mostTiles: Math.max(...tiles) },
    words: programs.reduce((sum, { words }) => sum + words.length / 4, 0),
    latencySeconds: slowest('forward'),
    secondsPerSample: seconds / samples,
    joulesPerSample: (dynamic + leakage + sent * defaultLinks.joulesPerByte) / samples,
  };
  return { parts, trial };
}

/** How long each step of such a mapping runs for one image alone, s. */
export function measureChipSteps(
  analysis: GraphAnalysis,
  input: GraphCompileInput,
  count: number,
  choices: Partial<ChipsChoice>,
): (step: Step) => number {
  const small: GraphCompileInput = { ...input, samples: 1, ages: input.ages.slice(0, 1) };
  const parts = splitChips(analysis, small, count, choices);
  const owners: string[][] = parts.map(() => []);
  const programs = parts.map((part, own) =>
    compileGraph(small, part, undefined, (step, from, to) => {
      for (let word = from; word < to; word++) owners[own]![word] = stepKey(step);
    }),
  );
  const picoseconds = new Map<string, number>();
  timeParts(programs, parts, input, (own) => {
    const lone = phaseIndex(programs[own]!, 'forward');
    return ({ word, phase, startedPs, endedPs }) => {
      const key = owners[own]![word];
      if (phase === lone && key !== undefined) picoseconds.set(key, (picoseconds.get(key) ?? 0) + Number(endedPs - startedPs));
    };
  });
  return (step) => picoseconds.get(stepKey(step)) ?? 0;
}
