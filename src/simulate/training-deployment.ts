import type { ChipDescription } from '../chip/description.ts';
import { compileInference, mapNetwork, standardCalibrationImages } from '../compiler/compile-inference.ts';
import { splitBias } from '../compiler/training/bias-row.ts';
import { takeFirst } from '../network/data/data-set.ts';
import type { NetworkParameters } from '../network/layer-graph.ts';
import { forward } from '../network/reference.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { halfWidth95, moments } from '../numeric/moments.ts';
import type { Manifest } from './manifest.ts';
import { manifestOf } from './manifest.ts';
import { type Progress, silentProgress } from './progress.ts';
import { simulateProgram } from './simulate-program.ts';
import type { CompiledTraining } from './training-compile.ts';
import type { DeploymentReport } from './training-report.ts';
import type { LearntState } from './training-run.ts';

/** Chip seeds of the instances, far from those a training run uses. */
const firstInstance = 1_000_001;
/** When the test set runs after programming, s. */
const deployedAge = { label: '1 s', seconds: 1 };

/** Weights and biases as the chip has learnt them, shaped like the network's parameters. */
export function learntParameters({ mapping, network }: CompiledTraining, learnt: LearntState): NetworkParameters {
  let offset = 0;
  const byLayer = new Map(
    mapping.matrices.map(({ stage, group }) => {
      if (stage.constantRow === true) return [stage.layer, splitBias(stage, learnt.weights.get(group)!)] as const;
      const count = stage.bias === undefined ? 0 : stage.columns;
      const bias = learnt.biases.slice(offset, offset + count);
      offset += count;
      return [stage.layer, { weights: learnt.weights.get(group)!, bias }] as const;
    }),
  );
  return network.layers.map((_, layer) => byLayer.get(layer) ?? { weights: new Float32Array(0), bias: new Float32Array(0) });
}

/** Accuracy of each instance that these weights are programmed onto. */
function deployed(compiled: CompiledTraining, chip: ChipDescription, parameters: NetworkParameters): readonly number[] {
  const { network, train, settings, experiment } = compiled;
  const test = takeFirst(compiled.test, settings.deploySamples);
  const images = Math.min(standardCalibrationImages, train.count);
  const size = train.images.length / train.count;
  const inputs = Float32Array.from(train.images.subarray(0, images * size), (code) => code * train.unit);
  const { activations = [] } = forward(createKernels(), network, parameters, inputs, { activations: true });
  const input = {
    ...{ network, parameters, chip, test, samples: test.count, ages: [deployedAge.seconds], calibrationImages: images },
    layerInputs: (layer: number) => (layer === 0 ? inputs : activations[layer - 1]!),
  };
  const mapping = mapNetwork(input);
  const { training: _, ...base } = manifestOf(compiled.program.manifest)!;
  const manifest: Manifest = {
    ...base,
    ...{ samples: test.count, ages: [deployedAge], declared: [] },
    chipSeeds: Array.from({ length: settings.deployTo }, (_unused, index) => firstInstance + experiment.chipSeed + index),
  };
  const program = compileInference(input, mapping, manifest);
  const report = simulateProgram(program, {
    chip: { chip, assumptions: [] },
    fidelity: 'values',
    progress: silentProgress,
    now: () => 0,
  });
  return report.accuracy?.byAge[0]?.perInstance ?? [];
}

/** Programs the trained weights, and the software's, onto the same other instances; undefined when the experiment asks for none. */
export function deploy(compiled: CompiledTraining, learnt: LearntState, progress: Progress): DeploymentReport | undefined {
  const { settings } = compiled;
  const { chip } = manifestOf(compiled.program.manifest)!;
  if (settings.deployTo === 0) return undefined;
  const stage = progress.stage(`program the weights onto ${settings.deployTo} other instances`, 2);
  const chipTrained = deployed(compiled, chip, learntParameters(compiled, learnt));
  stage.update(1);
  const softwareTrained = deployed(compiled, chip, compiled.reference.parameters);
  const losses = softwareTrained.map((accuracy, at) => accuracy - chipTrained[at]!);
  const spread = moments(losses);
  stage.done(`mean loss ${(100 * spread.mean).toFixed(2)} points against software weights`);
  return {
    ...{ instances: settings.deployTo, samples: Math.min(settings.deploySamples, compiled.test.count), device: chip.device },
    ...{ chipTrained, softwareTrained, meanLoss: spread.mean },
    interval95: losses.length > 1 ? halfWidth95(spread) : 0,
  };
}
