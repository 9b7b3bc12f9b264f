import { costTableOf } from '../chip/cost-table-of.ts';
import type { ChipDescription } from '../chip/description.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import { compileInference, mapNetwork, standardCalibrationImages } from '../compiler/compile-inference.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import type { Network, NetworkParameters } from '../network/layer-graph.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { layerInputsOf } from '../simulate/compile-experiment.ts';
import { runInstance } from '../simulate/run-instance.ts';

export interface Deployment {
  readonly network: Network;
  /** The weights the cells are programmed to. */
  readonly parameters: NetworkParameters;
  readonly chip: ChipDescription;
  /** Training images set the converter ranges, test images are classified. */
  readonly data: DataSplit;
  /** Retention times, s, ascending. */
  readonly ages: readonly number[];
}

/**
 * Compiles a trained network for a chip; the function that comes back programs one instance and runs the test set through it: accuracy at
 * every age. The cells may be others than the chip's own. RangeError when the program does not halt.
 */
export function deployOnChip({ network, parameters, chip, data, ages }: Deployment) {
  const images = Math.min(standardCalibrationImages, data.train.count);
  const input = {
    ...{ network, parameters, chip, test: data.test, samples: data.test.count, ages },
    layerInputs: layerInputsOf(createKernels(), network, parameters, data.train, images),
    calibrationImages: images,
  };
  const program = compileInference(input, mapNetwork(input), undefined);
  const costs = costTableOf(chip);
  return (device: CellModel, chipSeed: number): readonly number[] => {
    const { ending, snapshots } = runInstance({
      ...{ program, chip, device, fidelity: 'values' as const, seed: 1, chipSeed, declared: [], costs },
      parameters: timingParameters(chip, device),
    });
    if (ending.ended !== 'halted') throw new RangeError(`the program ended ${ending.ended}; want halted`);
    return snapshots.map(({ hits, count }) => hits / count);
  };
}
