import { describe, expect, test } from 'vitest';
import { compileModel, type ModelOptions } from '../../src/simulate/compile-model.ts';
import { explainMapping } from '../../src/simulate/explain-mapping.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { simulateProgram } from '../../src/simulate/simulate-program.ts';
import { traceProgram } from '../../src/simulate/trace-program.ts';
import { digitModel, digitModelOn } from '../network/onnx/digit-model.ts';
import { memoryFiles } from '../support/memory-files.ts';

const ports = { files: memoryFiles({ 'm/net.onnx': digitModel }), progress: silentProgress, workloads: 'workloads' };
const compile = (options: ModelOptions = {}) => compileModel('m/net.onnx', { samples: 6, instances: 1, ...options }, ports);

describe('compileModel', () => {
  test('runs a model on the embedded digits and reports it beside the float reference', () => {
    const report = simulateProgram(compile({ chip: 'ideal' }).program, { progress: silentProgress, now: () => 0 });
    expect(report.ending).toBe('halted');
    expect(report.accuracy?.simulated).toBe(report.accuracy?.reference);
    expect(report.accuracy?.samples).toBe(6);
    expect(Object.keys(report.energy!.byLayer)).toContain('conv');
  });

  test('the numbers a model expects change its first layer', () => {
    const scaled = compile({ chip: 'ideal', inputScale: 1, inputMean: [127], inputStd: [64] });
    expect(scaled.mapping.lowered.steps.slice(0, 2).map(({ operation }) => operation.kind)).toEqual(['convert', 'vec']);
    expect(() => compile({ inputMean: [1, 2, 3] })).toThrow(/--input-mean found 3 values, expected 1 or 1/);
  });

  test('without data that fit, only time and energy are to be had', () => {
    const files = memoryFiles({ 'odd.onnx': digitModelOn(12) });
    const odd = { ...ports, files };
    expect(() => compileModel('odd.onnx', {}, odd)).toThrow(/--data found none/);
    const { program } = compileModel('odd.onnx', { timingOnly: true, samples: 4 }, odd);
    const report = simulateProgram(program, { fidelity: 'timing', progress: silentProgress, now: () => 0 });
    expect(report.warnings.join()).toContain('images are noise');
    expect(report.time!.latencySeconds).toBeGreaterThan(0);
  });

  test('a YAML network has random weights, and is right where the chip answers as the float network does', () => {
    const text = 'name: rows\ninput: [28, 28]\nlayers:\n  - { lstm: 5, last: true }\n  - linear: 10\n';
    const { program } = compileModel(
      'rows.yaml',
      { chip: 'ideal', samples: 6, instances: 1 },
      { ...ports, files: memoryFiles({ 'rows.yaml': new TextEncoder().encode(text) }) },
    );
    const report = simulateProgram(program, { progress: silentProgress, now: () => 0 });
    expect(report.accuracy).toMatchObject({ reference: 1, simulated: 1 });
    expect(report.warnings.join()).toContain('the weights are random');
  });

  test('a file that is not there is bad input', () => {
    expect(() => compileModel('none.onnx', {}, ports)).toThrow(/model found none.onnx|none.onnx/);
  });
});

describe('optimising', () => {
  test('copies shorten the latency and leave the answers of an ideal chip alone', () => {
    const [plain, copied] = [compile({ chip: 'ideal' }), compile({ chip: 'ideal', optimise: 'latency' })].map(({ program }) =>
      simulateProgram(program, { progress: silentProgress, now: () => 0 }),
    );
    expect(copied!.time!.latencySeconds!).toBeLessThan(plain!.time!.latencySeconds! / 2);
    expect(copied!.accuracy).toEqual(plain!.accuracy);
  });
});

describe('explaining', () => {
  test('says what each layer became; times of layers that follow one another add up', () => {
    const explained = explainMapping(compile());
    const conv = explained.layers.find(({ layer }) => layer === 'conv')!;
    expect(conv.matrix).toMatchObject({ rows: 9, columns: 4, vectors: 169, tiles: 1, replicas: 1 });
    expect(conv.joules).toBeGreaterThan(0);
    const sum = explained.layers.reduce((total, { seconds }) => total + seconds, 0);
    expect(sum).toBeGreaterThan(0.7 * explained.latencySeconds);
    expect(sum).toBeLessThan(1.3 * explained.latencySeconds);
    expect(explained.bottleneck).toMatch(/^conv: \d+ % of an image's time, most of it in the tiles$/);
  });
});

describe('tracing', () => {
  test('keeps the words of a window; energy is that of the whole program', () => {
    const { program, chip } = compile({ samples: 2 });
    const whole = traceProgram(program, chip, { fromSeconds: 0, toSeconds: 1e9, most: 1e6 });
    const end = Number(whole.picoseconds) * 1e-12;
    const tail = traceProgram(program, chip, { fromSeconds: 0.99 * end, toSeconds: end, most: 1e6 });
    expect(tail.records.length).toBeGreaterThan(0);
    expect(tail.records.length).toBeLessThan(whole.records.length);
    expect(tail.energy).toEqual(whole.energy);
    const few = traceProgram(program, chip, { fromSeconds: 0, toSeconds: 1e9, most: 5 });
    expect([few.records.length, few.left]).toEqual([5, whole.records.length - 5]);
  });
});
