import { deviceNamed } from '../../device/devices.ts';
import { moments } from '../../numeric/moments.ts';
import { judge, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { type ToyAlgorithm, toyRegression } from '../toy-regression.ts';

const seeds = 10;

interface Case {
  readonly id: string;
  readonly shifted: boolean;
  readonly errors: Readonly<Partial<Record<ToyAlgorithm, number>>>;
}

/** Root-mean-square weight errors of an independent simulation with two seeds each: orders of magnitude, not digits. */
const cases: readonly Case[] = [
  { id: 'raw', shifted: false, errors: { sgd: 0.243, tt2: 0.12, tt3: 0.097, tt4: 0.11, mixed: 0.053 } },
  { id: 'corrected', shifted: true, errors: { sgd: 0.203, tt2: 0.081, tt3: 0.08, tt4: 0.109, mixed: 0.054 } },
];

function measureCase({ id, shifted, errors }: Case): readonly ValidationRow[] {
  return (Object.entries(errors) as [ToyAlgorithm, number][]).map(([algorithm, published]) => {
    const found = Array.from({ length: seeds }, (_, seed) =>
      toyRegression({
        ...{ algorithm, shifted, seed: seed + 1, device: deviceNamed('cmo-hfox-train') },
        ...{ samples: 12_000, rate: 0.05, fastRate: 0.1, trainLength: 31 },
      }),
    );
    const { mean, deviation } = moments(found);
    return judge({
      id: `V17@${id}-${algorithm}`,
      name: `20 to 10 regression on CMO/HfOx, symmetry point ${id}: weight error after ${algorithm}`,
      published,
      value: mean,
      unit: 'weights',
      tolerance: 0.4,
      class: 'in-sample',
      source: 'independent simulation of the same algorithms and device, 2 seeds; 0.231 before training',
      samples: seeds,
      standardError: deviation / Math.sqrt(seeds),
    });
  });
}

/** Training algorithms on one small regression. */
export const trainingToyRows: RowFamily = {
  name: 'training algorithms on a small regression',
  ids: ['V17'],
  long: true,
  measure: () => cases.flatMap(measureCase),
};
