import type { Fabric, StartWord } from './fabric.ts';
import type { MvmJob } from './mvm-job.ts';
import { createMvmJob, describeJob, shiftJob, vectorsInFlight } from './mvm-job.ts';
import type { MvmLeap } from './mvm-leap.ts';
import { createMvmLeap, tryLeap } from './mvm-leap.ts';
import { createMvmMemory } from './mvm-memory.ts';
import { createMvmSolo } from './mvm-solo.ts';
import { createMvmSteps } from './mvm-steps.ts';
import type { Word } from './word.ts';

interface RunningJob {
  readonly word: Word;
  readonly job: MvmJob;
  readonly leap: MvmLeap | undefined;
}

/**
 * Reads of whole vectors (MVM, MVT, RDV, CAL). Every vector is, per lane, one fetch (scratchpad, multicast, input buffer; array and
 * converters, which are the word's own, follow arithmetically) and one return (partial sums to the hub), then one write (adding
 * row blocks, write-back). A lane's next vector is fetched when the last one leaves the input buffer and the hub has room.
 */
export function createMvmUnit(fabric: Fabric, closedForm: boolean): StartWord {
  const { engine } = fabric;
  const steps = createMvmSteps(fabric);
  const memory = closedForm ? createMvmMemory(fabric) : undefined;
  const running: (RunningJob | undefined)[] = [];
  engine.onRebase((delta) => {
    memory?.forget();
    for (const entry of running) {
      if (entry === undefined) continue;
      shiftJob(entry.job, -delta);
      if (entry.leap !== undefined) entry.leap.boundaryPs -= delta;
    }
  });

  fabric.jobs.push((word, into) => {
    const entry = running[word.slot];
    if (entry !== undefined) describeJob(entry.job, engine.now(), into);
  });

  function planFetch(word: Word, job: MvmJob, lane: number, ready: number): void {
    const replica = Math.floor(lane / job.lanesPerReplica);
    const vector = job.fetched[lane]!;
    if (vector >= job.share[replica]!) return;
    const hasRoom = vector < job.written[replica]! + vectorsInFlight;
    job.waiting[lane] = !hasRoom;
    job.readyAt[lane] = ready;
    if (!hasRoom) return;
    const freed = vector < vectorsInFlight ? 0 : job.ended[replica * vectorsInFlight + (vector % vectorsInFlight)]!;
    engine.schedule(Math.max(ready, freed), word.operation.sequence, fetchEvent, word.slot, lane);
  }

  function fetch(word: Word, job: MvmJob, lane: number): void {
    const replicas = job.share.length;
    const vector = job.fetched[lane]!++ * replicas + Math.floor(lane / job.lanesPerReplica);
    const out = steps.fetch(word, job, lane, vector, engine.now());
    engine.schedule(out, word.operation.sequence, returnEvent, word.slot, lane);
    planFetch(word, job, lane, job.stages[lane]!.begun);
  }

  function end(word: Word, endPs: number): void {
    running[word.slot] = undefined;
    fabric.finish(word, endPs);
  }

  function conclude(word: Word, job: MvmJob): void {
    memory?.remember(word, job);
    end(word, job.endPs);
  }

  const fetchEvent = engine.register((slot, lane) => {
    const { word, job, leap } = running[slot]!;
    job.events++;
    if (lane === 0 && leap !== undefined && job.fetched[0]! % leap.period === 0) tryLeap(fabric, word, job, leap);
    const endPs = lane === 0 ? memory?.recall(word, job) : undefined;
    if (endPs !== undefined) end(word, endPs);
    else if (leap !== undefined || memory?.awaits(job) !== false || !solo!.isWorthwhile(word, job)) fetch(word, job, lane);
    else if (solo!.run(word, job)) conclude(word, job);
  });

  const returnEvent = engine.register((slot, lane) => {
    const { word, job } = running[slot]!;
    job.events++;
    const now = engine.now();
    const replica = Math.floor(lane / job.lanesPerReplica);
    const place = replica * vectorsInFlight + (job.returned[lane]!++ % vectorsInFlight);
    const arrived = Math.max(job.returns[place] === 0 ? now : job.arrival[place]!, steps.sendHome(job, lane, now));
    job.arrival[place] = arrived;
    if (++job.returns[place]! < job.lanesPerReplica) return;
    engine.schedule(Math.max(arrived, now), word.operation.sequence, writeEvent, slot, replica);
  });

  const writeEvent = engine.register((slot, replica) => {
    const { word, job } = running[slot]!;
    job.events++;
    const index = job.written[replica]!++;
    const place = replica * vectorsInFlight + (index % vectorsInFlight);
    const done = steps.writeBack(job, index * job.share.length + replica, engine.now());
    job.returns[place] = 0;
    job.ended[place] = done;
    job.endPs = Math.max(job.endPs, done);
    if (--job.left === 0) {
      conclude(word, job);
      return;
    }
    for (let lane = replica * job.lanesPerReplica; lane < (replica + 1) * job.lanesPerReplica; lane++) {
      if (job.waiting[lane]) planFetch(word, job, lane, job.readyAt[lane]!);
    }
  });

  const solo = closedForm
    ? createMvmSolo(fabric, steps, { fetch: fetchEvent, return: returnEvent, write: writeEvent })
    : undefined;

  return (word) => {
    const job = createMvmJob(word.task!);
    running[word.slot] = { word, job, leap: closedForm ? createMvmLeap(fabric, job, word) : undefined };
    for (let lane = 0; lane < job.fetched.length; lane++) {
      if (job.share[Math.floor(lane / job.lanesPerReplica)]! > 0) fetch(word, job, lane);
    }
  };
}
