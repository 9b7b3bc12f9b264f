import type { ChipDescription } from '../../src/chip/description.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { type CompileInput, compileInference, mapNetwork } from '../../src/compiler/compile-inference.ts';
import type { MatrixStage } from '../../src/compiler/lower.ts';
import { type PlacedMatrix, place } from '../../src/compiler/place.ts';
import { slice } from '../../src/compiler/slice.ts';
import type { Program } from '../../src/isa/program.ts';
import type { DataSet, Network, NetworkParameters } from '../../src/network/layer-graph.ts';
import { parseNetwork } from '../../src/network/parse-network.ts';
import { forward } from '../../src/network/reference.ts';
import { matrixShape, sizeOf } from '../../src/network/shapes.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import type { Kernels } from '../../src/numeric/kernels.ts';
import { createStream } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';

/** A preset with settings. */
export const chipWith = (name: string, settings: readonly string[] = []): ChipDescription =>
  varyChip(chipPreset(name), settings).chip.description;

/** Tiles so small that small matrices need several row and column blocks. */
export const smallTiles = ['tile.rows=8', 'tile.columns=8', 'tile.adc.mux=2'];

export const networkOf = (input: readonly number[], layers: readonly string[], loss = 'cross-entropy'): Network =>
  parseNetwork(
    `name: small\ninput: [${input.join(', ')}]\nloss: ${loss}\nlayers:\n${layers.map((layer) => `  - ${layer}\n`).join('')}`,
    'small.yaml',
  );

/** Weights and biases uniform in [-1, 1). */
export function randomParameters(network: Network, seed: number): NetworkParameters {
  const stream = createStream(seed, purposes.initialisation);
  const draw = (count: number) => Float32Array.from({ length: count }, () => 2 * stream.uniform() - 1);
  return network.layers.map((layer) => {
    const [inputs, outputs] = matrixShape(layer);
    return { weights: draw(inputs * outputs), bias: draw('bias' in layer && layer.bias ? outputs : 0) };
  });
}

/** `count` images of random codes with random labels. */
export function randomData(network: Network, count: number, seed: number): DataSet {
  const stream = createStream(seed, purposes.sampling);
  const classes = sizeOf(network.shapes.at(-1)!);
  const images = Uint8Array.from({ length: count * sizeOf(network.inputShape) }, () => stream.integer(256));
  const labels = Uint8Array.from({ length: count }, () => stream.integer(classes));
  return { name: 'random', shape: network.inputShape, classes, unit: 1 / 255, images, labels, count, digest: 'none' };
}

export interface Compiled {
  readonly program: Program;
  readonly input: CompileInput;
  /** Output of every layer of the float reference for all samples. */
  readonly activations: readonly Float32Array[];
}

export interface CompileOptions {
  readonly network: Network;
  readonly chip?: ChipDescription;
  readonly samples?: number;
  readonly seed?: number;
  readonly ages?: readonly number[];
  readonly kernels?: Kernels;
}

/** A random network on random images, calibrated on the images themselves. */
export function compileRandom(options: CompileOptions): Compiled {
  const { network, chip = chipWith('ideal'), samples = 5, seed = 1, ages = [1], kernels = createKernels() } = options;
  const parameters = randomParameters(network, seed);
  const test = randomData(network, samples, seed);
  const images = Float32Array.from(test.images, (code) => code * test.unit);
  const { activations = [] } = forward(kernels, network, parameters, images, { activations: true });
  const input: CompileInput = {
    ...{ network, parameters, chip, test, samples, ages },
    layerInputs: (layer) => (layer === 0 ? images : activations[layer - 1]!),
    calibrationImages: samples,
  };
  return { program: compileInference(input, mapNetwork(input), undefined), input, activations };
}

/** A matrix stage by its sizes; weights 0 unless given. */
export const stageOf = (rows: number, columns: number, change: Partial<MatrixStage> = {}): MatrixStage => ({
  ...{ kind: 'matrix', name: `m${rows}x${columns}`, layer: 0, rows, columns, weights: new Float32Array(rows * columns) },
  ...{ bias: undefined, activation: 'none', window: undefined, vectors: 1, inputElements: rows, outputElements: columns },
  ...change,
});

/** The same, as the only matrix of its chip. */
export const placedOf = (stage: MatrixStage, chip: ChipDescription): PlacedMatrix => place(slice([stage], chip), chip)[0]!;
