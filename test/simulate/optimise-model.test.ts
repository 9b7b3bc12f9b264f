import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chipDevice } from '../../src/chip/chip-device.ts';
import { costTableOf } from '../../src/chip/cost-table-of.ts';
import { timingParameters } from '../../src/chip/timing-parameters.ts';
import {
  analyseGraph,
  compileGraph,
  type GraphCompileInput,
  type GraphMapping,
  mapGraph,
} from '../../src/compiler/graph/compile-graph.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { compileModel } from '../../src/simulate/compile-model.ts';
import { type Goal, goals, optimiseModel } from '../../src/simulate/optimise-model.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { runInstance } from '../../src/simulate/run-instance.ts';
import { simulateProgram } from '../../src/simulate/simulate-program.ts';
import { declaredOf } from '../../src/simulate/try-mapping.ts';
import { inputFor } from '../compiler/graph/graph-input.ts';
import { randomGraph } from '../compiler/graph/random-graph.ts';
import { chipWith } from '../compiler/support.ts';
import { digitModel } from '../network/onnx/digit-model.ts';
import { memoryFiles } from '../support/memory-files.ts';

const ports = { files: memoryFiles({ 'net.onnx': digitModel }), progress: silentProgress, workloads: 'workloads' };
const compile = (chip: string, optimise?: Goal) =>
  compileModel('net.onnx', { samples: 12, instances: 1, chip, ...(optimise === undefined ? {} : { optimise }) }, ports);

const measures = {
  latency: 'latencySeconds',
  throughput: 'secondsPerSample',
  energy: 'joulesPerSample',
  area: 'tiles',
} as const;

test.each(goals)('for %s the mapping taken is the best of those tried, the default first among them', (goal) => {
  const { trials, chosen } = compile('cmo-130nm', goal).optimised!;
  expect(trials[0]).toMatchObject({ share: 0, stages: 1, placement: 'in order' });
  expect(chosen[measures[goal]]).toBe(Math.min(...trials.map((trial) => trial[measures[goal]])));
});

test('a pipeline of images shortens the time per image and leaves the answers of an ideal chip alone', () => {
  const [plain, piped] = [compile('ideal'), compile('ideal', 'throughput')];
  expect(piped.optimised!.chosen.stages).toBeGreaterThan(1);
  const [first, second] = [plain, piped].map(({ program }) =>
    simulateProgram(program, { progress: silentProgress, now: () => 0 }),
  );
  expect(second!.accuracy).toEqual(first!.accuracy);
  const unpiped = piped.optimised!.trials.filter(({ stages }) => stages === 1).map(({ secondsPerSample }) => secondsPerSample);
  expect(piped.optimised!.chosen.secondsPerSample).toBeLessThan(Math.min(...unpiped));
});

test('the program made for latency is never slower than the default one, on random graphs', () => {
  const kernels = createKernels();
  const chip = chipWith('cmo-130nm', ['tile.rows=16', 'tile.columns=16', 'grid.rows=8', 'grid.columns=16']);
  const latency = (input: GraphCompileInput, mapping: GraphMapping): number => {
    const program = compileGraph(input, mapping, undefined);
    const { timing } = runInstance({
      ...{ program, chip, device: chipDevice(chip), costs: costTableOf(chip), fidelity: 'timing', seed: 1, chipSeed: 1 },
      ...{ parameters: timingParameters(chip, chipDevice(chip)), declared: declaredOf(mapping) },
    });
    return Number(timing!.phasePs.get(program.regions.findIndex(({ name }) => name === 'forward'))!);
  };
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const input = inputFor(graph, 3, chip);
      const analysis = analyseGraph(kernels, input);
      const { mapping } = optimiseModel(analysis, input, 'latency');
      expect(latency(input, mapping)).toBeLessThanOrEqual(latency(input, mapGraph(analysis, input)));
    }),
    { numRuns: 6, seed: 81 },
  );
}, 30_000);
