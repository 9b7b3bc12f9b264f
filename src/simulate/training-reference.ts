import { evaluate } from '../network/evaluate.ts';
import type { DataSet, Network, NetworkParameters } from '../network/layer-graph.ts';
import { train } from '../network/trainer.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { Progress } from './progress.ts';
import type { AlgorithmSettings } from './training-settings.ts';

/** One epoch of the float reference. Fractions. */
export interface ReferenceEpoch {
  readonly loss: number;
  readonly accuracy: number;
}

export interface TrainedReference {
  readonly parameters: NetworkParameters;
  readonly epochs: readonly ReferenceEpoch[];
}

/** The float network trained as the chip is: same start, same batches in the same order, same rates, plain gradient descent. */
export function trainAlike(
  kernels: Kernels,
  network: Network,
  data: DataSet,
  test: DataSet,
  settings: AlgorithmSettings,
  seed: number,
  start: NetworkParameters,
  progress: Progress,
): TrainedReference {
  const { epochs, batch, learningRate, schedule } = settings;
  const stage = progress.stage(`train the float reference on ${data.count} samples`, epochs);
  const reports: ReferenceEpoch[] = [];
  const { parameters } = train(
    kernels,
    network,
    data,
    {
      ...{ epochs, batch, learningRate, seed, weightDecay: 0, clipSigma: 0, optimiser: { kind: 'sgd' } },
      schedule: schedule === undefined ? { kind: 'constant' } : { kind: 'step', ...schedule },
    },
    {
      start,
      onEpoch: ({ epoch, loss }, current) => {
        const { accuracy } = evaluate(kernels, network, current(), test);
        reports.push({ loss, accuracy });
        stage.update(epoch, `loss ${loss.toFixed(4)}, test accuracy ${(accuracy * 100).toFixed(2)} %`);
      },
    },
  );
  stage.done(`test accuracy ${((reports.at(-1)?.accuracy ?? 0) * 100).toFixed(2)} %`);
  return { parameters, epochs: reports };
}
