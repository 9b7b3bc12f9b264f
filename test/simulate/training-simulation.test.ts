import { describe, expect, test } from 'vitest';
import { silentProgress } from '../../src/simulate/progress.ts';
import { deploy } from '../../src/simulate/training-deployment.ts';
import { compileTiny, simulationOf, trained } from '../support/tiny-training.ts';

const pulsed = { device: 'cmo-hfox-train', set: 'mapping.scheme=reference-cell, scratchpad.bytes=4 MiB' } as const;
const settings = (kind: string, rest = ''): string => `kind: ${kind}, samples: 200, epochs: 2, batch: 10, weightMax: 0.5${rest}`;

describe('a training run', () => {
  const algorithm = settings('agad', ', rowsPerSample: 20, chopProbability: 0.5');
  const compiled = compileTiny({ ...pulsed, algorithm, calibrate: true });
  const whole = trained(compiled, 'full');
  const report = whole.report();

  test('reports every epoch with loss, accuracy, time and energy, which add up by phase', () => {
    expect(report.training!.epochs).toHaveLength(2);
    for (const { loss, accuracy, seconds, energy, byPhase, reference } of report.training!.epochs) {
      expect(loss).toBeGreaterThan(0);
      expect(accuracy).toBeGreaterThanOrEqual(0);
      expect(reference!.loss).toBeGreaterThan(0);
      const phases = Object.values(byPhase!);
      expect(phases.reduce((sum, phase) => sum + phase.seconds, 0)).toBeCloseTo(seconds!, 9);
      expect(phases.reduce((sum, phase) => sum + phase.energy, 0) / energy!).toBeCloseTo(1, 9);
      expect(Object.keys(byPhase!)).toEqual(
        expect.arrayContaining(['forward', 'backward', 'update', 'transfer', 'evaluate', 'load']),
      );
    }
  });

  test('adds its parts up to the whole', () => {
    const parts = whole.passes.reduce((sum, { timing }) => sum + timing!.picoseconds, 0n);
    expect(report.time!.seconds).toBeCloseTo(Number(parts) * 1e-12, 12);
  });

  test('ages after training', () =>
    expect(report.accuracy!.byAge.map(({ label }) => label)).toEqual(['after training', '1 day']));

  test('counts the pulses of slow and fast cells', () => {
    const { endurance } = report.training!;
    expect(endurance.map(({ layer, tile }) => `${layer} ${tile}`)).toEqual([
      'linear1 weights',
      'linear1 fast',
      'linear2 weights',
      'linear2 fast',
    ]);
    for (const { maxPulses, meanPulses } of endurance) expect(maxPulses).toBeGreaterThanOrEqual(meanPulses);
    expect(endurance[1]!.meanPulses).toBeGreaterThan(0);
    for (const { consumed, consumedMean, maxPulses } of endurance) {
      expect(consumed).toBeCloseTo(maxPulses / 1e8, 12);
      expect(consumedMean).toBeLessThanOrEqual(consumed);
    }
  });

  test('says after every epoch what cells have taken by then', () => {
    const [first, last] = report.training!.epochs.map(({ wear }) => wear!);
    expect(last!.meanPulses).toBeGreaterThan(first!.meanPulses);
    expect(last!.maxPulses).toBe(Math.max(...report.training!.endurance.map(({ maxPulses }) => maxPulses)));
    expect(last!.consumed).toBeGreaterThan(last!.consumedMean);
  });

  test('says how far declared statistics are from it', () => {
    const { samples, time, energy } = report.training!.timingDeviation!;
    expect(samples).toBe(400);
    expect(report.training!.calibrationSamples).toBe(400);
    expect(Math.abs(time)).toBeLessThan(0.05);
    expect(Math.abs(energy)).toBeLessThan(0.05);
  });

  test.each([
    'full',
    'values',
  ] as const)('measures by itself, at fidelity %s, what a calibration run measures beforehand', (fidelity) => {
    const alone = trained(compileTiny({ ...pulsed, algorithm, calibrate: 'by the run' }), fidelity);
    expect(alone.program.manifest).toEqual(compiled.program.manifest);
    const { run: _, ...found } = alone.report();
    const { run: __, ...wanted } = fidelity === 'full' ? report : trained(compiled, fidelity).report();
    expect(found).toEqual(wanted);
  });

  test('that measures by itself is gone on with by one that measured beforehand', () => {
    const first = simulationOf(compileTiny({ ...pulsed, algorithm, calibrate: 'by the run' }), 'full');
    for (let part = 0; part < 2; part++) first.step();
    const second = simulationOf(compiled, 'full');
    second.restore(structuredClone(first.save()));
    while (second.step());
    const { run: _, ...continued } = second.report();
    const { run: __, ...uninterrupted } = report;
    expect(continued).toEqual(uninterrupted);
  });

  test.each([1, 3])('goes on after part %i with the same bytes', (parts) => {
    const first = simulationOf(compiled, 'full');
    for (let part = 0; part < parts; part++) first.step();
    const saved = structuredClone(first.save());
    const second = simulationOf(compiled, 'full');
    second.restore(saved);
    while (second.step());
    const { run: _, ...continued } = second.report();
    const { run: __, ...uninterrupted } = report;
    expect(JSON.stringify(continued)).toBe(JSON.stringify(uninterrupted));
  });

  test('does not go on from the state of another program', () => {
    const other = simulationOf(compileTiny({ ...pulsed, algorithm: settings('mixed') }));
    other.step();
    expect(() => simulationOf(compiled, 'full').restore(other.save())).toThrow(/programHash is/);
  });

  test('programs what it learnt onto other instances, beside software weights', () => {
    const deployable = { ...compiled, settings: { ...compiled.settings, deployTo: 2 } };
    const deployment = deploy(deployable, whole.learnt!, silentProgress)!;
    expect(deployment.chipTrained).toHaveLength(2);
    expect(deployment.softwareTrained).toHaveLength(2);
    const losses = deployment.softwareTrained.map((accuracy, at) => accuracy - deployment.chipTrained[at]!);
    expect(deployment.meanLoss).toBeCloseTo((losses[0]! + losses[1]!) / 2, 12);
  });
});

describe('at timing fidelity', () => {
  test('a thousand batches take the time of a full run of the same declared statistics, mostly replayed', () => {
    const compiled = compileTiny({ ...pulsed, algorithm: 'kind: mixed, samples: 4000, batch: 10' });
    const report = trained(compiled, 'timing').report();
    expect(report.run.replayedFraction).toBeGreaterThan(0.9);
    expect(report.training!.epochs[0]!.seconds).toBeGreaterThan(0);
    expect(report.training!.epochs[0]!.accuracy).toBeUndefined();
  });
});

test.each(['sgd', 'tiki-taka', 'ttv2', 'cttv2', 'mixed'])('%s runs with a batch of one and gives finite results', (kind) => {
  const compiled = compileTiny({ ...pulsed, algorithm: `kind: ${kind}, samples: 30, batch: 1, learningRate: 0.02` });
  const { training, ending } = trained(compiled).report();
  expect(ending).toBe('halted');
  expect(Number.isFinite(training!.epochs[0]!.loss)).toBe(true);
});
