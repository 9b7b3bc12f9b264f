import { deviceNamed } from '../../device/devices.ts';
import { moments } from '../../numeric/moments.ts';
import { judge, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { type ToyAlgorithm, toyRegression } from '../toy-regression.ts';

const seeds = 10;

interface Case {
  readonly id: string;
  readonly device: string;
  readonly shifted: boolean;
  readonly errors: Readonly<Partial<Record<ToyAlgorithm, number>>>;
  /** Every algorithm fails: the published number is a lower bound. */
  readonly fails?: boolean;
}

const train = 'cmo-hfox-train';
/** Root-mean-square weight errors of an independent simulation with two seeds each: orders of magnitude, not digits. */
const cases: readonly Case[] = [
  {
    ...{ id: 'raw', device: train, shifted: false },
    errors: { sgd: 0.243, tt1: 0.329, tt2: 0.12, tt3: 0.097, tt4: 0.11, mixed: 0.053 },
  },
  {
    ...{ id: 'corrected', device: train, shifted: true },
    errors: { sgd: 0.203, tt1: 0.231, tt2: 0.081, tt3: 0.08, tt4: 0.109, mixed: 0.054 },
  },
  {
    ...{ id: 'om', device: 'reram-array-om', shifted: true },
    errors: { sgd: 0.251, tt1: 0.273, tt2: 0.215, tt3: 0.152, tt4: 0.199, mixed: 0.112 },
  },
  {
    ...{ id: 'hfo2', device: 'reram-array-hfo2', shifted: true, fails: true },
    errors: { sgd: 0.37, tt2: 0.37, tt3: 0.37, tt4: 0.37, mixed: 0.37 },
  },
  { id: 'idealized', device: 'idealized', shifted: false, errors: { sgd: 0.02, mixed: 0.02 } },
];

interface Found {
  readonly algorithm: ToyAlgorithm;
  readonly published: number;
  readonly mean: number;
  readonly standardError: number;
}

function found({ shifted, device, errors }: Case): readonly Found[] {
  return (Object.entries(errors) as [ToyAlgorithm, number][]).map(([algorithm, published]) => {
    const each = Array.from({ length: seeds }, (_, seed) =>
      toyRegression({
        ...{ algorithm, shifted, seed: seed + 1, device: deviceNamed(device) },
        ...{ samples: 12_000, rate: 0.05, fastRate: 0.1, trainLength: 31 },
      }),
    );
    const { mean, deviation } = moments(each);
    return { algorithm, published, mean, standardError: deviation / Math.sqrt(seeds) };
  });
}

const source = 'independent simulation of the same algorithms and device, 2 seeds; 0.231 before training';

function rowsOf(entry: Case): readonly ValidationRow[] {
  const { id, device, shifted, fails = false } = entry;
  const results = found(entry);
  const where = `20 to 10 regression on ${device}, symmetry point ${shifted ? 'corrected' : 'raw'}`;
  const rows = results.map(({ algorithm, published, mean, standardError }) =>
    judge({
      ...{ id: `V17@${id}-${algorithm}`, published, unit: 'weights', class: 'in-sample', source, samples: seeds, standardError },
      value: mean,
      // where all fail, what is asked is an error of at least the published one; 30 % less would still be worse than the start
      ...(fails
        ? { name: `${where}: learns nothing with ${algorithm}`, tolerance: 0.3, toleranceKind: 'at least' }
        : { name: `${where}: weight error after ${algorithm}`, tolerance: 0.4 }),
    }),
  );
  return fails ? rows : [...rows, orderRow(id, where, results)];
}

/** Pairs that are the other way round than published although both gaps, by ours, exceed three combined standard errors. */
function orderRow(id: string, where: string, results: readonly Found[]): ValidationRow {
  const pairs = results.flatMap((a, at) => results.slice(at + 1).map((b) => [a, b] as const));
  const turned = pairs.filter(([a, b]) => {
    const separated = Math.abs(a.mean - b.mean) > 3 * Math.hypot(a.standardError, b.standardError);
    return separated && (a.mean - b.mean) * (a.published - b.published) < 0;
  });
  return judge({
    ...{ id: `V17@${id}-order`, name: `${where}: separated pairs of algorithms the wrong way round`, published: 0 },
    ...{
      value: turned.length,
      unit: 'pairs',
      tolerance: 0,
      toleranceKind: 'at most',
      class: 'in-sample',
      source,
      samples: seeds,
    },
  });
}

/** Training algorithms on one small regression. */
export const trainingToyRows: RowFamily = {
  name: 'training algorithms on a small regression',
  ids: ['V17'],
  long: true,
  measure: () => cases.flatMap(rowsOf),
};
