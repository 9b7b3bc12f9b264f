import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runTiming } from '../../src/timing/run-timing.ts';
import { type LoopProgram, loopPrograms, loopSource, type Piece } from './loop-programs.ts';
import { chip130, costs, regions } from './operations.ts';
import { chips } from './random-programs.ts';

function outcomeOf(program: LoopProgram, parameters: typeof chip130, replay: boolean, closedForm = true) {
  const source = loopSource(program);
  const { events, replayedOperations, ...rest } = runTiming({ parameters, costs, regions, source, replay, closedForm });
  return { events, replayedOperations, rest, withGroup: source.withGroup() };
}

test('replay changes no picosecond, no count and no joule of random programs', () => {
  let replayed = 0;
  let programs = 0;
  fc.assert(
    fc.property(chips, loopPrograms, (parameters, program) => {
      const full = outcomeOf(program, parameters, false, false);
      const short = outcomeOf(program, parameters, true);
      expect(full.rest.ending).toEqual({ ended: 'halted', exitCode: 0 });
      expect(short.rest).toEqual(full.rest);
      expect(short.withGroup).toBe(full.withGroup);
      expect(full.replayedOperations).toBe(0);
      if (short.replayedOperations > 0) replayed++;
      programs++;
    }),
    { seed: 41, numRuns: 40 },
  );
  expect(replayed).toBeGreaterThan(programs / 4);
});

const still = { stride: 0, inner: 0, copies: 0 };
const ten = (change: Record<number, LoopProgram['areas'][number]> = {}) =>
  Array.from({ length: 10 }, (_, at) => change[at] ?? still);
const loop = (trips: number, body: readonly Piece[]): Piece => ({ kind: 'loop', trips, body });
const layer: readonly Piece[] = [
  { kind: 'load', from: 0, to: 0, length: 300 },
  { kind: 'read', from: 0, to: 1, length: 3 },
  { kind: 'vector', from: 1, to: 2, length: 100 },
];

test('a long loop costs a few iterations, double buffers and data streams included', () => {
  const areas = ten({ 0: { stride: 784, inner: 0, copies: 2 } });
  const outcome = outcomeOf({ areas, pieces: [loop(60_000, layer)] }, chip130, true);
  expect(outcome.replayedOperations / outcome.rest.operations).toBeGreaterThan(0.999);
  expect(outcome.rest.operations).toBeGreaterThan(180_000);
});

test('time and energy of a replayed loop grow exactly with its length', () => {
  const run = (trips: number) => outcomeOf({ areas: ten(), pieces: [loop(trips, layer)] }, chip130, true).rest;
  const [some, more, most] = [run(100), run(200), run(300)];
  expect(most.picoseconds - more.picoseconds).toBe(more.picoseconds - some.picoseconds);
  for (const action of Object.keys(some.actions))
    expect(most.actions[action]! - more.actions[action]!, action).toBe(more.actions[action]! - some.actions[action]!);
});

test('transfers that walk through the rows of a group replay, and end at the same row', () => {
  const body: readonly Piece[] = [
    { kind: 'update', from: 0, to: 1, length: 2 },
    { kind: 'transfer', from: 0, to: 0, length: 2 },
  ];
  const program = { areas: ten(), pieces: [loop(1000, body), loop(3, body)] };
  const short = outcomeOf(program, chip130, true);
  expect(short.replayedOperations).toBeGreaterThan(1500);
  expect(short.rest).toEqual(outcomeOf(program, chip130, false).rest);
});

test('a loop whose writes run into what another word reads is not replayed past that', () => {
  const areas = ten({ 3: { stride: 1024, inner: 0, copies: 0 } });
  const body: readonly Piece[] = [
    { kind: 'vector', from: 2, to: 3, length: 100 },
    { kind: 'read', from: 4, to: 5, length: 3 },
  ];
  const program = { areas, pieces: [loop(60, body)] };
  const short = outcomeOf(program, chip130, true);
  expect(short.replayedOperations).toBe(0);
  expect(short.rest).toEqual(outcomeOf(program, chip130, false).rest);
});

test('a word behind a replayed loop still waits for the transfers of its last iterations, at the rows they are at', () => {
  const inner = loop(8, [
    { kind: 'update', from: 1, to: 1, length: 1 },
    { kind: 'transfer', from: 0, to: 0, length: 8 },
  ]);
  const areas = ten({ 9: { stride: 784, inner: 100, copies: 0 } });
  const program = {
    areas,
    pieces: [loop(42, [{ kind: 'back', from: 9, to: 0, length: 12 }, { kind: 'fence', length: 1 }, inner])],
  };
  const parameters = { ...chip130, ...{ readPs: 0, conversionPs: 1, adcMux: 1, spmBanks: 1, dramLatencyPs: 0, queueDepth: 3 } };
  const short = outcomeOf(program, parameters, true);
  expect(short.replayedOperations).toBeGreaterThan(0);
  expect(short.rest).toEqual(outcomeOf(program, parameters, false).rest);
});
