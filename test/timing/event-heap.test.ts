import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventHeap } from '../../src/timing/event-heap.ts';

const event = fc.record({ time: fc.nat(20), phase: fc.nat(4), b: fc.nat(1000) });

function drain(heap: ReturnType<typeof createEventHeap>) {
  const found: { time: number; a: number; b: number }[] = [];
  while (heap.size() > 0) {
    const slot = heap.pop();
    found.push({ time: heap.time(slot), a: heap.a(slot), b: heap.b(slot) });
  }
  return found;
}

test('events come in the order of (time, phase, sequence), whatever order they were pushed in', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), (events) => {
      const heap = createEventHeap(4);
      events.forEach(({ time, phase, b }, index) => {
        heap.push(time, phase, 0, index, b);
      });
      const wanted = events
        .map((entry, index) => ({ ...entry, index }))
        .sort((x, y) => x.time - y.time || x.phase - y.phase || x.index - y.index);
      expect(drain(heap).map(({ a }) => a)).toEqual(wanted.map(({ index }) => index));
    }),
    { seed: 1 },
  );
});

test('ties go to the older phase and then to what was scheduled first', () => {
  const heap = createEventHeap();
  heap.push(5, 9, 0, 1, 0);
  heap.push(5, 2, 0, 2, 0);
  heap.push(5, 9, 0, 3, 0);
  expect(drain(heap).map(({ a }) => a)).toEqual([2, 1, 3]);
});

test('shifting one phase moves its events only and keeps the order right', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), fc.nat(30), (events, delta) => {
      const heap = createEventHeap();
      events.forEach(({ time, phase, b }, index) => {
        heap.push(time, phase, 0, index, b);
      });
      heap.shiftPhase(2, delta);
      expect(heap.firstOther(2)).toBe(Math.min(...events.filter(({ phase }) => phase !== 2).map(({ time }) => time)));
      const wanted = events
        .map((entry, index) => ({ ...entry, time: entry.time + (entry.phase === 2 ? delta : 0), index }))
        .sort((x, y) => x.time - y.time || x.phase - y.phase || x.index - y.index);
      expect(drain(heap).map(({ a, time }) => [a, time])).toEqual(wanted.map(({ index, time }) => [index, time]));
    }),
    { seed: 2 },
  );
});

test('a phase is described in order, relative to an origin', () => {
  const heap = createEventHeap();
  heap.push(30, 7, 1, 0, 11);
  heap.push(20, 7, 2, 0, 12);
  heap.push(20, 8, 3, 0, 13);
  const found: number[] = [];
  heap.describePhase(7, 15, found);
  expect(found).toEqual([5, 2, 12, 15, 1, 11]);
});

test('taking from an empty heap is an error', () => {
  expect(() => createEventHeap().pop()).toThrow('0 events are pending');
});

test('events of one phase can be dropped; the others keep their order', () => {
  const heap = createEventHeap(4);
  for (let at = 0; at < 12; at++) heap.push(100 - at, at % 3, at, 0, 0);
  heap.dropPhase(1);
  const left: number[] = [];
  heap.describeAll(90, (phase) => 10 * phase, left);
  const popped: number[] = [];
  while (heap.size() > 0) {
    const slot = heap.pop();
    popped.push(heap.time(slot) - 90, heap.handler(slot) % 3 === 0 ? 0 : 20, heap.handler(slot), 0);
  }
  expect(popped).toEqual(left);
  expect(popped.length).toBe(8 * 4);
});
