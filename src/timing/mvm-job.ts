import type { MvmTask } from './mvm-task.ts';
import type { TileStages } from './tile-stages.ts';
import { type PatchRow, patchRows } from './window-segments.ts';

/** Vectors a replica may have between input fetch and write-back; a power of two. Assumed: accumulation buffer entries of the hub. */
export const vectorsInFlight = 8;

/** State of a read-type word while its vectors go through the tiles. Vectors are dealt to replicas in turn. */
export interface MvmJob {
  readonly task: MvmTask;
  readonly lanesPerReplica: number;
  readonly stages: TileStages[];
  /** Per lane: its part of the patches; empty unless a window is read. */
  readonly patches: readonly (readonly PatchRow[])[];
  /** Per lane: vectors fetched and returned; lanes held back until the hub has room, and since when they are ready. */
  readonly fetched: number[];
  readonly returned: number[];
  readonly waiting: boolean[];
  readonly readyAt: number[];
  /** Per replica: its share of the vectors and how many are written. */
  readonly share: number[];
  readonly written: number[];
  /** Per replica x vector in flight: lanes returned, their latest arrival, end of the write. */
  readonly returns: number[];
  readonly arrival: number[];
  readonly ended: number[];
  left: number;
  /** Events handled for it. */
  events: number;
  endPs: number;
}

function zeros(count: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < count; at++) found.push(0);
  return found;
}

function patchesOf({ source, plan }: MvmTask): MvmJob['patches'] {
  if (source.kind !== 'window') return [];
  const { window, elementBytes } = source;
  return plan.lanes.map(({ inputOffset, inputBytes }) => patchRows(window, elementBytes, inputOffset, inputOffset + inputBytes));
}

export function createMvmJob(task: MvmTask): MvmJob {
  const { replicas, lanesPerReplica, vectors } = task;
  const lanes = replicas * lanesPerReplica;
  const stages: TileStages[] = [];
  const waiting: boolean[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    stages.push({ begun: 0, arrayFree: 0, converterFree: 0 });
    waiting.push(false);
  }
  const share = zeros(replicas);
  for (let replica = 0; replica < replicas; replica++) share[replica] = Math.ceil((vectors - replica) / replicas);
  return {
    task,
    lanesPerReplica,
    stages,
    patches: patchesOf(task),
    waiting,
    fetched: zeros(lanes),
    returned: zeros(lanes),
    readyAt: zeros(lanes),
    share,
    written: zeros(replicas),
    returns: zeros(replicas * vectorsInFlight),
    arrival: zeros(replicas * vectorsInFlight),
    ended: zeros(replicas * vectorsInFlight),
    left: vectors,
    events: 0,
    endPs: 0,
  };
}

/** Appends the state of a job, times relative to `now`; what is past is all the same. */
export function describeJob(job: MvmJob, now: number, into: number[]): void {
  const after = (time: number) => Math.max(0, time - now);
  for (let lane = 0; lane < job.fetched.length; lane++) {
    const { arrayFree, converterFree } = job.stages[lane]!;
    into.push(job.fetched[lane]!, job.returned[lane]!, job.waiting[lane]! ? after(job.readyAt[lane]!) : -1);
    into.push(after(arrayFree), after(converterFree));
  }
  into.push(...job.written, job.left, after(job.endPs));
  for (let at = 0; at < job.returns.length; at++) {
    const returns = job.returns[at]!;
    into.push(returns, returns > 0 ? after(job.arrival[at]!) : 0, after(job.ended[at]!));
  }
}

/** Adds `delta` to every time of a job. */
export function shiftJob(job: MvmJob, delta: number): void {
  for (const stages of job.stages) {
    stages.begun += delta;
    stages.arrayFree += delta;
    stages.converterFree += delta;
  }
  for (const times of [job.readyAt, job.arrival, job.ended]) for (let at = 0; at < times.length; at++) times[at]! += delta;
  job.endPs += delta;
}
