import type { Experiment } from '../../simulate/experiment.ts';
import { lossRow } from '../loss-row.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { hasData, sampledAccuracy, shippedExperiment } from '../training-accuracy.ts';

type Settings = Partial<NonNullable<Experiment['algorithm']>>;

/** A shipped experiment with some of its settings changed. */
function changed(ports: ValidationPorts, name: string, settings: Settings): Experiment {
  const experiment = shippedExperiment(ports, name);
  return { ...experiment, algorithm: { ...experiment.algorithm, ...settings } as NonNullable<Experiment['algorithm']> };
}

/** T1: the bulk-switching SoC trains LeNet; its device is assumed, its network ours, so the row is calibrated. */
export const mixedLenetRows: RowFamily = {
  name: 'LeNet trained with mixed precision',
  ids: ['V20-T1'],
  long: true,
  measure: (ports) => {
    if (!hasData(ports, 'mnist')) return [];
    const found = sampledAccuracy(ports, changed(ports, 'mnist-lenet-mixed', { epochs: 2, learningRate: 0.05 }), 3, true);
    const source =
      'Wu 2023: LeNet on the TaOx SoC, 97.73 % on MNIST; ours: mnist-lenet-mixed for two epochs at rate 0.05, device assumed';
    const { mean, standardError, each } = found;
    return [
      judge({
        ...{ id: 'V20-T1', name: 'MNIST errors of LeNet trained in place with mixed precision (accuracy at least 97.0 %)' },
        ...{ published: 0.0227, value: 1 - mean, unit: '%', tolerance: 0.0073, toleranceKind: 'at most', class: 'calibrated' },
        ...{ source, samples: each.length, standardError },
      }),
      lossRow(found, {
        ...{
          id: 'V20-T1-loss',
          name: 'the same against the float LeNet trained alike',
          tolerance: 0.015,
          class: 'calibrated',
          source,
        },
      }),
    ];
  },
};

interface LossCase {
  readonly id: string;
  readonly experiment: string;
  /** Beginning of the name of the data wanted; the embedded digits when absent. */
  readonly data?: string;
  readonly seeds: number;
  readonly settings?: Settings;
  readonly tolerance: number;
  /** Are the experiment's hyper-parameters chosen by the accuracy on this very test set? */
  readonly tuned?: boolean;
  readonly informative?: boolean;
}

const source = 'the float network of the same seed, start, order and rate';

/** Accuracy lost by training on the chip; one family a case, so that each is kept when it is done. */
const lossFamily = ({
  id,
  experiment,
  data,
  seeds,
  settings = {},
  tolerance,
  tuned = false,
  informative,
}: LossCase): RowFamily => ({
  name: `accuracy lost by ${experiment}`,
  ids: [id],
  long: true,
  measure: ({ data: directory, ...rest }) => {
    const ports = data === undefined || directory === undefined ? rest : { ...rest, data: directory };
    if (data !== undefined && !hasData(ports, data)) return [];
    const found = sampledAccuracy(ports, changed(ports, experiment, settings), seeds, true);
    const row = {
      id,
      name: `accuracy lost against float: ${experiment} on ${data ?? 'embedded digits'}`,
      tolerance,
      source,
    } as const;
    const shown = `${row.name}, chip ${(100 * found.mean).toFixed(2)} %, float ${(100 * found.float).toFixed(2)} %`;
    const kind = tuned ? 'calibrated' : 'out-of-sample';
    return [lossRow(found, { ...row, name: shown, class: kind, ...(informative === true ? { informative } : {}) })];
  },
});

export const trainingLossRows: readonly RowFamily[] = (
  [
    { id: 'CMO-mlp', experiment: 'mnist-mlp-agad', data: 'mnist', seeds: 2, tolerance: 0.01, tuned: true },
    { id: 'CMO-lstm', experiment: 'lstm-agad', seeds: 3, tolerance: 0.02, tuned: true },
    { id: 'CMO-lenet', experiment: 'mnist-lenet-agad', data: 'mnist', seeds: 1, tolerance: 0.01, informative: true },
    { id: 'CMO-fashion', experiment: 'fashion-mlp-agad', data: 'fashion-mnist', seeds: 1, tolerance: 0.01, informative: true },
  ] satisfies readonly LossCase[]
).map(lossFamily);
