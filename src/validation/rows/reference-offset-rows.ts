import { createTrainingCell } from '../../device/pulsed/training-cell.ts';
import { moments } from '../../numeric/moments.ts';
import { judge, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { type ToyAlgorithm, toyRegression } from '../toy-regression.ts';

const seeds = 10;
const offsets = [0, 0.1, 0.25, 0.5] as const;

/** Published errors by reference offset; two-seed simulation, so orders of magnitude. */
const cases: readonly { readonly algorithm: ToyAlgorithm; readonly name: string; readonly errors: readonly number[] }[] = [
  { algorithm: 'tt2', name: 'TTv2', errors: [0.071, 0.078, 0.237, 0.72] },
  { algorithm: 'tt3', name: 'c-TTv2', errors: [0.068, 0.074, 0.122, 0.337] },
  { algorithm: 'tt4', name: 'AGAD', errors: [0.086, 0.09, 0.097, 0.181] },
];

/** 20 states, bounds spread by 30 %, 30 % of a step from pulse to pulse; references miss the symmetry points by `offset`. */
const cellWithOffset = (offset: number) =>
  createTrainingCell({
    ...{ kind: 'offset-cell', doc: 'soft bounds with a reference error', source: 'assumed: the published toy', tag: 'assumed' },
    noisy: false,
    pulsed: { law: 'linear', granularity: 0.1, upperSpread: 0.3, lowerSpread: 0.3, cycleNoise: 0.3, referenceNoise: offset },
  });

interface Found {
  readonly mean: number;
  readonly standardError: number;
}

function measured(algorithm: ToyAlgorithm, offset: number): Found {
  const device = cellWithOffset(offset);
  const each = Array.from({ length: seeds }, (_, seed) =>
    toyRegression({
      ...{ algorithm, device, shifted: true, seed: seed + 1, samples: 15_000, rate: 0.05, fastRate: 0.1, trainLength: 5 },
    }),
  );
  const { mean, deviation } = moments(each);
  return { mean, standardError: deviation / Math.sqrt(seeds) };
}

const source = 'independent simulation, 2 seeds; 20 to 10 regression, 15 000 samples, weight error 0.231 before training';

/** V16: a rule that finds its own reference bears one that is off. */
export const referenceOffsetRows: RowFamily = {
  name: 'training rules with references that are off',
  ids: ['V16'],
  long: true,
  measure: () => {
    const found = cases.map(({ algorithm }) => offsets.map((offset) => measured(algorithm, offset)));
    const digits = cases.flatMap(({ name, errors }, row) =>
      offsets.map(
        (offset, at): ValidationRow =>
          judge({
            ...{ id: `V16@${name.toLowerCase()}-${offset}`, name: `weight error after ${name}, reference off by ${offset}` },
            ...{ published: errors[at]!, value: found[row]![at]!.mean, unit: 'weights', tolerance: 0.4, class: 'in-sample' },
            ...{ source, samples: seeds, standardError: found[row]![at]!.standardError },
          }),
      ),
    );
    return [...digits, ...offsets.map((offset, at) => orderRow(offset, at, found))];
  },
};

/** Published order of the rules at one offset, where ours are separated by more than three combined standard errors. */
function orderRow(offset: number, at: number, found: readonly (readonly Found[])[]): ValidationRow {
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const;
  const turned = pairs.filter(([a, b]) => {
    const [one, other] = [found[a]![at]!, found[b]![at]!];
    const separated = Math.abs(one.mean - other.mean) > 3 * Math.hypot(one.standardError, other.standardError);
    return separated && (one.mean - other.mean) * (cases[a]!.errors[at]! - cases[b]!.errors[at]!) < 0;
  });
  return judge({
    ...{ id: `V16@order-${offset}`, name: `reference off by ${offset}: separated pairs of rules the wrong way round` },
    ...{ published: 0, value: turned.length, unit: 'pairs', tolerance: 0, toleranceKind: 'at most', class: 'in-sample' },
    ...{ source, samples: seeds },
  });
}
