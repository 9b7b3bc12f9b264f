import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createResources, layOutResources, occupy, startOf } from '../../src/timing/resources.ts';
import { chip130 } from './operations.ts';

test('every unit has one name and kinds lie one after the other', () => {
  const layout = layOutResources(chip130);
  expect(layout.names.length).toBe(2 * 8 + 2 * 64 + 2 + 64 + 2 + 2);
  expect(new Set(layout.names).size).toBe(layout.names.length);
  expect(layout.names[layout.tile + 63]).toBe('tile 63');
  expect(layout.names[layout.link + 64 + 9]).toBe('link 1.1 west');
});

test('first come, first served: reservations never overlap and none starts before it asked', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 })), { maxLength: 30 }), (requests) => {
      const resources = createResources(1);
      let at = 0;
      let end = 0;
      let busy = 0;
      for (const [gap, duration] of requests) {
        at += gap;
        const start = startOf(resources, 0, at);
        expect(start).toBe(Math.max(at, end));
        end = start + duration;
        busy += duration;
        occupy(resources, 0, start, end);
      }
      expect([resources.busyPs[0], resources.operations[0]]).toEqual([busy, requests.length]);
    }),
    { seed: 7 },
  );
});
