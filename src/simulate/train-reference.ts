import { evaluate } from '../network/evaluate.ts';
import type { DataSet, Network, NetworkParameters } from '../network/layer-graph.ts';
import { train } from '../network/trainer.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { Experiment } from './experiment.ts';
import type { Progress } from './progress.ts';

export interface Reference {
  readonly parameters: NetworkParameters;
  /** Accuracy of the float network on the test samples in use. */
  readonly accuracy: number;
}

/** Trains the float network of an experiment and scores it on the samples the chip will see. */
export function trainReference(
  kernels: Kernels,
  network: Network,
  trainSet: DataSet,
  test: DataSet,
  experiment: Experiment,
  progress: Progress,
): Reference {
  const { epochs, batch, learningRate, weightDecay, clipSigma } = experiment.training;
  const stage = progress.stage(`train the float reference on ${trainSet.count} samples`, epochs);
  const { parameters } = train(
    kernels,
    network,
    trainSet,
    { epochs, batch: Math.min(batch, trainSet.count), learningRate, weightDecay, clipSigma, seed: experiment.seed },
    {
      onEpoch: ({ epoch, loss, accuracy }) =>
        stage.update(epoch, `loss ${loss.toFixed(4)}, training accuracy ${(accuracy * 100).toFixed(2)} %`),
    },
  );
  const { accuracy } = evaluate(kernels, network, parameters, test);
  stage.done(`test accuracy ${(accuracy * 100).toFixed(2)} %`);
  return { parameters, accuracy };
}
