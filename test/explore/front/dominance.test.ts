import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crowdingDistances } from '../../../src/explore/front/crowding.ts';
import { dominates, paretoFront, paretoRanks } from '../../../src/explore/front/dominance.ts';
import { kneeOf } from '../../../src/explore/front/knee.ts';

const cost = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 });
const costs = fc.array(cost, { maxLength: 40 });

/** The definition, quadratic. */
const frontByDefinition = (all: readonly (readonly number[])[]): number[] =>
  all.flatMap((own, index) => (all.some((other) => dominates(other, own)) ? [] : [index]));

describe('dominance', () => {
  test('is a strict partial order', () => {
    fc.assert(
      fc.property(cost, cost, cost, (a, b, c) => {
        expect(dominates(a, a)).toBe(false);
        if (dominates(a, b)) expect(dominates(b, a)).toBe(false);
        if (dominates(a, b) && dominates(b, c)) expect(dominates(a, c)).toBe(true);
      }),
    );
  });

  test('the front is what nobody dominates, whatever the order', () => {
    fc.assert(
      fc.property(costs, (all) => {
        expect(paretoFront(all)).toEqual(frontByDefinition(all));
      }),
    );
  });

  test('rank n is the front once the ranks below are gone', () => {
    fc.assert(
      fc.property(costs, (all) => {
        const ranks = paretoRanks(all);
        for (let rank = 0, left = all.map((_, index) => index); left.length > 0; rank++) {
          const front = frontByDefinition(left.map((index) => all[index]!)).map((at) => left[at]!);
          expect(left.filter((index) => ranks[index] === rank)).toEqual(front);
          left = left.filter((index) => !front.includes(index));
        }
      }),
    );
  });
});

describe('crowding', () => {
  test('ends are kept apart, the middle counts its box', () => {
    const all = [
      [0, 4],
      [1, 2],
      [4, 0],
    ];
    expect(crowdingDistances(all, paretoRanks(all))).toEqual([Infinity, 2, Infinity]);
  });
});

describe('knee', () => {
  test('is nearest to the ideal point, on whatever scale', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (scale) => {
        expect(
          kneeOf([
            [0, 10 * scale],
            [1, 2 * scale],
            [10, 0],
          ]),
        ).toBe(1);
      }),
    );
    expect(kneeOf([])).toBeUndefined();
  });
});
