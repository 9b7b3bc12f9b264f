import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import { canLeave, keepInDram } from './keep-in-dram.ts';
import { wholeMaps } from './plan-streams.ts';
import { type GraphSchedule, type ImageChoice, planGraph } from './schedule-graph.ts';
import type { LoweredGraph, Step } from './steps.ts';

export interface Fitted {
  /** With the steps that move values to DRAM and back, where the scratchpad is too small for all of them. */
  readonly lowered: LoweredGraph;
  readonly schedule: GraphSchedule;
}

interface Peak {
  readonly at: number;
  readonly bytes: number;
  readonly idle: readonly { readonly name: string; readonly bytes: number; readonly to: number }[];
}

/** Where values of image steps take the most bytes, and which of them that step does not touch. */
function peakOf({ imageSteps, areas }: GraphSchedule): readonly Peak[] {
  const live = [...areas.values()];
  const peaks = imageSteps.map((step, at): Peak => {
    const here = live.filter(({ from, to }) => from <= at && at <= to);
    const idle = here.filter(({ name }) => !step.reads.includes(name) && step.writes !== name);
    return { at, bytes: here.reduce((sum, { bytes }) => sum + bytes, 0), idle };
  });
  return peaks.sort((a, b) => b.bytes - a.bytes || a.at - b.at);
}

/** A value leaves once, and what came back for one step stays until that step: so spilling ends. */
function mayLeave(lowered: LoweredGraph, name: string): boolean {
  const { steps, homes } = lowered;
  const isBack = steps.some(
    ({ writes, operation }) => writes === name && operation.kind === 'load' && homes?.get(operation.value)?.perImage === false,
  );
  return !isBack && homes?.has(name) !== true && canLeave(lowered, name);
}

/** What to move out: the largest value that lives through a peak without being used there, the one needed last where two are equal. */
function victimOf(lowered: LoweredGraph, schedule: GraphSchedule): { readonly name: string; readonly at: number } | undefined {
  for (const { at, idle } of peakOf(schedule)) {
    const [best] = idle
      .filter(({ name }) => !schedule.wide.has(name) && mayLeave(lowered, name))
      .sort((a, b) => b.bytes - a.bytes || b.to - a.to);
    if (best !== undefined) return { name: best.name, at };
  }
  return undefined;
}

/** A copy for each reader behind the peak; readers before it take the value itself. */
function spill(lowered: LoweredGraph, { imageSteps }: GraphSchedule, { name, at }: { name: string; at: number }): LoweredGraph {
  const behind = new Map<Step, string>();
  imageSteps.forEach((step, place) => {
    if (place > at && step.reads.includes(name)) behind.set(step, `${name} from DRAM ${behind.size + 1}`);
  });
  return keepInDram(lowered, { value: name, perImage: false, copyFor: (step) => behind.get(step) });
}

/** With the longest streams that fit: maps of a stream lie in the scratchpad together. Undefined where none do. */
function streamed(
  plan: (longest: number) => GraphSchedule,
  { imageSteps }: GraphSchedule,
  chip: ChipDescription,
): GraphSchedule | undefined {
  for (let longest = imageSteps.length; longest > 1; longest = Math.ceil(longest / 2)) {
    const schedule = plan(longest);
    if (schedule.spmBytes <= chip.scratchpad.bytes) return schedule;
    if (longest === 2) break;
  }
  return undefined;
}

/**
 * Schedules a graph so that it fits the scratchpad: fewer images a batch first, then values of one image to DRAM and back where they
 * are not needed at once. Throws InputError when one step alone takes more than there is.
 */
export function fitScratchpad(
  lowered: LoweredGraph,
  samples: number,
  chip: ChipDescription,
  network: string,
  choice: ImageChoice = {},
): Fitted {
  const { streams = wholeMaps, ...images } = choice;
  let graph = lowered;
  for (;;) {
    const schedule = planGraph(graph, samples, chip, network, images);
    if (schedule.spmBytes <= chip.scratchpad.bytes) {
      const plan = (longest: number) => planGraph(graph, samples, chip, network, { ...images, streams: { ...streams, longest } });
      return { lowered: graph, schedule: (streams.len > 0 && streamed(plan, schedule, chip)) || schedule };
    }
    const victim = schedule.pipeline.stages > 1 ? undefined : victimOf(graph, schedule);
    if (victim === undefined)
      throw inputError(
        `chip ${chip.name}`,
        `a scratchpad of ${chip.scratchpad.bytes} bytes`,
        `at least ${schedule.spmBytes} bytes for one image of ${network}${graph === lowered ? '' : ', values moved to DRAM where they can be'}; ` +
          '--set scratchpad.bytes=… makes it larger',
      );
    graph = spill(graph, schedule, victim);
  }
}
