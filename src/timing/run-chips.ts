import { createDramPort } from './dram-port.ts';
import { createLinks, type LinkParameters, type Links, type LinkUse } from './links.ts';
import type { Ending, TimingOutcome } from './outcome.ts';
import { startTiming, type TimedChip, type TimingRun } from './run-timing.ts';

export interface ChipsOutcome {
  /** One for each controller. */
  readonly chips: readonly TimingOutcome[];
  readonly links: readonly LinkUse[];
}

export interface ChipsParameters extends LinkParameters {
  /** One DRAM with one port for all chips; default: each has one of its own. */
  readonly sharedDram?: boolean;
}

/** The chip whose next event is due first; undefined when none has any. */
function earliest(chips: readonly TimedChip[]): TimedChip | undefined {
  let best: TimedChip | undefined;
  for (const chip of chips) {
    const time = chip.nextTime();
    const sooner = best === undefined || (time !== undefined && time < best.nextTime()!);
    if (time !== undefined && chip.controller.ending() === undefined && sooner) best = chip;
  }
  return best;
}

const isPaused = ({ controller }: TimedChip): boolean => controller.ending() === undefined && controller.paused() !== undefined;

/**
 * A chip runs on by itself until its controller needs to know of another one; while all of them do, the event due first is handled, so
 * that no chip passes the arrival of what it waits for.
 */
function runApart(chips: readonly TimedChip[], links: Links): void {
  for (const chip of chips) chip.advance(Number.POSITIVE_INFINITY);
  for (let seen = -1; ; ) {
    if (links.changes() > seen) {
      seen = links.changes();
      for (const chip of chips.filter(isPaused)) {
        chip.controller.resume();
        chip.advance(Number.POSITIVE_INFINITY);
      }
      continue;
    }
    const next = earliest(chips.filter(isPaused));
    if (next === undefined) return;
    next.advance(next.handled() + 1);
  }
}

/** Event by event in the order of time, so that the memory is asked in that order; of events at one time, those of lower chips first. */
function runInStep(chips: readonly TimedChip[], links: Links): void {
  for (let seen = -1; ; ) {
    if (links.changes() > seen) {
      seen = links.changes();
      for (const { controller } of chips.filter(isPaused)) controller.resume();
    }
    const next = earliest(chips);
    if (next === undefined) return;
    next.advance(next.handled() + 1);
  }
}

/**
 * Runs several controllers, each on its own chip, through the event machine. The outcome does not depend on the order in which chips are
 * looked at; requests to a shared memory at one time are served from the lowest chip up.
 */
export function runChips(
  runs: readonly Omit<TimingRun, 'peers' | 'replay' | 'dramPort'>[],
  { sharedDram = false, ...parameters }: ChipsParameters,
): ChipsOutcome {
  const links = createLinks(runs.length, parameters);
  const memory = sharedDram ? { dramPort: createDramPort() } : {};
  const chips = runs.map((run, own) => startTiming({ ...run, ...memory, peers: links.portOf(own) }));
  if (sharedDram) runInStep(chips, links);
  else runApart(chips, links);
  const deadlock = (chip: TimedChip): Ending => ({ ended: 'deadlocked', waits: chip.controller.waits() });
  return { chips: chips.map((chip) => chip.outcome(deadlock(chip))), links: links.uses() };
}
