import { expect, test } from 'vitest';
import { createEngine } from '../../src/timing/engine.ts';

test('time is an exact base plus an offset that stays small', () => {
  const engine = createEngine(1_000, 1_000_000);
  const seen: bigint[] = [];
  const moved: number[] = [];
  engine.onRebase((delta) => void moved.push(delta));
  const tick = engine.register((left) => {
    seen.push(engine.absolute());
    expect(engine.now()).toBeLessThan(1_000_000);
    if (left > 0) engine.schedule(engine.now() + 700_300, 0, tick, left - 1, 0);
  });
  engine.schedule(0, 0, tick, 5, 0);
  expect(engine.run(100)).toBe('dry');
  expect(seen).toEqual([0n, 700_300n, 1_400_600n, 2_100_900n, 2_801_200n, 3_501_500n]);
  expect(moved.every((delta) => delta % 1_000 === 0)).toBe(true);
  expect(moved.length).toBeGreaterThan(1);
});

test('a bounded run stops at the bound and goes on from there', () => {
  const engine = createEngine(1);
  const times: number[] = [];
  const tick = engine.register(() => {
    times.push(engine.now());
    engine.schedule(engine.now() + 10, 0, tick, 0, 0);
  });
  engine.schedule(0, 0, tick, 0, 0);
  expect(engine.run(3)).toBe('limit');
  expect(engine.run(4)).toBe('limit');
  expect(times).toEqual([0, 10, 20, 30]);
  expect(engine.handled()).toBe(4);
});

test('time advances without an event only when nothing is due until then', () => {
  const engine = createEngine(1);
  const tick = engine.register(() => engine.stop());
  engine.schedule(50, 0, tick, 0, 0);
  expect(engine.advance(49)).toBe(true);
  expect(engine.advance(50)).toBe(false);
  expect(engine.now()).toBe(49);
  expect(engine.run(100)).toBe('stopped');
});

test('waiting moves the base exactly, and only while nothing is pending', () => {
  const engine = createEngine(1_000);
  engine.wait(10n ** 25n + 7n);
  expect(engine.absolute()).toBe(10n ** 25n + 7n);
  expect(engine.now()).toBe(7);
  engine.schedule(
    8,
    0,
    engine.register(() => undefined),
    0,
    0,
  );
  expect(() => engine.wait(1n)).toThrow('1 events are pending');
});

test('the past and the inexact are refused', () => {
  const engine = createEngine(1);
  engine.wait(5n);
  const tick = engine.register(() => undefined);
  for (const time of [-1, Number.NaN, 2 ** 60])
    expect(() => engine.schedule(time, 0, tick, 0, 0)).toThrow(`event time is ${time} ps`);
});

test('a jump takes the events of one word along', () => {
  const engine = createEngine(1);
  const order: string[] = [];
  const tick = engine.register((a) => void order.push(`${a}@${engine.now()}`));
  engine.schedule(10, 1, tick, 1, 0);
  engine.schedule(500, 2, tick, 2, 0);
  expect(engine.firstOther(1)).toBe(500);
  engine.jump(1, 400);
  expect(engine.now()).toBe(400);
  const described: number[] = [];
  engine.describeWord(1, described);
  expect(described).toEqual([10, tick, 0]);
  engine.run(10);
  expect(order).toEqual(['1@410', '2@500']);
});

test('a leap moves the base and nothing else, by whole repeats of the clock', () => {
  const engine = createEngine(5000);
  const seen: bigint[] = [];
  const handler = engine.register(() => void seen.push(engine.absolute()));
  engine.schedule(7000, 0, handler, 0, 0);
  engine.leap(10n ** 18n);
  expect(engine.now()).toBe(0);
  engine.run(1);
  expect(seen).toEqual([10n ** 18n + 7000n]);
  expect(() => engine.leap(3n)).toThrow('leap is 3 ps; want a multiple of 5000');
});

test('a word whose events are dropped never hears of them', () => {
  const engine = createEngine(5000);
  const heard: number[] = [];
  const handler = engine.register((a) => void heard.push(a));
  engine.schedule(10, 1, handler, 1, 0);
  engine.schedule(20, 2, handler, 2, 0);
  engine.drop(1);
  engine.run(9);
  expect(heard).toEqual([2]);
});
