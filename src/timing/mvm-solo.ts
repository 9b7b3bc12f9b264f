import type { Fabric } from './fabric.ts';
import { type MvmJob, vectorsInFlight } from './mvm-job.ts';
import type { MvmSteps } from './mvm-steps.ts';
import type { Word } from './word.ts';

/** Handlers of the events of a read. */
export interface MvmHandlers {
  readonly fetch: number;
  readonly return: number;
  readonly write: number;
}

/** Goes through the vectors of a read of one lane without the event queue, as long as no other word has an event. */
export interface MvmSolo {
  /** Is the read one that can, and is no other word's event near? */
  isWorthwhile(word: Word, job: MvmJob): boolean;
  /** To be called in place of a fetch of lane 0. True when the read has ended; otherwise the events that are left are scheduled. */
  run(word: Word, job: MvmJob): boolean;
}

/** Offsets stay exact below 2^53; a stretch keeps a margin for what is scheduled after it. */
const furthestPs = 2 ** 51;
/** Vectors of which the time must be free of other words' events: fewer are not worth leaving the queue for. */
const worthwhileVectors = 4;

/** Events of one kind, which come in the order of the vectors: time, and place in the order of scheduling. */
interface Line {
  readonly at: Float64Array;
  readonly order: Float64Array;
}

const createLine = (): Line => ({ at: new Float64Array(vectorsInFlight), order: new Float64Array(vectorsInFlight) });
const placeOf = (vector: number): number => vector & (vectorsInFlight - 1);

export function createMvmSolo({ engine, parameters }: Fabric, steps: MvmSteps, handlers: MvmHandlers): MvmSolo {
  const returns = createLine();
  const writes = createLine();
  const pending: number[] = [];
  let orders = 0;

  const put = ({ at, order }: Line, vector: number, time: number): void => {
    at[placeOf(vector)] = time;
    order[placeOf(vector)] = orders++;
  };

  /** Takes the read's pending events out of the queue; of equal times the earlier scheduled comes first. */
  function takeOver({ operation }: Word, { returned, written }: MvmJob): void {
    const now = engine.now();
    pending.length = 0;
    engine.describeWord(operation.sequence, pending);
    engine.drop(operation.sequence);
    let [back, end] = [returned[0]!, written[0]!];
    for (let at = 0; at < pending.length; at += 3) {
      if (pending[at + 1] === handlers.return) put(returns, back++, now + pending[at]!);
      else put(writes, end++, now + pending[at]!);
    }
  }

  /** Gives the events that are left to the queue, in the order in which they were scheduled. */
  function giveBack({ operation, slot }: Word, left: { handler: number; time: number; order: number }[]): void {
    left.sort((x, y) => x.order - y.order);
    for (const { handler, time } of left) engine.schedule(time, operation.sequence, handler, slot, 0);
  }

  return {
    isWorthwhile({ operation }, { fetched, task }) {
      if (fetched.length > 1) return false;
      const worthwhilePs = worthwhileVectors * (parameters.readPs + task.plan.conversionPs);
      return engine.firstOther(operation.sequence) > engine.now() + worthwhilePs;
    },
    run(word, job) {
      const until = Math.min(engine.firstOther(word.operation.sequence), furthestPs);
      orders = 0;
      takeOver(word, job);
      const { vectors } = job.task;
      const stages = job.stages[0]!;
      let fetched = job.fetched[0]!;
      let returned = job.returned[0]!;
      let written = job.written[0]!;
      let fetchAt = engine.now();
      let fetchOrder = -1;
      let waiting = false;

      for (;;) {
        const returnPlace = placeOf(returned);
        const writePlace = placeOf(written);
        const returnAt = returned < fetched ? returns.at[returnPlace]! : Number.POSITIVE_INFINITY;
        const writeAt = written < returned ? writes.at[writePlace]! : Number.POSITIVE_INFINITY;
        let now = fetchAt;
        let order = fetchOrder;
        let kind = 0;
        if (returnAt < now || (returnAt === now && returns.order[returnPlace]! < order)) {
          now = returnAt;
          order = returns.order[returnPlace]!;
          kind = 1;
        }
        if (writeAt < now || (writeAt === now && writes.order[writePlace]! < order)) {
          now = writeAt;
          kind = 2;
        }
        if (now >= until) break;
        if (kind === 1) {
          put(writes, returned, steps.sendHome(job, 0, now));
          returned++;
          continue;
        }
        if (kind === 0) {
          put(returns, fetched, steps.fetch(word, job, 0, fetched, now));
          fetched++;
        } else {
          const done = steps.writeBack(job, written, now);
          job.ended[writePlace] = done;
          written++;
          if (done > job.endPs) job.endPs = done;
          if (--job.left === 0) return true;
          if (!waiting) continue;
        }
        // The next fetch: when the tile takes it and the hub has room.
        fetchAt = Number.POSITIVE_INFINITY;
        waiting = false;
        if (fetched >= vectors) continue;
        if (fetched >= written + vectorsInFlight) {
          waiting = true;
          continue;
        }
        const freed = fetched < vectorsInFlight ? 0 : job.ended[placeOf(fetched)]!;
        fetchAt = Math.max(stages.begun, freed);
        fetchOrder = orders++;
      }
      const left: { handler: number; time: number; order: number }[] = [];
      for (let vector = returned; vector < fetched; vector++) {
        const place = placeOf(vector);
        left.push({ handler: handlers.return, time: returns.at[place]!, order: returns.order[place]! });
      }
      job.returns.fill(0);
      for (let vector = written; vector < returned; vector++) {
        const place = placeOf(vector);
        job.returns[place] = 1;
        job.arrival[place] = writes.at[place]!;
        left.push({ handler: handlers.write, time: writes.at[place]!, order: writes.order[place]! });
      }
      if (fetchAt < Number.POSITIVE_INFINITY) left.push({ handler: handlers.fetch, time: fetchAt, order: fetchOrder });
      job.fetched[0] = fetched;
      job.returned[0] = returned;
      job.written[0] = written;
      job.waiting[0] = waiting;
      job.readyAt[0] = stages.begun;
      giveBack(word, left);
      return false;
    },
  };
}
