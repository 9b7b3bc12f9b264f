import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chip130, group, halt, mvm, time, vecAdd } from './operations.ts';
import { chips, programs } from './random-programs.ts';

test('the closed form equals the events: picoseconds, energy, actions, and use of every unit', () => {
  let leapt = 0;
  fc.assert(
    fc.property(chips, programs, (parameters, steps) => {
      const closed = time(steps, parameters);
      const { events, ...byEvents } = time(steps, parameters, { closedForm: false });
      expect(closed).toEqual({ ...byEvents, events: closed.events });
      if (closed.events < events) leapt++;
    }),
    { seed: 15, numRuns: 150 },
  );
  expect(leapt).toBeGreaterThan(20);
});

test('a long read alone needs far fewer events', () => {
  const steps = [mvm(group(0, 784, 256), 0, 1 << 20, 2000), halt];
  const closed = time(steps);
  const full = time(steps, chip130, { closedForm: false });
  expect(closed.picoseconds).toBe(full.picoseconds);
  expect(closed.events * 10).toBeLessThan(full.events);
});

test('a neighbour on the same ports stops the leap only while it runs', () => {
  const shape = group(0, 256, 128);
  const steps = [mvm(shape, 0, 1 << 20, 3000), vecAdd(1 << 22, 1 << 23, 100_000), halt];
  const closed = time(steps);
  const full = time(steps, chip130, { closedForm: false });
  expect({ ...closed, events: 0 }).toEqual({ ...full, events: 0 });
  expect(closed.events).toBeLessThan(full.events / 2);
});

test('data-dependent retries are never leapt over', () => {
  const retries = new Uint8Array(500).fill(0);
  retries[400] = 3;
  const step = [mvm(group(0, 256, 128), 0, 1 << 20, 500), { retries }] as const;
  const full = time([step, halt], chip130, { closedForm: false });
  expect({ ...time([step, halt]), events: 0 }).toEqual({ ...full, events: 0 });
});
