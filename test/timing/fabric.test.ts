import { expect, test } from 'vitest';
import { createFabric } from '../../src/timing/fabric.ts';
import { occupy } from '../../src/timing/resources.ts';
import { chip130 } from './operations.ts';

test('rebasing keeps what is left of every reservation', () => {
  const fabric = createFabric(chip130, 100_000);
  const { engine, resources } = fabric;
  const left: number[] = [];
  const tick = engine.register(() => void left.push(resources.free[3]! - engine.now()));
  occupy(resources, 3, 0, 400_000);
  for (const time of [90_000, 150_000, 380_000]) engine.schedule(time, 0, tick, 0, 0);
  engine.run(10);
  expect(left).toEqual([310_000, 250_000, 20_000]);
  expect(engine.absolute()).toBe(380_000n);
});

test('a fabric without queues cannot finish words', () => {
  expect(() => createFabric(chip130).finish(undefined as never, 0)).toThrow('before the queues were made');
});
