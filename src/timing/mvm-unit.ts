import type { Fabric, StartWord } from './fabric.ts';
import type { MvmJob } from './mvm-job.ts';
import { createMvmJob, describeJob, shiftJob, vectorsInFlight } from './mvm-job.ts';
import type { MvmLeap } from './mvm-leap.ts';
import { createMvmLeap, tryLeap } from './mvm-leap.ts';
import { createMvmMemory } from './mvm-memory.ts';
import { vectorBytes } from './mvm-task.ts';
import { occupy, startOf } from './resources.ts';
import { passStages } from './tile-stages.ts';
import { visitPatch } from './window-segments.ts';
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
  const { engine, clock, parameters, network, scratchpad, resources, layout } = fabric;
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

  // One visitor for all patches: a closure a vector would be most of what the collector finds.
  let readDone = 0;
  const readSegment = (address: number, bytes: number): void => {
    const done = scratchpad.read(address, bytes, engine.now());
    if (done > readDone) readDone = done;
  };

  function readInput(job: MvmJob, lane: number, vector: number): number {
    const now = engine.now();
    const { source, plan } = job.task;
    const { inputOffset, inputBytes } = plan.lanes[lane]!;
    if (source.kind === 'none') return now;
    if (source.kind === 'dense') {
      return scratchpad.read(source.address + vector * vectorBytes(plan) + inputOffset, inputBytes, now);
    }
    readDone = now;
    visitPatch(source.window, source.elementBytes, job.patches[lane]!, vector, readSegment);
    return readDone;
  }

  function fetch(word: Word, job: MvmJob, lane: number): void {
    const replicas = job.share.length;
    const vector = job.fetched[lane]!++ * replicas + Math.floor(lane / job.lanesPerReplica);
    const { plan, source, reads } = job.task;
    const { outward, inputBufferCycles, outputBufferCycles } = plan.lanes[lane]!;
    const read = readInput(job, lane, vector);
    const commandOnly = source.kind === 'none';
    const arrived = commandOnly ? network.send(outward, read, 1) : network.send(outward, read);
    const ready = clock.after(arrived, commandOnly ? 1 : inputBufferCycles);
    const stages = job.stages[lane]!;
    const attempts = 1 + (word.activity.retries?.[vector] ?? 0);
    const converted = passStages(stages, ready, attempts, parameters.passes * reads, parameters.readPs, plan.conversionPs, clock);
    // One cycle of shift-and-add after the last conversion, the others overlap; then the output register is read out.
    const out = clock.after(clock.atOrAfter(converted), 1 + outputBufferCycles);
    engine.schedule(out, word.operation.sequence, returnEvent, word.slot, lane);
    planFetch(word, job, lane, stages.begun);
  }

  function end(word: Word, endPs: number): void {
    running[word.slot] = undefined;
    fabric.finish(word, endPs);
  }

  const fetchEvent = engine.register((slot, lane) => {
    const { word, job, leap } = running[slot]!;
    job.events++;
    if (lane === 0 && leap !== undefined && job.fetched[0]! % leap.period === 0) tryLeap(fabric, word, job, leap);
    const endPs = lane === 0 ? memory?.recall(word, job) : undefined;
    if (endPs === undefined) fetch(word, job, lane);
    else end(word, endPs);
  });

  const returnEvent = engine.register((slot, lane) => {
    const { word, job } = running[slot]!;
    job.events++;
    const now = engine.now();
    const replica = Math.floor(lane / job.lanesPerReplica);
    const place = replica * vectorsInFlight + (job.returned[lane]!++ % vectorsInFlight);
    const { homeward } = job.task.plan.lanes[lane]!;
    let arrived = job.returns[place] === 0 ? now : job.arrival[place]!;
    for (let at = 0; at < homeward.length; at++) {
      arrived = Math.max(arrived, network.send(homeward[at]!, now));
    }
    job.arrival[place] = arrived;
    if (++job.returns[place]! < job.lanesPerReplica) return;
    engine.schedule(Math.max(arrived, now), word.operation.sequence, writeEvent, slot, replica);
  });

  /** Adds row blocks and the old output, then writes back; returns when the vector is in the scratchpad. */
  function writeBack(job: MvmJob, vector: number): number {
    let done = engine.now();
    const { outputAddress, outputBytes, accumulates, writesOnce, lanesPerReplica, plan } = job.task;
    const address = outputAddress === undefined ? 0 : outputAddress + (writesOnce ? 0 : vector * outputBytes);
    if (accumulates) done = scratchpad.read(address, outputBytes, done);
    const cycles = (lanesPerReplica - 1 + (accumulates ? 1 : 0)) * plan.addCycles;
    if (cycles > 0) {
      const start = startOf(resources, layout.accumulator, done);
      done = clock.after(start, cycles);
      occupy(resources, layout.accumulator, start, done);
    }
    const writes = outputAddress !== undefined && (!writesOnce || job.left === 1);
    return writes ? scratchpad.write(address, outputBytes, done) : done;
  }

  const writeEvent = engine.register((slot, replica) => {
    const { word, job } = running[slot]!;
    job.events++;
    const index = job.written[replica]!++;
    const place = replica * vectorsInFlight + (index % vectorsInFlight);
    const done = writeBack(job, index * job.share.length + replica);
    job.returns[place] = 0;
    job.ended[place] = done;
    job.endPs = Math.max(job.endPs, done);
    if (--job.left === 0) {
      memory?.remember(word, job);
      end(word, job.endPs);
      return;
    }
    for (let lane = replica * job.lanesPerReplica; lane < (replica + 1) * job.lanesPerReplica; lane++) {
      if (job.waiting[lane]) planFetch(word, job, lane, job.readyAt[lane]!);
    }
  });

  return (word) => {
    const job = createMvmJob(word.task!);
    running[word.slot] = { word, job, leap: closedForm ? createMvmLeap(fabric, job, word) : undefined };
    for (let lane = 0; lane < job.fetched.length; lane++) {
      if (job.share[Math.floor(lane / job.lanesPerReplica)]! > 0) fetch(word, job, lane);
    }
  };
}
