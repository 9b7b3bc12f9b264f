import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planStreams, type Stream, spansOf } from '../../../src/compiler/graph/plan-streams.ts';
import type { LoweredGraph, Step } from '../../../src/compiler/graph/steps.ts';
import type { StageWindow } from '../../../src/compiler/lower.ts';

interface Layer {
  readonly kernel: number;
  readonly stride: number;
  readonly cost: number;
}

/** A chain of pools on maps of one channel, padded as far as the kernel allows. */
function chainOf(
  height: number,
  layers: readonly Layer[],
): { readonly lowered: LoweredGraph; readonly costOf: (step: Step) => number } {
  const values = new Map([['v0', { name: 'v0', elements: height * 4, codes: false }]]);
  const steps: Step[] = [];
  const costs = new Map<Step, number>();
  let rows = height;
  for (const [at, { kernel, stride, cost }] of layers.entries()) {
    const pad = Math.floor((kernel - 1) / 2);
    const window: StageWindow = {
      ...{ height: rows, width: 4, channels: 1, kernelHeight: kernel, kernelWidth: 1, strideY: stride, strideX: 1, dilation: 1 },
      ...{ padTop: pad, padLeft: 0, padBottom: pad, padRight: 0 },
    };
    rows = Math.floor((rows + 2 * pad - kernel) / stride) + 1;
    const name = `v${at + 1}`;
    values.set(name, { name, elements: rows * 4, codes: false });
    const step: Step = {
      ...{ layer: name, reads: [`v${at}`], writes: name, partial: false, growth: 'none' },
      operation: { kind: 'pool', function: 'max', window, pixels: rows * 4 },
    };
    steps.push(step);
    costs.set(step, cost);
  }
  const lowered = { steps, values, constants: [], input: 'v0', output: steps.at(-1)!.writes, classes: 1 };
  return { lowered, costOf: (step) => costs.get(step)! };
}

const layer = fc.record({
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 2 }),
  cost: fc.integer({ min: 1, max: 9 }),
});
const inputs = fc.record({
  height: fc.integer({ min: 24, max: 60 }),
  layers: fc.array(layer, { minLength: 2, maxLength: 5 }),
  len: fc.integer({ min: 1, max: 9 }),
});

/** The turn, and the place in it, at which a row of a step is made. */
function whenOf({ steps }: Stream, at: number, row: number): number {
  const { rows, period, delay } = steps[at]!;
  return (delay + Math.floor(row / rows) * period) * steps.length + at;
}

test('every row is made once, and after the rows that it needs', () => {
  fc.assert(
    fc.property(inputs, ({ height, layers, len }) => {
      const { lowered, costOf } = chainOf(height, layers);
      const parts = planStreams(lowered, lowered.steps, { len, longest: 100, costOf });
      for (const part of parts) {
        if (part.kind === 'step') continue;
        part.steps.forEach((step, at) => {
          expect(step.chunks * step.rows + step.tail).toBe(step.height);
          expect(step.delay + step.period * (step.chunks + (step.tail > 0 ? 1 : 0) - 1)).toBeLessThan(part.turns);
          const maker = part.steps.findIndex((other) => other.step.writes === step.step.reads[0]);
          if (maker < 0) return;
          for (let row = 0; row < step.height; row++)
            expect(whenOf(part, maker, Math.max(0, step.lastNeeded(row)))).toBeLessThan(whenOf(part, at, row));
        });
      }
      expect(parts.some(({ kind }) => kind === 'stream')).toBe(parts.length < lowered.steps.length);
    }),
    { seed: 42 },
  );
});

const two = chainOf(16, [
  { kernel: 3, stride: 1, cost: 4 },
  { kernel: 2, stride: 2, cost: 1 },
]);

test('rows of smaller maps come every few turns', () => {
  const [stream] = planStreams(two.lowered, two.lowered.steps, { len: 1, longest: 9, costOf: two.costOf }) as readonly [Stream];
  const byName = Object.fromEntries(stream.steps.map(({ step, rows, period }) => [step.writes, { rows, period }]));
  expect(byName).toEqual({ v1: { rows: 1, period: 1 }, v2: { rows: 1, period: 2 } });
});

test('no rows a turn, streams of one step, and maps of fewer rows stay whole', () => {
  const kinds = (choice: { len: number; longest: number }) =>
    planStreams(two.lowered, two.lowered.steps, { ...choice, costOf: two.costOf }).map(({ kind }) => kind);
  expect(kinds({ len: 0, longest: 9 })).toEqual(['step', 'step']);
  expect(kinds({ len: 1, longest: 1 })).toEqual(['step', 'step']);
  expect(kinds({ len: 16, longest: 9 })).toEqual(['step', 'step']);
  expect(kinds({ len: 4, longest: 9 })).toEqual(['stream']);
});

test('steps of a stream live from their first turn to their last', () => {
  const parts = planStreams(two.lowered, two.lowered.steps, { len: 4, longest: 9, costOf: two.costOf });
  const { spans, length } = spansOf(parts);
  expect([...spans.values()].every(({ from, to }) => from <= to && to < length)).toBe(true);
  expect(spansOf(planStreams(two.lowered, two.lowered.steps, { len: 0, longest: 9, costOf: two.costOf })).length).toBe(2);
});
