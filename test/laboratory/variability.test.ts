import { expect, test } from 'vitest';
import type { CellModel } from '../../src/device/cell-model.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { hfox1t1r } from '../../src/device/hfox-1t1r.ts';
import { ideal } from '../../src/device/ideal.ts';
import { deviceNoise, sampleStatistics, targetWeights, weightScale } from '../../src/laboratory/device-weights.ts';
import { glukhovVat } from '../../src/laboratory/glukhov-vat.ts';
import { spreadCell } from '../../src/laboratory/spread-cell.ts';
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

test('weights are clipped, and rounded where the device has few levels', () => {
  const targets = (device: CellModel, clipSigma: number) =>
    targetWeights({ device, clipSigma, tolerance: 0.01 }, [{ weights, bias: new Float32Array(1) }])[0]!.weights;
  for (const [at, weight] of targets(ideal, 0).entries()) expect(weight).toBeCloseTo(weights[at]!, 6);
  expect(weightScale(weights, 0)).toBeCloseTo(1, 3);
  expect(weightScale(weights, 0.5)).toBeCloseTo(0.5 * Math.SQRT1_2, 3);
  expect(Math.max(...targets(ideal, 0.5))).toBeCloseTo(0.5 * Math.SQRT1_2, 3);
  // eight levels above zero, on either side
  expect(new Set(targets(hfox1t1r, 0).map(Math.abs)).size).toBe(9);
});

/** Weights that pairs of cells hold `seconds` after programming. */
function pairWeights(device: CellModel, targets: Float32Array, scale: number, seconds = 0): Float32Array {
  const kernels = createKernels();
  const span = device.maxS - device.minS;
  const [first, second] = [1, -1].map((sign, index) => {
    const at = kernels.allocate(4 * weights.length);
    kernels.f32(at, weights.length).set(targets.map((weight) => device.minS + (Math.max(0, sign * weight) / scale) * span));
    const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 1, columns: weights.length, device: index, event: 0 };
    device.program(kernels, at, at, block, 0.01, 500);
    device.age(kernels, at, at, block, seconds, true);
    return kernels.f32(at, weights.length).slice();
  }) as [Float32Array, Float32Array];
  return first.map((conductance, at) => (scale * (conductance - second[at]!)) / span);
}

test('a spread of 0 hits every target, 2 doubles what the cell adds', () => {
  const scale = weightScale(weights, 0);
  const [exact, once, twice] = [0, 1, 2].map((factor) =>
    pairWeights(spreadCell(hfox1t1r, factor), weights, scale),
  ) as Float32Array[];
  for (const [at, weight] of weights.entries()) {
    expect(exact![at]!).toBeCloseTo(weight, 5);
    expect(twice![at]! - weight).toBeCloseTo(2 * (once![at]! - weight), 4);
  }
  expect(() => spreadCell(hfox1t1r, -1)).toThrow('factor is -1; want at least 0');
});

test('a spread scales ageing about what was written, within the window', () => {
  const kernels = createKernels();
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 4, columns: 50, device: 0, event: 0 };
  const [written, now] = [kernels.allocate(800), kernels.allocate(800)];
  kernels.f32(written, 200).fill(50e-6);
  const aged = (factor: number) => {
    spreadCell(cmoHfox, factor).age(kernels, now, written, block, 3600, false);
    return kernels.f32(now, 200).slice();
  };
  const [none, once, half] = [aged(0), aged(1), aged(0.5)];
  for (let cell = 0; cell < 200; cell++) {
    expect(none[cell]!).toBeCloseTo(50e-6, 11);
    expect(half[cell]! - 50e-6).toBeCloseTo((once[cell]! - 50e-6) / 2, 11);
  }
  const [low, high] = [Math.fround(cmoHfox.minS), Math.fround(cmoHfox.maxS)];
  for (const conductance of aged(100)) expect(conductance >= low && conductance <= high).toBe(true);
});

test('training noise has the deviation that deployment has', () => {
  const holding = { device: hfox1t1r, clipSigma: 0, tolerance: 0.01 };
  const kernels = createKernels();
  const levels = targetWeights(holding, [{ weights, bias: new Float32Array(1) }])[0]!.weights;
  const deployed = pairWeights(hfox1t1r, levels, weightScale(weights, 0), 1);
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
  // HfO2 1T1R does not relax, CMO does
  const [fresh, , day] = report.tables[1]!.rows.map((row) => row[2]);
  expect(Math.abs((day as number) - (fresh as number))).toBeLessThan(0.05);
  expect(report.tables[1]!.rows.map(([device, age]) => `${device} ${age}`)).toEqual(
    ['hfox-1t1r', 'cmo-hfox'].flatMap((device) => ['1 s', '1 h', '1 day'].map((age) => `${device} ${age}`)),
  );
});
