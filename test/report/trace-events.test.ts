import { expect, test } from 'vitest';
import { traceEvents } from '../../src/report/trace-events.ts';
import type { ProgramTrace } from '../../src/simulate/trace-program.ts';
import type { WordRecord } from '../../src/timing/trace.ts';

const word = (sequence: number, layer: number, from: number, to: number, units: readonly string[]): WordRecord => ({
  ...{ sequence, word: sequence, mnemonic: 'MVM', layer, phase: 2, units },
  ...{ fetchedPs: BigInt(from - 2e6), issuedPs: BigInt(from - 1e6), startedPs: BigInt(from), endedPs: BigInt(to) },
});

const trace: ProgramTrace = {
  program: {
    ...{ words: new Uint32Array(), symbols: [], data: [], sourceName: 't', lines: [] },
    regions: [
      { id: 0, kind: 'layer', name: 'first' },
      { id: 1, kind: 'layer', name: 'second' },
      { id: 2, kind: 'phase', name: 'evaluate' },
    ],
  },
  records: [
    word(0, 0, 5e6, 9e6, ['tile 0', 'tile 1']),
    word(1, 0, 9e6, 11e6, ['tile 0']),
    word(2, 1, 10e6, 14e6, ['vector unit 0']),
  ],
  left: 0,
  energy: [
    { layer: 0, phase: 2, joules: 6e-6, busyPs: 6e6 },
    { layer: 1, phase: 2, joules: 8e-6, busyPs: 4e6 },
  ],
  leakageWatts: 0.5,
  picoseconds: 20_000_000n,
};
const { traceEvents: events } = traceEvents([trace]);

test('one track a unit, with what each word waited for', () => {
  const names = events.filter(({ ph, pid, name }) => ph === 'M' && pid === 1 && name === 'thread_name');
  expect(names.map(({ args }) => args!.name)).toEqual(['tile 0', 'tile 1', 'vector unit 0']);
  const [first] = events.filter(({ ph, pid }) => ph === 'X' && pid === 1);
  expect(first).toMatchObject({ name: 'MVM', ts: 5, dur: 4, args: { layer: 'first', phase: 'evaluate', 'queued (us)': 1 } });
});

test('layers are slices that follow one another, phases one slice', () => {
  const slices = events.filter(({ ph, pid }) => ph === 'X' && pid === 2).map(({ name, ts, dur }) => [name, ts, dur]);
  expect(slices).toEqual([
    ['evaluate', 5, 9],
    ['first', 5, 6],
    ['second', 11, 3],
  ]);
});

test('layers of consecutive images that work at once have a track each', () => {
  const piped = {
    ...trace,
    records: [word(0, 1, 5e6, 9e6, ['tile 0']), word(1, 0, 5e6, 8e6, ['tile 1']), word(2, 1, 9e6, 12e6, ['tile 0'])],
  };
  const found = traceEvents([piped]).traceEvents.filter(({ pid }) => pid === 2);
  expect(found.flatMap(({ ph, args }) => (ph === 'M' ? [args!.name] : []))).toEqual([
    'program',
    'phases',
    'layer second',
    'layer first',
  ]);
  expect(found.filter(({ ph }) => ph === 'X').map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
    ['evaluate', 5, 7],
    ['second', 5, 7],
    ['first', 5, 3],
  ]);
});

test('tracks of chosen units alone; the program and the counters stay', () => {
  const chosen = traceEvents([trace], (unit) => unit === 'tile 1').traceEvents;
  expect(chosen.filter(({ ph, pid }) => ph === 'X' && pid === 1).length).toBe(1);
  expect(chosen.filter(({ pid }) => pid > 1)).toEqual(events.filter(({ pid }) => pid > 1));
});

test('counters begin and end at rest; power is a layer’s energy over its time, on top of leakage', () => {
  const values = (name: string) =>
    events.filter((event) => event.ph === 'C' && event.name === name).map(({ ts, args }) => [ts, Object.values(args!)[0]]);
  expect(values('words waiting in queues').at(-1)).toEqual([10, 0]);
  expect(values('words running')).toEqual([
    [5, 1],
    [9, 1],
    [10, 2],
    [11, 1],
    [14, 0],
  ]);
  expect(values('power').map(([, watts]) => Number(Number(watts).toFixed(6)))).toEqual([1.5, 1.5, 3.5, 2.5, 0.5]);
});

test('the document is what Perfetto reads', () => {
  const text = JSON.parse(JSON.stringify(traceEvents([trace])));
  expect(text.traceEvents.length).toBe(events.length);
  expect(text.displayTimeUnit).toBe('ns');
});
