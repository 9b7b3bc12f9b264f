import { createIntern } from '../sequence/describe-state.ts';
import type { Fabric } from './fabric.ts';
import type { MvmJob } from './mvm-job.ts';
import { describeJob } from './mvm-job.ts';
import { resourcesOf } from './mvm-leap.ts';
import type { Word } from './word.ts';

/** How a read went on from one state to its end while nothing else happened. Times relative to that state. */
interface Course {
  readonly state: readonly number[];
  readonly endPs: number;
  /** Per resource in use, in the order of `usedBy`: free again (0 = as before), time in use, uses. */
  readonly freePs: readonly number[];
  readonly busyPs: readonly number[];
  readonly uses: readonly number[];
}

/** A course being observed. */
interface Observation {
  readonly state: readonly number[];
  readonly resources: readonly number[];
  readonly sincePs: number;
  readonly handled: number;
  readonly own: number;
  readonly busyPs: readonly number[];
  readonly uses: readonly number[];
}

/** Vectors of the first lane before which a read is compared with earlier ones. */
const checkpoints: readonly number[] = [4, 40, 120, 300];
const shortestRead = 12;
/** Clocks whose edges take longer to repeat hardly ever meet the same state again. Assumed. */
const longestRepeatPs = 1e6;

/**
 * Remembers undisturbed reads, windows included: from a state seen before, relative to now, and with no other word's event until
 * the end, the rest of a read goes as it went then.
 */
export interface MvmMemory {
  /** To be called before lane 0 fetches. The end of the read when it was taken from memory: all its events are gone then. */
  recall(word: Word, job: MvmJob): number | undefined;
  /** Will a later vector of the read be compared, with some hope? */
  awaits(job: MvmJob): boolean;
  /** To be called when the last vector is written. */
  remember(word: Word, job: MvmJob): void;
  /** Forgets what is being observed, because offsets moved. */
  forget(): void;
}

function hashOf(state: readonly number[]): number {
  let hash = 17;
  for (let at = 0; at < state.length; at++) hash = (Math.imul(hash, 31) + (state[at]! % 2147483647)) | 0;
  return hash;
}

const equal = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((value, at) => value === right[at]);

export function createMvmMemory(fabric: Fabric): MvmMemory {
  const { engine, resources, clock } = fabric;
  const intern = createIntern();
  const { spmBanks: banks, spmInterleaveBytes: interleave } = fabric.parameters;
  const courses = new Map<number, Course[]>();
  const observed = new Map<number, Observation[]>();

  /** A window with a margin may begin before address 0. */
  const bankOf = (address: number): number => ((Math.floor(address / interleave) % banks) + banks) % banks;

  /**
   * What a read uses, ports in the order in which its addresses meet them: banks are all alike, so a read that begins some banks on
   * goes on the same way some banks on.
   */
  function usedBy({ task }: MvmJob): readonly number[] {
    const { source, outputAddress = 0, plan } = task;
    const from = source.kind === 'dense' ? source.address : source.kind === 'window' ? source.window.address : 0;
    const { readPort, writePort } = fabric.layout;
    const turned = (id: number, port: number, by: number): number => port + ((id - port + by) % banks);
    const isPort = (id: number, port: number): boolean => id >= port && id < port + banks;
    return resourcesOf(fabric, plan).map((id) =>
      isPort(id, readPort)
        ? turned(id, readPort, bankOf(from))
        : isPort(id, writePort)
          ? turned(id, writePort, bankOf(outputAddress))
          : id,
    );
  }

  function describe(word: Word, job: MvmJob, used: readonly number[]): number[] {
    const now = engine.now();
    const { operation } = word;
    const { source, outputAddress, vectors, reads } = job.task;
    const state = [
      now % clock.repeatPs,
      operation.mnemonic.charCodeAt(2),
      operation.fn,
      operation.flags,
      intern(operation.group!),
      vectors,
      reads,
    ];
    state.push(outputAddress === undefined ? -1 : outputAddress % interleave);
    if (source.kind === 'dense') state.push(source.address % interleave);
    if (source.kind === 'window') {
      const { address, ...shape } = source.window;
      state.push(intern(shape), address % interleave);
    }
    describeJob(job, now, state);
    for (const id of used) state.push(Math.max(0, resources.free[id]! - now));
    engine.describeWord(operation.sequence, state);
    return state;
  }

  function follow(word: Word, used: readonly number[], { endPs, freePs, busyPs, uses }: Course): number {
    const now = engine.now();
    used.forEach((id, at) => {
      if (freePs[at]! > 0) resources.free[id] = now + freePs[at]!;
      resources.busyPs[id]! += busyPs[at]!;
      resources.operations[id]! += uses[at]!;
    });
    engine.drop(word.operation.sequence);
    return now + endPs;
  }

  /** Unless other words' events came between. */
  function keep(job: MvmJob, seen: Observation): void {
    if (engine.handled() - seen.handled !== job.events - seen.own) return;
    const key = hashOf(seen.state);
    const course: Course = {
      state: seen.state,
      endPs: job.endPs - seen.sincePs,
      freePs: seen.resources.map((id) => Math.max(0, resources.free[id]! - seen.sincePs)),
      busyPs: seen.resources.map((id, at) => resources.busyPs[id]! - seen.busyPs[at]!),
      uses: seen.resources.map((id, at) => resources.operations[id]! - seen.uses[at]!),
    };
    const known = courses.get(key);
    if (known === undefined) courses.set(key, [course]);
    else if (!known.some(({ state }) => equal(state, course.state))) known.push(course);
  }

  return {
    recall(word, job) {
      if (!checkpoints.includes(job.fetched[0]!) || job.share[0]! < shortestRead || word.activity.retries !== undefined)
        return undefined;
      const now = engine.now();
      const used = usedBy(job);
      const state = describe(word, job, used);
      const course = courses.get(hashOf(state))?.find((known) => equal(known.state, state));
      if (course !== undefined && engine.firstOther(word.operation.sequence) > now + course.endPs) {
        observed.delete(word.slot);
        return follow(word, used, course);
      }
      const sights = observed.get(word.slot) ?? [];
      observed.set(word.slot, sights);
      sights.push({
        ...{ state, resources: used, sincePs: now, handled: engine.handled(), own: job.events },
        busyPs: used.map((id) => resources.busyPs[id]!),
        uses: used.map((id) => resources.operations[id]!),
      });
      return undefined;
    },
    awaits: ({ fetched, share }) =>
      clock.repeatPs <= longestRepeatPs &&
      share[0]! >= shortestRead &&
      checkpoints.some((vector) => vector > fetched[0]! && vector < share[0]!),
    remember(word, job) {
      for (const seen of observed.get(word.slot) ?? []) keep(job, seen);
      observed.delete(word.slot);
    },
    forget: () => observed.clear(),
  };
}
