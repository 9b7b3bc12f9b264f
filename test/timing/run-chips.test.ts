import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { runChips } from '../../src/timing/run-chips.ts';
import {
  bytes,
  chip130,
  costs,
  fence,
  halt,
  load,
  operation,
  program,
  regions,
  type Step,
  sourceOf,
  spm,
  time,
  unitUse,
  value,
  vecAdd,
} from './operations.ts';
import { chips, programs } from './random-programs.ts';

const link = { bytesPerSecond: 1e9, latencyPs: 50_000 };
const runOf = (steps: readonly Step[]) => ({ parameters: chip130, costs, regions, source: sourceOf(program(steps)) });
const send = (from: number, count: number, to: number, tag = 1): IssuedOperation =>
  operation('SEND', { a: spm(from), b: value(tag), length: count, unit: to, reads: [bytes(from, count)] });
const receive = (to: number, count: number, from: number, tag = 1): IssuedOperation =>
  operation('RECV', { d: spm(to), b: value(tag), length: count, unit: from, writes: [bytes(to, count)] });

describe('runChips', () => {
  test('chips that say nothing to one another take the time they take alone', () => {
    fc.assert(
      fc.property(chips, programs, programs, (parameters, first, second) => {
        const runs = [first, second].map((steps) => ({ ...runOf(steps), parameters }));
        const together = runChips(runs, link).chips;
        [first, second].forEach((steps, at) => {
          const alone = time(steps, parameters, { closedForm: false, replay: false });
          expect(together[at]!.picoseconds).toBe(alone.picoseconds);
          expect(together[at]!.dynamic).toEqual(alone.dynamic);
        });
      }),
      { numRuns: 30, seed: 71 },
    );
  });

  test('a send that waits in its queue behind work still reaches a chip that waits for it, and work goes on meanwhile', () => {
    // Controller 0 comes to its RECV while the SEND is in the queue: the vector unit must finish first.
    const work = vecAdd(0, 4096, 4096);
    const first = [work, send(4096, 16, 1), receive(64, 16, 1), halt];
    const second = [receive(0, 16, 0), vecAdd(0, 16384, 8), send(16384, 16, 0), halt];
    const { chips: outcomes, links } = runChips([runOf(first), runOf(second)], link);
    expect(outcomes.map(({ ending }) => ending.ended)).toEqual(['halted', 'halted']);
    const worked = time([work, fence, halt]).picoseconds;
    // Two messages one after the other: 16 ns and 50 ns each.
    expect(outcomes[1]!.picoseconds).toBeGreaterThan(worked);
    expect(outcomes[0]!.picoseconds).toBeGreaterThan(worked + 132_000n);
    expect(links.map(({ messages }) => messages)).toEqual([1, 1]);
  });

  test('the order in which chips are given changes nothing but their numbers', () => {
    const ring = (own: number, other: number) => [
      vecAdd(0, 8192, own === 0 ? 9 : 700),
      send(0, 640, other),
      receive(1024, 640, other),
      operation('BAR', { a: value(3), b: value(2) }),
      halt,
    ];
    const [a, b] = [
      runChips([runOf(ring(0, 1)), runOf(ring(1, 0))], link),
      runChips([runOf(ring(1, 1)), runOf(ring(0, 0))], link),
    ];
    expect(a.chips.map(({ picoseconds }) => picoseconds)).toEqual(b.chips.map(({ picoseconds }) => picoseconds).reverse());
    // The barrier lets both go on at the same time.
    expect(a.chips[0]!.picoseconds).toBe(a.chips[1]!.picoseconds);
  });

  test('chips on one memory take turns at its port; one that asks for nothing does not notice', () => {
    fc.assert(
      fc.property(chips, programs, programs, (parameters, first, second) => {
        const busy = (steps: readonly Step[]) =>
          unitUse(time(steps, parameters, { closedForm: false, replay: false }), 'DRAM').busyPs;
        const alone = [first, second].map((steps) => time(steps, parameters, { closedForm: false, replay: false }));
        const runs = [first, second].map((steps) => ({ ...runOf(steps), parameters }));
        const { chips: shared } = runChips(runs, { ...link, sharedDram: true });
        shared.forEach((outcome, at) => {
          expect(outcome.dynamic).toEqual(alone[at]!.dynamic);
          expect(unitUse(outcome, 'DRAM').busyPs).toBe(busy([first, second][at]!));
        });
        const lonely = [first, second].some((steps) => busy(steps) === 0);
        if (lonely) expect(shared.map(({ picoseconds }) => picoseconds)).toEqual(alone.map(({ picoseconds }) => picoseconds));
      }),
      { numRuns: 30, seed: 73 },
    );
    const loads = [load(0, 0, 4096), fence, halt];
    const [lower, higher] = runChips([runOf(loads), runOf(loads)], { ...link, sharedDram: true }).chips;
    const transferPs = BigInt(Math.ceil((4096 * 1e12) / chip130.dramBytesPerSecond));
    expect(lower!.picoseconds).toBe(time(loads).picoseconds);
    expect(higher!.picoseconds - lower!.picoseconds).toBe(transferPs);
    // Messages pass while the memory is busy, and memory is served in the order of time.
    const waits = [receive(8192, 16, 0), load(0, 0, 4096), fence, halt];
    const talks = [vecAdd(0, 4096, 64), send(4096, 16, 1), load(0, 0, 4096), fence, halt];
    expect(runChips([runOf(talks), runOf(waits)], { ...link, sharedDram: true }).chips.map(({ ending }) => ending.ended)).toEqual(
      ['halted', 'halted'],
    );
  });

  test('who waits for ever is deadlocked and says for what', () => {
    const { chips: outcomes } = runChips([runOf([receive(0, 16, 1, 4), halt]), runOf([halt])], link);
    expect(outcomes[0]!.ending).toEqual({
      ended: 'deadlocked',
      waits: ['RECV at word 0 waits for a message of controller 1 with tag 4'],
    });
  });
});
