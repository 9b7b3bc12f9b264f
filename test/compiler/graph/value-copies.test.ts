import { expect, test } from 'vitest';
import { allocate } from '../../../src/compiler/graph/allocate.ts';
import { cutStages } from '../../../src/compiler/graph/cut-stages.ts';
import type { Step } from '../../../src/compiler/graph/steps.ts';
import { copiesOf, pipelinedRanges } from '../../../src/compiler/graph/value-copies.ts';

const step = (reads: readonly string[], writes: string): Step => ({
  ...{ layer: writes, reads, writes, partial: false, growth: 'none' },
  operation: { kind: 'zero', elements: 1 },
});

/** a -> b -> c, and c also takes a: a residual. t stays inside the last stage. */
const steps = [step(['x'], 'a'), step(['a'], 'b'), step(['b', 'a'], 't'), step(['t'], 'c')];
const split = { imageSteps: steps, batchSteps: [], wide: new Set(['x', 'c']) };
const pipeline = cutStages(steps, 3, (each) => (each.writes === 'a' || each.writes === 'b' ? 2 : 1));

test('a value has a copy for each stage it lives in; batches and values of one stage have none', () => {
  expect(pipeline.stages).toBe(3);
  const copies = copiesOf(split, pipeline, () => 100);
  expect([...copies]).toEqual([
    ['a', { count: 3, pitch: 128 }],
    ['b', { count: 2, pitch: 128 }],
  ]);
});

test('what stages hand on never shares bytes; values inside one stage keep out of the others', () => {
  const ranges = [
    { name: 'a', from: 0, to: 2 },
    { name: 'b', from: 1, to: 2 },
    { name: 't', from: 2, to: 3 },
    { name: 'c', from: 0, to: 4 },
  ];
  const live = pipelinedRanges(ranges, split, pipeline);
  expect(live).toContainEqual({ name: 't', from: 2, to: 3, stage: 2 });
  expect(live).toContainEqual({ name: 'b', from: 0, to: 3 });
  const areas = allocate(
    live.map((range) => ({ ...range, bytes: 64 })),
    0,
  );
  expect(new Set(areas.map(({ address }) => address)).size).toBe(4);
  expect(pipelinedRanges(ranges, split, { ...pipeline, stages: 1 })).toBe(ranges);
});
