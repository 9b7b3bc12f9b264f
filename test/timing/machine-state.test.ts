import { expect, test } from 'vitest';
import { createFabric } from '../../src/timing/fabric.ts';
import { createInFlight } from '../../src/timing/in-flight.ts';
import { bankRoundBytes, createDescribeMachine } from '../../src/timing/machine-state.ts';
import type { Word } from '../../src/timing/word.ts';
import { chip130, group, mvm, program } from './operations.ts';

const shape = group(0, 64, 32);

/** State with one read in flight that started `agoPs` ago, at `address`. */
function stateOf(address: number, agoPs: number, change: (fabric: ReturnType<typeof createFabric>) => void = () => undefined) {
  const fabric = createFabric(chip130);
  const [issued] = program([mvm(shape, address, 1 << 16, 4)]);
  const word: Word = {
    ...{ ...issued!, slot: 0, units: [], task: undefined, behind: 0, stuck: undefined, done: false },
    ...{ fetchedPs: -agoPs, issuedPs: -agoPs, startedPs: -agoPs },
  };
  const inFlight = createInFlight();
  inFlight.add(word);
  change(fabric);
  const state: number[] = [];
  createDescribeMachine(fabric)(inFlight, state);
  return state.join();
}

test('a state is the same at addresses that meet the same banks, and for whatever is past', () => {
  const round = bankRoundBytes(createFabric(chip130));
  expect(round).toBe(8 * 32);
  expect(stateOf(64 + 3 * round, 5000)).toBe(stateOf(64, 5000));
  expect(stateOf(64, 5000, ({ resources }) => resources.free.fill(-7000))).toBe(stateOf(64, 5000));
});

test('another bank, another start, a busy unit or a pending event make another state', () => {
  const plain = stateOf(64, 5000);
  expect(stateOf(96, 5000)).not.toBe(plain);
  expect(stateOf(64, 10_000)).not.toBe(plain);
  expect(stateOf(64, 5000, ({ resources }) => void (resources.free[2] = 5000))).not.toBe(plain);
  expect(stateOf(64, 5000, ({ engine }) => engine.schedule(5000, 0, 0, 0, 0))).not.toBe(plain);
});
