import { expect, test } from 'vitest';
import { modelBytes } from '../../network/onnx/build-model.ts';
import { digitModel } from '../../network/onnx/digit-model.ts';
import { openSession } from '../session.ts';

test('explains the mapping of a model and what the optimiser tried', async () => {
  const { ohmic, put } = openSession();
  const model = put('net.onnx', digitModel);
  const { exitCode, stdout } = await ohmic(
    'compile',
    model,
    '--samples',
    '4',
    '--explain',
    '--optimise',
    'latency',
    '--json',
    '--quiet',
  );
  const { schema, mapping, optimise } = JSON.parse(stdout);
  expect([exitCode, schema, optimise.goal]).toEqual([0, 'ohmic.mapping/1', 'latency']);
  expect(mapping.latencySeconds).toBeCloseTo(optimise.chosen.latencySeconds, 9);
  expect(mapping.layers.map(({ layer }: { layer: string }) => layer)).toEqual(['conv', 'deep', 'sum', 'y']);
  const tables = await ohmic('compile', model, '--samples', '4', '--explain', '--quiet');
  expect(tables.stdout).toContain('Layers on tiles, and one image alone');
});

test('prints the form a pass leaves', async () => {
  const { ohmic, put } = openSession();
  const { stdout } = await ohmic('compile', put('net.onnx', digitModel), '--samples', '4', '--dump-pass', 'allocate', '--quiet');
  expect(JSON.parse(stdout).areas.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['conv', 'sum', 'y']),
  );
});

test('asked for nothing, or given what it cannot read, it says so with exit code 65', async () => {
  const { ohmic, put, at } = openSession();
  const model = put('net.onnx', digitModel);
  expect((await ohmic('compile', model)).exitCode).toBe(65);
  expect((await ohmic('compile', 'digits-mlp-inference', '--explain')).stderr).toContain('expected an ONNX model');
  const strange = put(
    'strange.onnx',
    modelBytes({
      input: [1, 2],
      nodes: [
        { op: 'Hardmax', inputs: ['x'], output: 'a' },
        { op: 'NonZero', inputs: ['x'], output: 'y' },
      ],
    }),
  );
  const { exitCode, stderr } = await ohmic('compile', strange, '-o', at('s.obin'), '--quiet');
  expect(exitCode).toBe(65);
  expect(stderr).toMatch(/node a: Hardmax \(1x2\) with an unknown operator[\s\S]*node y: NonZero/);
});

test('runs a model on the embedded digits', async () => {
  const { ohmic, put } = openSession();
  const words = ['--chip', 'ideal', '--samples', '5', '--instances', '1', '--input-scale', '0.01', '--json', '--quiet'];
  const { exitCode, stdout } = await ohmic('run', put('net.onnx', digitModel), ...words);
  const { accuracy } = JSON.parse(stdout);
  expect([exitCode, accuracy.simulated]).toEqual([0, accuracy.reference]);
});

test('numbers for the input are checked as options', async () => {
  const { ohmic, put } = openSession();
  const model = put('net.onnx', digitModel);
  for (const words of [
    ['--input-scale', '0'],
    ['--input-mean', '1,,2'],
    ['--optimise', 'speed'],
  ])
    expect((await ohmic('run', model, ...words)).exitCode).toBe(64);
});
