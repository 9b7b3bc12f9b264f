import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPhaseClock } from '../../src/timing/phase-clock.ts';

test('phases add up to the whole time across turns, waits and rebases', () => {
  const step = fc.record({
    phase: fc.integer({ min: -1, max: 3 }),
    passed: fc.nat(1000),
    waited: fc.nat(50),
    rebase: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const clock = createPhaseClock();
      const wanted = new Map<number, bigint>();
      const add = (phase: number, time: number) => {
        if (time > 0) wanted.set(phase, (wanted.get(phase) ?? 0n) + BigInt(time));
      };
      let now = 0;
      for (const { phase, passed, waited, rebase } of steps) {
        clock.turn(phase, now);
        now += passed;
        add(phase, passed);
        if (waited > 0) clock.wait(phase, BigInt(waited), now, now);
        add(phase, waited);
        if (rebase) {
          const delta = now;
          now = 0;
          clock.rebase(delta, now);
        }
      }
      expect(clock.totals(now)).toEqual(new Map([...wanted].sort(([x], [y]) => x - y)));
    }),
    { seed: 13 },
  );
});

test('time may be added to a phase while offsets stay', () => {
  const phases = createPhaseClock();
  phases.turn(4, 10);
  expect(phases.current()).toBe(4);
  phases.add(4, 10n ** 18n);
  phases.add(5, 0n);
  expect(phases.totals(30)).toEqual(
    new Map([
      [-1, 10n],
      [4, 10n ** 18n + 20n],
    ]),
  );
});
