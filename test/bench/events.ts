import { idleActivity } from '../../src/sequence/activity.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createEngine } from '../../src/timing/engine.ts';
import { runTiming } from '../../src/timing/run-timing.ts';
import { bytes, chip130, costs, group, halt, mvm, operation, regions, spm, value, vecAdd } from '../timing/operations.ts';

const best = (rounds: number, measure: () => number): number => {
  let found = 0;
  for (let round = 0; round < rounds; round++) found = Math.max(found, measure());
  return found;
};

/** Seconds of processor time: a busy machine does not make the simulator slower. */
const seconds = (): number => process.cpuUsage().user / 1e6;

/** Repeats a loop body, as the sequencer would, then halts. */
function repeat(body: readonly IssuedOperation[], words: number) {
  let at = 0;
  return {
    next: () => {
      if (at > words) return undefined;
      const operation = at === words ? halt : body[at % body.length]!;
      return { operation: { ...operation, sequence: at, word: at++ % body.length }, activity: idleActivity };
    },
  };
}

function rates(body: readonly IssuedOperation[], words: number, closedForm: boolean) {
  const started = seconds();
  const outcome = runTiming({ parameters: chip130, costs, regions, source: repeat(body, words), closedForm });
  const passed = seconds() - started;
  return { events: outcome.events / passed, words: outcome.operations / passed };
}

/** Bare queue: 64 events pending, each schedules its successor. */
function queueRate(): number {
  const engine = createEngine(5000);
  let left = 2_000_000;
  const handler = engine.register((a, b) => {
    if (left-- > 0) engine.schedule(engine.now() + 5000 * (1 + ((a * 7 + b) & 15)), a, handler, a, (b + 1) & 255);
  });
  for (let a = 0; a < 64; a++) engine.schedule(0, a, handler, a, 0);
  const started = seconds();
  engine.run(Number.POSITIVE_INFINITY);
  return engine.handled() / (seconds() - started);
}

const narrow = group(0, 256, 128);
const hidden = group(1, 256, 128, { firstTile: 8 });
const wide = group(2, 784, 256, { firstTile: 16 });

/** Layers of a small network, one vector at a time: matrix, bias, activation. */
const layers: readonly IssuedOperation[] = [
  mvm(narrow, 0, 4096, 1),
  vecAdd(4096, 8192, 128),
  operation('ACT', { fn: 3, a: spm(8192), d: spm(16384), length: 128, reads: [bytes(8192, 512)], writes: [bytes(16384, 512)] }),
  operation('SETR', { fn: 1, d: { kind: 'register', id: 1 }, a: value(1), b: value(1) }),
  mvm(hidden, 32768, 65536, 1),
  vecAdd(65536, 69632, 128, 1),
  operation('QNT', {
    fn: 0,
    a: spm(69632),
    d: spm(73728),
    length: 128,
    unit: 1,
    reads: [bytes(69632, 512)],
    writes: [bytes(73728, 128)],
  }),
  operation('NOP'),
];

/** Prints events per second of the queue and of real units, and instructions per second. */
export function benchEvents(print: (line: string) => void): void {
  const million = (rate: number) => `${(rate / 1e6).toFixed(2)} M/s`;
  print(`event queue, 64 pending        ${million(best(3, queueRate))} events`);
  const small = { words: 0, events: 0 };
  for (let round = 0; round < 3; round++) {
    const found = rates(layers, 200_000, true);
    if (found.words > small.words) Object.assign(small, found);
  }
  print(`MVM, VEC, ACT, QNT one vector  ${million(small.words)} macro-instructions, ${million(small.events)} events`);
  for (const [name, shape] of [
    ['256x128', narrow],
    ['784x256', wide],
  ] as const) {
    const run = () => rates([mvm(shape, 0, 1 << 20, 1000)], 200, false).events;
    print(`MVM ${name}, 1000 vectors      ${million(best(3, run))} events`);
  }
  const leaping = rates([mvm(wide, 0, 1 << 20, 1000)], 500, true).words * 1000;
  print(`the same in closed form        ${million(leaping)} vectors`);
}
