import type { DramAccess } from './access-order.ts';

/** One side of a race. */
export interface RaceSide {
  readonly controller: number;
  readonly word: number;
  readonly writes: boolean;
}

/** Two words of two controllers that touch the same bytes in no order, one of them writing. */
export interface Race {
  /** The controller of lower number first. */
  readonly sides: readonly [RaceSide, RaceSide];
  /** Bytes both touch, half open: the lowest such range. */
  readonly from: number;
  readonly to: number;
  /** Pairs of runs of the two words. */
  readonly times: number;
  /** The controller whose message or barrier came between them without waiting for its word; undefined when nothing came between. */
  readonly overtaken: number | undefined;
}

/** All runs of one word on one range of bytes. */
interface Run {
  readonly side: RaceSide;
  readonly from: number;
  readonly to: number;
  readonly accesses: DramAccess[];
  /** Largest `doneAt` up to each. */
  readonly latest: number[];
}

function runsOf(controller: number, accesses: readonly DramAccess[]): readonly Run[] {
  const runs = new Map<string, Run>();
  for (const access of accesses) {
    const { word, writes, from, to, doneAt } = access;
    const key = `${word} ${from} ${to} ${writes}`;
    const run = runs.get(key) ?? { side: { controller, word, writes }, from, to, accesses: [], latest: [] };
    runs.set(key, run);
    run.accesses.push(access);
    run.latest.push(Math.max(run.latest.at(-1) ?? 0, doneAt));
  }
  return [...runs.values()];
}

/** How many accesses, which are in program order, knew at most so many releases of a controller. */
function countKnowing(accesses: readonly DramAccess[], controller: number, most: number): number {
  let [low, high] = [0, accesses.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (accesses[middle]!.known[controller]! <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Meeting {
  times: number;
  overtaken: number | undefined;
}

/** Pairs of which neither was sure to be done before the other issued. */
function meet(first: Run, second: Run): Meeting {
  const [own, other] = [first.side.controller, second.side.controller];
  const found: Meeting = { times: 0, overtaken: undefined };
  for (const right of second.accesses) {
    // Later ones knew that `right` was done; of earlier ones only those matter that `right` did not know to be done.
    for (let at = countKnowing(first.accesses, other, right.doneAt) - 1; at >= 0; at--) {
      if (first.latest[at]! < right.known[own]!) break;
      const left = first.accesses[at]!;
      if (left.doneAt < right.known[own]!) continue;
      found.times += 1;
      if (right.known[own]! > left.known[own]!) found.overtaken ??= own;
      else if (left.known[other]! > right.known[other]!) found.overtaken ??= other;
    }
  }
  return found;
}

/**
 * Races among the accesses of several controllers, see `createAccessOrder`: overlapping bytes, at least one write, and no path of
 * messages and barriers from the end of one to the issue of the other. Depends on neither time nor the order of looking.
 */
export function findRaces(accesses: readonly (readonly DramAccess[])[]): readonly Race[] {
  const races = new Map<string, Race>();
  let open: Run[] = [];
  for (const run of accesses.flatMap((own, controller) => runsOf(controller, own)).sort((a, b) => a.from - b.from)) {
    open = open.filter(({ to }) => to > run.from);
    for (const other of open) {
      if (other.side.controller === run.side.controller || !(other.side.writes || run.side.writes)) continue;
      const [first, second] = other.side.controller < run.side.controller ? [other, run] : [run, other];
      const { times, overtaken } = meet(first, second);
      if (times === 0) continue;
      const sides = [first.side, second.side] as const;
      const key = sides.map(({ controller, word, writes }) => `${controller} ${word} ${writes}`).join(' ');
      const known = races.get(key);
      if (known === undefined) races.set(key, { sides, from: run.from, to: Math.min(run.to, other.to), times, overtaken });
      else races.set(key, { ...known, times: known.times + times, overtaken: known.overtaken ?? overtaken });
    }
    open.push(run);
  }
  const order = ({ sides }: Race) => sides.flatMap(({ controller, word, writes }) => [controller, word, writes ? 1 : 0]);
  return [...races.values()].sort((a, b) => compareNumbers(order(a), order(b)));
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((number, place) => number !== right[place]);
  return at < 0 ? 0 : left[at]! - right[at]!;
}
