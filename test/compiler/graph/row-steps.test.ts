import { expect, test } from 'vitest';
import { mapHeights, rowStepOf } from '../../../src/compiler/graph/row-steps.ts';
import type { LoweredGraph, Step, StepOperation } from '../../../src/compiler/graph/steps.ts';
import type { StageWindow } from '../../../src/compiler/lower.ts';

const window: StageWindow = {
  ...{ height: 6, width: 4, channels: 2, kernelHeight: 3, kernelWidth: 3, strideY: 2, strideX: 2 },
  ...{ padTop: 1, padLeft: 1, padBottom: 1, padRight: 1, dilation: 1 },
};
const step = (reads: readonly string[], writes: string, operation: StepOperation): Step => ({
  ...{ layer: writes, reads, writes, partial: false, growth: 'none', operation },
});
const pool = (input: string, output: string) => step([input], output, { kind: 'pool', function: 'max', window, pixels: 6 });
const act = (input: string, output: string, elements: number) =>
  step([input], output, { kind: 'act', function: 'relu', slope: 0, elements });

function loweredOf(steps: readonly Step[], sizes: Readonly<Record<string, number>>): LoweredGraph {
  const values = new Map(Object.entries(sizes).map(([name, elements]) => [name, { name, elements, codes: false }]));
  return { steps, values, constants: [], input: 'x', output: steps.at(-1)!.writes, classes: 1 };
}

const chain = loweredOf([act('x', 'a', 48), pool('a', 'p'), act('p', 'y', 12)], { x: 48, a: 48, p: 12, y: 12 });

test('heights spread from windows to what keeps rows, before and behind', () => {
  expect(Object.fromEntries(mapHeights(chain))).toEqual({ x: 6, a: 6, p: 3, y: 3 });
});

test('a window row needs the map rows under it, none below the map', () => {
  const { lastNeeded, height, onRows } = rowStepOf(chain.steps[1]!, mapHeights(chain), chain)!;
  expect([0, 1, 2].map(lastNeeded)).toEqual([1, 3, 5]);
  expect(height).toBe(3);
  expect(onRows(2).operation).toMatchObject({ pixels: 4 });
});

test('a step on elements takes its share of them', () => {
  expect(rowStepOf(chain.steps[2]!, mapHeights(chain), chain)!.onRows(2).operation).toMatchObject({ elements: 8 });
});

test('what moves rows elsewhere, or has no rows, is taken whole', () => {
  const moved = { kind: 'strided', rows: 3, length: 4, pitch: 8, from: 0, to: 12 } as const;
  const steps = [pool('a', 'p'), step(['p'], 's', moved), act('f', 'g', 10)];
  const lowered = loweredOf(steps, { x: 1, a: 48, p: 24, s: 24, f: 10, g: 10 });
  const heights = mapHeights(lowered);
  expect(rowStepOf(steps[1]!, heights, lowered)).toBeUndefined();
  expect(rowStepOf(steps[2]!, heights, lowered)).toBeUndefined();
});

test('maps that readers see in different ways have no rows', () => {
  const other = { ...window, height: 4, width: 6 };
  const steps = [pool('a', 'p'), step(['a'], 'q', { kind: 'pool', function: 'max', window: other, pixels: 6 })];
  const lowered = loweredOf(steps, { x: 1, a: 48, p: 12, q: 12 });
  expect(mapHeights(lowered).get('a')).toBe(0);
  expect(steps.map((each) => rowStepOf(each, mapHeights(lowered), lowered))).toEqual([undefined, undefined]);
});
