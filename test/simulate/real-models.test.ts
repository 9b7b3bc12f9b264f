import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { analyseGraph, compileGraph, mapGraph } from '../../src/compiler/graph/compile-graph.ts';
import { elementsOf, permute } from '../../src/network/graph/rearrange.ts';
import { importOnnx } from '../../src/network/onnx/import-onnx.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { createStream } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';
import { logitsOf } from '../compiler/run-program.ts';
import { noExternal } from '../network/onnx/build-model.ts';
import { oracleOf, worstDifference } from '../network/onnx/oracle.ts';
import { realData } from '../support/data.ts';

const folder = realData('onnx');
const { description: chip } = varyChip(chipPreset('ideal'), ['scratchpad.bytes=4 MiB']).chip;
const samples = 100;

/** Public models with weights, by file: the model's own input and how its pixels lie. */
const models: readonly (readonly [string, readonly number[]])[] = [
  ['mnist-8', [1, 1, 28, 28]],
  ['vnncomp21_mnist-net_256x2', [1, 784, 1]],
  ['vnncomp21_resnet_2b', [1, 3, 32, 32]],
  ['squeezenet_cifar10', [1, 32, 32, 3]],
];

const argMax = (scores: ArrayLike<number>): number =>
  Array.from(scores).reduce((best, x, at, all) => (x > all[best]! ? at : best), 0);

describe.skipIf(folder === undefined)('public models on an ideal chip', () => {
  test.each(models)(
    '%s agrees with onnxruntime on 100 inputs',
    async (name, dims) => {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}.onnx`));
      const graph = importOnnx(bytes, `${name}.onnx`, noExternal);
      const size = elementsOf(dims);
      const stream = createStream(9, purposes.sampling);
      const images = Uint8Array.from({ length: samples * size }, () => stream.integer(256));
      const data = {
        name,
        shape: graph.inputShape,
        classes: 10,
        unit: 1 / 255,
        images,
        labels: new Uint8Array(samples),
        count: samples,
        digest: '',
      };
      const sample = (at: number) => Float32Array.from(images.subarray(at * size, (at + 1) * size), (code) => code / 255);
      const input = { graph, chip, test: data, samples, ages: [1], calibration: [sample(0)] };
      const kernels = createKernels();
      const { logits } = logitsOf(compileGraph(input, mapGraph(analyseGraph(kernels, input), input), undefined), chip);
      const oracle = await oracleOf(bytes, dims);
      for (let at = 0; at < samples; at++) {
        const given = dims.length === 4 && dims[1]! < 4 ? permute(sample(at), graph.inputShape, [2, 0, 1]) : sample(at);
        const wanted = await oracle.run(given);
        const found = Float32Array.from(logits.slice(at * 10, (at + 1) * 10));
        expect(worstDifference(found, wanted)).toBeLessThan(1e-4);
        const [first, second] = [...wanted].sort((a, b) => b - a);
        if (first! - second! > 2e-4 * Math.abs(first!)) expect(argMax(found)).toBe(argMax(wanted));
      }
    },
    60_000,
  );
});
