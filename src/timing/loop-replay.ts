import type { LoopControl } from '../sequence/sequencer.ts';
import type { Fabric } from './fabric.ts';
import type { InFlight } from './in-flight.ts';
import { bankRoundBytes, createDescribeMachine } from './machine-state.ts';
import type { RunningSums, SumsSnapshot } from './running-sums.ts';

type Loop = NonNullable<LoopControl['crossed']>;

/** The machine at the start of an iteration. */
interface Boundary {
  readonly iteration: number;
  readonly state: readonly number[];
  readonly sums: SumsSnapshot;
  readonly operations: number;
  readonly sequence: number;
  readonly rows: readonly number[];
  readonly rowDecisions: number;
}

/** What is known of one entry into a loop. */
interface LoopHistory {
  iterations: number;
  /** Iterations after which addresses repeat; 0 = never, undefined = not asked yet. */
  period: number | undefined;
  readonly boundaries: Boundary[];
  /** Boundaries compared in vain, and how many more to pass over before the next try. */
  misses: number;
  rest: number;
}

/** Boundaries kept to compare with: the longest pattern found is this many address periods long. */
const boundariesKept = 128;
/** Comparisons in vain after which a loop is tried less and less often. */
const patience = 160;

/** Of the controller: words taken so far, phase of the oldest, and comparisons of words that hung on the rows of a transfer. */
export interface BoundaryCounts {
  readonly operations: number;
  readonly phase: number;
  readonly rowDecisions: number;
}

/**
 * Exact loop replay: at the start of an iteration where controller, queues, units and resources are, relative to now, in the state
 * of an earlier start of the same loop, the iterations between the two repeat until the loop's last. All but that last round are
 * added to time and to every sum at once.
 */
export interface LoopReplay {
  /** To be called with the controller empty-handed, before it takes the next word; returns the operations left out. */
  atBoundary(loop: Loop, at: BoundaryCounts): number;
}

const equal = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((value, at) => value === right[at]);

export function createLoopReplay(fabric: Fabric, control: LoopControl, inFlight: InFlight, sums: RunningSums): LoopReplay {
  const histories = new WeakMap<Loop, LoopHistory>();
  const describeMachine = createDescribeMachine(fabric);
  const bankBytes = bankRoundBytes(fabric);
  const repeatPs = BigInt(fabric.clock.repeatPs);

  function historyOf(loop: Loop): LoopHistory {
    const known = histories.get(loop);
    if (known !== undefined) return known;
    const fresh = { iterations: 0, period: undefined, boundaries: [], misses: 0, rest: 0 };
    histories.set(loop, fresh);
    return fresh;
  }

  /** Is a comparison worth its time at this boundary? */
  function isDue(history: LoopHistory, loop: Loop): boolean {
    if (history.period === undefined) {
      const found = control.period(loop, bankBytes) ?? 0;
      history.period = 2 * found < loop.remaining ? found : 0;
    }
    if (history.period === 0 || (history.iterations - 1) % history.period !== 0) return false;
    if (history.rest === 0) return true;
    history.rest--;
    return false;
  }

  function missed(history: LoopHistory, boundary: Boundary): void {
    history.boundaries.push(boundary);
    if (history.boundaries.length > boundariesKept) history.boundaries.shift();
    if (++history.misses % patience !== 0) return;
    history.rest = 4 * history.misses;
    history.boundaries.length = 0;
  }

  /** Adds all whole rounds since `earlier` that end before the loop's last iteration; returns the operations left out. */
  function replay(loop: Loop, history: LoopHistory, now: Boundary, earlier: Boundary): number {
    const round = now.iteration - earlier.iteration;
    const times = Math.floor((loop.remaining - 1) / round);
    // Asked again: more accesses have been seen since.
    const period = control.period(loop, bankBytes);
    history.period = 0;
    if (times === 0 || period === undefined || round % period !== 0) return 0;
    const operations = now.operations - earlier.operations;
    sums.repeat(earlier.sums, times);
    const left = { iterations: round, numbers: now.sequence - earlier.sequence, earlierRows: earlier.rows };
    for (const word of inFlight.words) word.operation = control.moved(loop, word.operation, times, left);
    control.skip(loop, times, left);
    history.iterations += times * round;
    return times * operations;
  }

  return {
    atBoundary(loop, { operations, phase, rowDecisions }) {
      const history = historyOf(loop);
      history.iterations++;
      if (!isDue(history, loop)) return 0;
      const state: number[] = [phase];
      control.describe(loop, state);
      describeMachine(inFlight, state);
      const now = {
        iteration: history.iterations,
        state,
        operations,
        sequence: control.sequence,
        rows: control.rows(loop),
        rowDecisions,
        sums: sums.snapshot(),
      };
      const earlier = history.boundaries.findLast(
        (boundary) =>
          (boundary.rowDecisions === rowDecisions || equal(boundary.rows, now.rows)) &&
          equal(boundary.state, state) &&
          (now.sums.picoseconds - boundary.sums.picoseconds) % repeatPs === 0n,
      );
      if (earlier !== undefined) return replay(loop, history, now, earlier);
      missed(history, now);
      return 0;
    },
  };
}
