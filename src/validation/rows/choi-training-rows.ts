import { judge } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { hasData, sampledAccuracy, shippedExperiment } from '../training-accuracy.ts';

const source = 'Choi 2026: 784-256-128-10, 10 000 training and 10 000 test images of MNIST; settings in the experiment';

/** T4 and T5: one experiment, one published accuracy. */
const accuracyFamily = (id: string, experiment: string, published: number, tolerance: number, runs: number): RowFamily => ({
  name: `accuracy of ${experiment}`,
  ids: [id],
  long: true,
  measure: (ports) => {
    if (!hasData(ports, 'mnist')) return [];
    const { mean, standardError } = sampledAccuracy(ports, shippedExperiment(ports, experiment), runs);
    return [
      judge({
        ...{ id, name: `MNIST accuracy of ${experiment}`, published, value: mean, unit: '%', tolerance },
        ...{ toleranceKind: 'absolute', class: 'calibrated', source, samples: runs, standardError },
      }),
    ];
  },
});

export const choiAgadRows = accuracyFamily('V20-T4', 'choi-training', 0.952, 0.015, 2);
export const choiIdealRows = accuracyFamily('V20-T5', 'choi-ideal', 0.95, 0.01, 2);
