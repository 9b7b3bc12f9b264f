import { expect, test } from 'vitest';
import { createFabric } from '../../src/timing/fabric.ts';
import { addJoules, joulesOf } from '../../src/timing/joule-sum.ts';
import { createLedger } from '../../src/timing/ledger.ts';
import { createPhaseClock } from '../../src/timing/phase-clock.ts';
import { createRunningSums } from '../../src/timing/running-sums.ts';
import { chip130 } from './operations.ts';

test('repeating adds to every sum what has happened since, as often as asked, and nothing else moves', () => {
  const fabric = createFabric(chip130);
  const ledger = createLedger(2);
  const phases = createPhaseClock();
  let words = 3;
  const source = { read: () => [words], add: ([delta]: readonly number[], times: number) => void (words += times * delta!) };
  const sums = createRunningSums(fabric, ledger, phases, source);
  const row = ledger.row(0, 1);
  row.counts[2] = 10;
  phases.turn(1, 0);
  const earlier = sums.snapshot();

  fabric.engine.schedule(
    50_000,
    0,
    fabric.engine.register(() => undefined),
    0,
    0,
  );
  fabric.engine.run(1);
  row.counts[2] = 14;
  addJoules(row.cells, 2e-12);
  ledger.row(-1, 0).counts[0] = 5;
  fabric.resources.busyPs[3] = 700;
  fabric.resources.operations[3] = 2;
  words = 5;
  sums.repeat(earlier, 1000);

  expect(fabric.engine.now()).toBe(50_000);
  expect(fabric.engine.absolute()).toBe(50_000n * 1001n);
  expect(phases.totals(50_000)).toEqual(new Map([[1, 50_000n * 1001n]]));
  expect(row.counts[2]).toBe(14 + 4 * 1000);
  expect(ledger.row(-1, 0).counts[0]).toBe(5 * 1001);
  expect(joulesOf(row.cells)).toBeCloseTo(2e-12 * 1001, 20);
  expect([fabric.resources.busyPs[3], fabric.resources.operations[3]]).toEqual([700 * 1001, 2 * 1001]);
  expect(words).toBe(5 + 2 * 1000);
});
