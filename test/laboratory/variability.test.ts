import { expect, test } from 'vitest';
import { hfox1t1r } from '../../src/device/hfox-1t1r.ts';
import { ideal } from '../../src/device/ideal.ts';
import { deployWeights, deviceNoise, sampleStatistics, weightScale } from '../../src/laboratory/device-weights.ts';
import { glukhovVat } from '../../src/laboratory/glukhov-vat.ts';
import { generateDigits } from '../../src/network/data/digits.ts';
import { parseNetwork } from '../../src/network/parse-network.ts';
import { allocateParameters, loadParameters } from '../../src/network/resident-parameters.ts';
import { straightThrough } from '../../src/network/straight-through.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { meanAndDeviation } from '../device/statistics.ts';

const weights = Float32Array.from({ length: 4000 }, (_, index) => Math.sin(index));
const network = () =>
  parseNetwork(
    'name: small\ninput: [28, 28, 1]\nlayers:\n  - flatten\n  - { linear: 8, activation: relu }\n  - { linear: 10 }\n',
    'n',
  );

test('ideal cells hold every weight', () => {
  const holding = { device: ideal, clipSigma: 0, tolerance: 0.01 };
  const [layer] = deployWeights(createKernels(), holding, [{ weights, bias: new Float32Array(1) }], 1, 1);
  for (const [at, weight] of layer!.weights.entries()) expect(weight).toBeCloseTo(weights[at]!, 6);
  expect(weightScale(weights, 0)).toBeCloseTo(1, 3);
  expect(weightScale(weights, 0.5)).toBeCloseTo(0.5 * Math.SQRT1_2, 3);
});

test('training noise has the deviation that deployment has', () => {
  const holding = { device: hfox1t1r, clipSigma: 0, tolerance: 0.01 };
  const kernels = createKernels();
  const levels = deployWeights(kernels, holding, [{ weights, bias: new Float32Array(1) }], 1, 1, 0)[0]!.weights;
  const deployed = deployWeights(kernels, holding, [{ weights, bias: new Float32Array(1) }], 1, 1)[0]!.weights;
  const noisy = weights.slice();
  deviceNoise(kernels, holding, sampleStatistics(holding, 1, 1), 1)(noisy, 0, 0);
  const deviation = (values: Float32Array) => meanAndDeviation(Array.from(values, (value, at) => value - levels[at]!)).deviation;
  // 4000 weights: standard error of each deviation 1.1 %; the table adds 1 %
  expect(Math.abs(deviation(noisy) / deviation(deployed) - 1)).toBeLessThan(0.06);
});

test('perturbed weights are swapped out again, to the bit', () => {
  const kernels = createKernels();
  const resident = allocateParameters(kernels, network());
  const parameters = network().layers.map((_, layer) => {
    const { inputs, outputs } = resident[layer]!;
    return { weights: new Float32Array(inputs * outputs).fill(0.25), bias: new Float32Array(outputs) };
  });
  loadParameters(kernels, network(), resident, parameters);
  const steps: number[] = [];
  const swap = straightThrough(kernels, resident, (values, _, step) => {
    steps.push(step);
    values.fill(7);
  });
  const first = () => kernels.f32(resident[1]!.weights, 2);
  swap.perturb(3);
  expect([...first()]).toEqual([7, 7]);
  swap.restore();
  expect([...first()]).toEqual([0.25, 0.25]);
  expect(steps).toEqual([3, 3]);
});

test('the experiment pairs its instances and says what it lost and gained', () => {
  const { train, test: test_ } = generateDigits(1);
  const few = { ...train, count: 1000, images: train.images.subarray(0, 784_000), labels: train.labels.subarray(0, 1000) };
  const report = glukhovVat.run({
    ...{ progress: silentProgress, seed: 1, epochs: 2, instances: 3, samples: 200, network },
    data: () => ({ train: few, test: test_ }),
  });
  expect(report.rows.map(({ id }) => id)).toEqual([
    ...['vat-remaining-hfox-1t1r', 'vat-interval-hfox-1t1r', 'vat-gain-hfox-1t1r'],
    ...['vat-remaining-cmo-hfox', 'vat-interval-cmo-hfox', 'vat-gain-cmo-hfox'],
  ]);
  const accuracies = report.tables[0]!.rows.flatMap((row) => row.slice(1) as number[]);
  for (const accuracy of accuracies) expect(accuracy).toBeGreaterThan(0.2);
  expect(report.series[0]!.points).toHaveLength(20);
});
