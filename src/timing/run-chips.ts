import { createLinks, type LinkParameters, type LinkUse } from './links.ts';
import type { Ending, TimingOutcome } from './outcome.ts';
import { startTiming, type TimedChip, type TimingRun } from './run-timing.ts';

export interface ChipsOutcome {
  /** One for each controller. */
  readonly chips: readonly TimingOutcome[];
  readonly links: readonly LinkUse[];
}

/** The paused chip whose next event is due first; undefined when none has any. */
function earliest(chips: readonly TimedChip[]): TimedChip | undefined {
  let best: TimedChip | undefined;
  for (const chip of chips) {
    const time = chip.nextTime();
    const sooner = best === undefined || (time !== undefined && time < best.nextTime()!);
    if (time !== undefined && chip.controller.ending() === undefined && sooner) best = chip;
  }
  return best;
}

/**
 * Runs several controllers, each on its own chip, through the event machine. A chip runs on by itself until its controller needs to know
 * of another one; while all of them do, the event due first is handled, so that no chip passes the arrival of what it waits for. The
 * outcome does not depend on the order in which chips are looked at.
 */
export function runChips(runs: readonly Omit<TimingRun, 'peers' | 'replay'>[], parameters: LinkParameters): ChipsOutcome {
  const links = createLinks(runs.length, parameters);
  const chips = runs.map((run, own) => startTiming({ ...run, peers: links.portOf(own) }));
  const isPaused = ({ controller }: TimedChip): boolean => controller.ending() === undefined && controller.paused() !== undefined;
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
    if (next === undefined) break;
    next.advance(next.handled() + 1);
  }
  const deadlock = (chip: TimedChip): Ending => ({ ended: 'deadlocked', waits: chip.controller.waits() });
  return { chips: chips.map((chip) => chip.outcome(deadlock(chip))), links: links.uses() };
}
