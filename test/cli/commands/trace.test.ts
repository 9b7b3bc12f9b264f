import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workloadsFolder } from '../../../src/cli/locate.ts';
import type { TraceEvent } from '../../../src/report/trace-events.ts';
import { digitModel } from '../../network/onnx/digit-model.ts';
import { openSession } from '../session.ts';

test('compiles a model and writes a timeline of its program, or of a window of it', async () => {
  const session = openSession();
  const { ohmic, at, put } = session;
  const model = put('net.onnx', digitModel);
  expect((await ohmic('compile', model, '--samples', '2', '-o', at('net.obin'), '--quiet')).exitCode).toBe(0);
  const traced = await ohmic('trace', at('net.obin'), '-o', at('whole.json'));
  expect([traced.exitCode, traced.stdout]).toEqual([0, '']);
  const events = (name: string): readonly { readonly ph: string; readonly args?: { readonly name?: string } }[] =>
    JSON.parse(readFileSync(at(name), 'utf8')).traceEvents;
  const tracks = events('whole.json').flatMap(({ args }) => args?.name ?? []);
  expect(tracks).toEqual(expect.arrayContaining(['tile 0', 'phases', 'layers', 'counters']));
  await ohmic('trace', at('net.obin'), '-o', at('part.json'), '--most', '10');
  expect(events('part.json').length).toBeLessThan(events('whole.json').length);
});

test('slices of one track never overlap, in a pipeline of images too, and tracks can be chosen', async () => {
  const { ohmic, at, put } = openSession();
  const model = put('net.onnx', digitModel);
  await ohmic('compile', model, '--samples', '12', '--optimise', 'throughput', '-o', at('net.obin'), '--quiet', '--json');
  await ohmic('trace', at('net.obin'), '-o', at('t.json'), '--quiet');
  const { traceEvents } = JSON.parse(readFileSync(at('t.json'), 'utf8'));
  const ends = new Map<string, number>();
  const slices = traceEvents.filter(({ ph }: { ph: string }) => ph === 'X');
  slices.sort((a: { ts: number }, b: { ts: number }) => a.ts - b.ts);
  for (const { pid, tid, ts, dur } of slices) {
    const track = `${pid} ${tid}`;
    // Times are picoseconds in microseconds: a rounding of 2^-52 is no overlap.
    expect(ts).toBeGreaterThanOrEqual((ends.get(track) ?? 0) * (1 - 1e-15));
    ends.set(track, ts + dur);
  }
  await ohmic('trace', at('net.obin'), '-o', at('dma.json'), '--units', 'dma', '--quiet');
  const tracks = JSON.parse(readFileSync(at('dma.json'), 'utf8')).traceEvents.flatMap(
    ({ pid, name, args }: { pid: number; name: string; args: { name: string } }) =>
      pid === 1 && name === 'thread_name' ? [args.name] : [],
  );
  expect(tracks).toEqual(['DMA channel 0']);
  expect((await ohmic('trace', at('net.obin'), '-o', at('x.json'), '--units', 'gpu')).stderr).toContain('a part of one of');
});

test('a window without instructions, or backwards, is bad input', async () => {
  const { ohmic, at, put } = openSession();
  const program = put('p.oasm', '  NOP\n  HALT\n');
  const late = await ohmic('trace', program, '-o', at('t.json'), '--from', '1 year');
  expect(late.exitCode).toBe(65);
  expect(late.stderr).toContain('a window inside the');
  expect((await ohmic('trace', program, '-o', at('t.json'), '--from', '2 s', '--to', '1 s')).exitCode).toBe(65);
  expect((await ohmic('trace', program, '-o', at('t.json'), '--from', 'soon')).exitCode).toBe(64);
});

test('several programs have tracks of their own each, on one time axis', async () => {
  const { ohmic, at } = openSession();
  const sources = [0, 1].map((own) => join(workloadsFolder, 'programs', `shared-dram-${own}.oasm`));
  const words = ['-o', at('t.json'), '--chip', 'ideal', '--shared-dram', '--quiet'];
  expect((await ohmic('trace', ...sources, ...words)).exitCode).toBe(0);
  const { traceEvents } = JSON.parse(readFileSync(at('t.json'), 'utf8')) as { traceEvents: readonly TraceEvent[] };
  const processes = traceEvents.filter(({ name }) => name === 'process_name').map(({ pid, args }) => [pid, args!.name]);
  expect(processes).toEqual(
    [0, 1].flatMap((own) => ['units', 'program', 'counters'].map((name, at) => [3 * own + at + 1, `controller ${own} ${name}`])),
  );
  const one = (pid: number, mnemonic: string) => traceEvents.find((event) => event.pid === pid && event.name === mnemonic)!;
  // The message is there after it was sent.
  expect(one(4, 'RECV').ts!).toBeGreaterThan(one(1, 'SEND').ts! + one(1, 'SEND').dur!);
  expect((await ohmic('trace', sources[0]!, '-o', at('x.json'), '--shared-dram')).exitCode).toBe(65);
});
