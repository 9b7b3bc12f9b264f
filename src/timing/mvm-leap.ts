import type { Fabric } from './fabric.ts';
import type { MvmJob } from './mvm-job.ts';
import { vectorsInFlight } from './mvm-job.ts';
import type { MvmPlan } from './mvm-plan.ts';
import { vectorBytes } from './mvm-task.ts';
import type { Word } from './word.ts';

/**
 * The closed form of a long read: once a job's state relative to now is the same at two boundaries, `period` vectors of every
 * replica apart, the future repeats exactly until another word's event. Then whole periods are added to times and counters.
 */
export interface MvmLeap {
  /** Vectors per replica after which bank addresses and ring positions repeat. */
  readonly period: number;
  readonly resources: readonly number[];
  boundaryPs: number;
  /** Events handled by all and by this word at the last boundary: a period in which another word acted is no pattern. */
  handled: number;
  own: number;
  signature: number[];
  busyPs: number[];
  operations: number[];
}

/** Offsets stay exact below 2^53; a leap keeps a margin for what is scheduled after it. */
const furthestPs = 2 ** 51;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const leastCommonMultiple = (a: number, b: number): number => (a / greatestCommonDivisor(a, b)) * b;

const known = new WeakMap<MvmPlan, readonly number[]>();

/** Ids of the shared units that reads of a plan may use, its tiles apart. */
export function resourcesOf(fabric: Fabric, plan: MvmPlan): readonly number[] {
  const found = known.get(plan) ?? findResources(fabric, plan);
  known.set(plan, found);
  return found;
}

function findResources({ layout, parameters }: Fabric, plan: MvmPlan): readonly number[] {
  const used = new Set<number>([layout.accumulator]);
  for (let bank = 0; bank < parameters.spmBanks; bank++) used.add(layout.readPort + bank).add(layout.writePort + bank);
  for (const lane of plan.lanes) {
    for (const { links } of [lane.outward, ...lane.homeward]) for (const link of links) used.add(layout.link + link);
  }
  return [...used];
}

/** Undefined when the job cannot repeat (data-dependent retries, windows) or is too short to gain. */
export function createMvmLeap(fabric: Fabric, job: MvmJob, word: Word): MvmLeap | undefined {
  if (job.task.source.kind === 'window' || word.activity.retries?.some((retries) => retries > 0)) return undefined;
  const { spmBanks, spmInterleaveBytes } = fabric.parameters;
  const replicas = job.share.length;
  const wrap = spmBanks * spmInterleaveBytes;
  const strides = [
    job.task.source.kind === 'dense' ? vectorBytes(job.task.plan) : 0,
    job.task.writesOnce || job.task.outputAddress === undefined ? 0 : job.task.outputBytes,
  ];
  let period = vectorsInFlight;
  for (const stride of strides) period = leastCommonMultiple(period, wrap / greatestCommonDivisor(wrap, stride * replicas));
  if (job.task.vectors < 3 * period * replicas) return undefined;
  return {
    period,
    resources: resourcesOf(fabric, job.task.plan),
    boundaryPs: 0,
    handled: 0,
    own: 0,
    signature: [],
    busyPs: [],
    operations: [],
  };
}

function describe(fabric: Fabric, word: Word, job: MvmJob, leap: MvmLeap): number[] {
  const now = fabric.engine.now();
  const after = (time: number) => Math.max(0, time - now);
  const first = job.fetched[0]!;
  const found: number[] = [];
  for (let lane = 0; lane < job.fetched.length; lane++) {
    const { arrayFree, converterFree } = job.stages[lane]!;
    const waits = job.waiting[lane]!;
    found.push(job.fetched[lane]! - first, job.returned[lane]! - first, waits ? after(job.readyAt[lane]!) : -1);
    found.push(after(arrayFree), after(converterFree));
  }
  for (const written of job.written) found.push(written - first);
  for (let at = 0; at < job.returns.length; at++) {
    const returns = job.returns[at]!;
    found.push(returns, returns > 0 ? after(job.arrival[at]!) : 0, after(job.ended[at]!));
  }
  for (const id of leap.resources) found.push(after(fabric.resources.free[id]!));
  fabric.engine.describeWord(word.operation.sequence, found);
  return found;
}

const equal = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((value, at) => value === right[at]);

/** Periods that surely pass before another word's event and before any lane meets its last vector. */
function periodsAhead(fabric: Fabric, word: Word, job: MvmJob, period: number, periodPs: number): number {
  const { engine } = fabric;
  const now = engine.now();
  let periods = Math.floor((Math.min(engine.firstOther(word.operation.sequence) - 1, furthestPs) - now) / periodPs);
  for (let lane = 0; lane < job.fetched.length; lane++) {
    const share = job.share[Math.floor(lane / job.lanesPerReplica)]!;
    periods = Math.min(periods, Math.floor((share - 1 - job.fetched[lane]!) / period));
  }
  return periods;
}

function shiftTimes(times: number[] | Float64Array, now: number, delta: number): void {
  for (let at = 0; at < times.length; at++) if (times[at]! > now) times[at]! += delta;
}

function leapOver(fabric: Fabric, word: Word, job: MvmJob, leap: MvmLeap, periods: number, periodPs: number): void {
  const { engine, resources } = fabric;
  const now = engine.now();
  const delta = periods * periodPs;
  const vectors = periods * leap.period;
  for (const stages of job.stages) {
    if (stages.arrayFree > now) stages.arrayFree += delta;
    if (stages.converterFree > now) stages.converterFree += delta;
  }
  for (const times of [job.readyAt, job.arrival, job.ended]) shiftTimes(times, now, delta);
  for (const counts of [job.fetched, job.returned, job.written])
    for (let at = 0; at < counts.length; at++) counts[at]! += vectors;
  job.left -= vectors * job.share.length;
  leap.resources.forEach((id, at) => {
    if (resources.free[id]! > now) resources.free[id]! += delta;
    resources.busyPs[id]! += periods * (resources.busyPs[id]! - leap.busyPs[at]!);
    resources.operations[id]! += periods * (resources.operations[id]! - leap.operations[at]!);
  });
  engine.jump(word.operation.sequence, delta);
}

/** To be called before lane 0 fetches a vector whose number is a multiple of the period. Moves time when it may. */
export function tryLeap(fabric: Fabric, word: Word, job: MvmJob, leap: MvmLeap): void {
  const { engine, resources, clock } = fabric;
  const signature = describe(fabric, word, job, leap);
  const undisturbed = engine.handled() - leap.handled === job.events - leap.own;
  if (undisturbed && equal(signature, leap.signature)) {
    const periodPs = engine.now() - leap.boundaryPs;
    const periods = periodPs > 0 && periodPs % clock.repeatPs === 0 ? periodsAhead(fabric, word, job, leap.period, periodPs) : 0;
    if (periods > 0) leapOver(fabric, word, job, leap, periods, periodPs);
  }
  leap.boundaryPs = engine.now();
  leap.signature = signature;
  leap.handled = engine.handled();
  leap.own = job.events;
  leap.busyPs = leap.resources.map((id) => resources.busyPs[id]!);
  leap.operations = leap.resources.map((id) => resources.operations[id]!);
}
