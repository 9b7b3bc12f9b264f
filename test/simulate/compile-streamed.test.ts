import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chipDevice } from '../../src/chip/chip-device.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { timingParameters } from '../../src/chip/timing-parameters.ts';
import type { Program } from '../../src/isa/program.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { compileExperiment } from '../../src/simulate/compile-experiment.ts';
import { compileModel } from '../../src/simulate/compile-model.ts';
import { type ExperimentOptions, parseExperiment, withOptions } from '../../src/simulate/experiment.ts';
import { explainMapping } from '../../src/simulate/explain-mapping.ts';
import { manifestOf } from '../../src/simulate/manifest.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { runInstance } from '../../src/simulate/run-instance.ts';
import { declaredOf } from '../../src/simulate/try-mapping.ts';
import { digitModel } from '../network/onnx/digit-model.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { simulate } from './small-experiment.ts';

const ports = { files: memoryFiles({ 'net.onnx': digitModel }), progress: silentProgress, workloads: 'workloads' };
const compile = (options: ExperimentOptions) => compileModel('net.onnx', { samples: 12, instances: 1, ...options }, ports);

test('rows that are passed on make an image faster; an ideal chip answers the same', () => {
  const [whole, rows] = [0, 2].map((len) => compile({ len }));
  expect(rows!.mapping.schedule.imageParts.map(({ kind }) => kind)).toEqual(['stream']);
  const [before, after] = [whole!, rows!].map((compiled) => explainMapping(compiled));
  expect(after!.latencySeconds).toBeLessThan(0.8 * before!.latencySeconds);
  expect(after!.streams).toEqual([{ steps: 2, turns: expect.any(Number) }]);
  const [first, second] = [0, 2].map((len) => simulate(compile({ chip: 'ideal', len }).program));
  expect(second!.accuracy).toEqual(first!.accuracy);
});

test('replayed loops of images whose rows stream keep every picosecond and joule', () => {
  const { program, chip, mapping } = compile({ len: 3 });
  const device = chipDevice(chip);
  const [full, short] = [false, true].map((replay) => {
    const { timing } = runInstance({
      ...{ program, chip, device, costs: costTableOf(chip), fidelity: 'timing', seed: 1, chipSeed: 1, replay },
      ...{ parameters: timingParameters(chip, device), declared: declaredOf(mapping) },
    });
    const { events: _, replayedOperations, ...rest } = timing!;
    return { replayedOperations, rest };
  });
  expect(short!.rest).toEqual(full!.rest);
  expect(full!.replayedOperations).toBe(0);
});

const network = `name: tiny
input: [28, 28, 1]
loss: cross-entropy
layers:
  - { convolution: { channels: 2, kernel: 5, stride: 2 }, activation: relu }
  - { convolution: { channels: 2, kernel: 3 }, activation: relu }
  - flatten
  - linear: 10
`;

test('an experiment passes rows on where its mapping says so', () => {
  const files = memoryFiles({ 'workloads/networks/tiny.yaml': new TextEncoder().encode(network) });
  const text = 'name: rows\nnetwork: tiny\nchip: ideal\ninstances: 1\nmapping: { len: 2 }\ntraining: { epochs: 1 }\n';
  const experiment = parseExperiment(text, 'rows.yaml');
  const [rows, plain] = [{}, { len: 0 }].map((options) =>
    simulate(compileExperiment(experiment, { samples: 20, ...options }, { ...ports, files })),
  );
  expect(rows!.accuracy!.byAge[0]!.accuracy).toBe(plain!.accuracy!.byAge[0]!.accuracy);
  expect(rows!.time!.latencySeconds).toBeLessThan(0.8 * plain!.time!.latencySeconds!);
});

test('rows a turn that change nothing are a warning', () => {
  const warned = (len: number) => manifestOf(compile({ len }).program.manifest)!.warnings!.join();
  expect(warned(28)).toMatch(/28 rows a turn change nothing/);
  expect(warned(2)).not.toMatch(/rows a turn/);
});

test('a chip that trains works on whole maps', () => {
  const text = readFileSync('workloads/experiments/digits-mlp-training.yaml', 'utf8');
  const experiment = parseExperiment(text, 'x.yaml');
  expect(() => withOptions(experiment, { len: 2 })).toThrow(/--len.*2.*want 0|--len found 2, expected 0/);
  expect(() => withOptions(experiment, { compensation: 'column' })).toThrow(/--compensation/);
  expect(withOptions(experiment, { len: 0 }).mapping.len).toBe(0);
  expect(() => parseExperiment(`${text}\nmapping: { len: 3 }\n`, 'x.yaml')).toThrow(/mapping.*0 where the chip trains/s);
});

test('drift is corrected in a graph as in a chain of layers: readings after programming, and at every age', () => {
  const options = { samples: 20, instances: 1 };
  const [corrected, plain] = [{ ...options, compensation: 'column' as const }, options].map(compile);
  const readings = ({ program }: { readonly program: Program }) =>
    decodeProgram(program.words).filter(({ mnemonic }) => mnemonic === 'CAL');
  expect(readings(corrected!).map(({ unit, length }) => [unit, length])).toEqual(
    [0, 1].flatMap(() => corrected!.mapping.matrices.map(({ group, stage }) => [group, stage.rows])),
  );
  expect(corrected!.program.regions.map(({ name }) => name)).toContain('calibrate');
  expect(readings(plain!)).toEqual([]);
  const small = { ...options, compensation: 'global' as const, set: ['grid.rows=1', 'grid.columns=4'] };
  expect(() => compile(small)).toThrow(/compensation global where weights are written in \d rounds/);
});
