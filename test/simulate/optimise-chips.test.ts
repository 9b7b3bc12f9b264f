import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseGraph, compileGraph } from '../../src/compiler/graph/compile-graph.ts';
import { type ChipMapping, splitChips } from '../../src/compiler/graph/split-chips.ts';
import { InputError } from '../../src/config/issue.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { compileModel } from '../../src/simulate/compile-model.ts';
import { explainChips } from '../../src/simulate/explain-chips.ts';
import { optimiseChips } from '../../src/simulate/optimise-chips.ts';
import { type Goal, goals } from '../../src/simulate/optimise-model.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { simulateChips } from '../../src/simulate/simulate-chips.ts';
import { defaultLinks } from '../../src/simulate/time-chips.ts';
import { timeParts } from '../../src/simulate/try-chips.ts';
import { phaseIndex, phaseSeconds } from '../../src/simulate/try-mapping.ts';
import { inputFor } from '../compiler/graph/graph-input.ts';
import { randomGraph } from '../compiler/graph/random-graph.ts';
import { chipWith } from '../compiler/support.ts';
import { digitModel } from '../network/onnx/digit-model.ts';
import { memoryFiles } from '../support/memory-files.ts';

const ports = { files: memoryFiles({ 'net.onnx': digitModel }), progress: silentProgress, workloads: 'workloads' };
const compile = (chip: string, optimise?: Goal) =>
  compileModel('net.onnx', { samples: 8, instances: 1, chips: 2, chip, ...(optimise === undefined ? {} : { optimise }) }, ports);

const measures = {
  latency: 'latencySeconds',
  throughput: 'secondsPerSample',
  energy: 'joulesPerSample',
  area: 'tiles',
} as const;

describe('a model on two chips', () => {
  test.each(goals)('for %s the mapping taken is the best of those tried, the default first among them', (goal) => {
    const { trials, chosen } = compile('cmo-130nm', goal).optimisedChips!;
    expect(trials[0]).toMatchObject({ cut: 'by tiles', share: 0, placement: 'in order' });
    expect(chosen[measures[goal]]).toBe(Math.min(...trials.map((trial) => trial[measures[goal]])));
    expect(trials.some(({ cut }) => cut === 'by time')).toBe(goal !== 'area');
  });

  test('answers the same however it is mapped, and sooner with copies', () => {
    const [plain, fast] = [compile('ideal'), compile('ideal', 'throughput')].map(({ parts, chip }) =>
      simulateChips({
        ...{ programs: parts!.map(({ program }) => ({ program, chip })), links: defaultLinks, seed: 1, chipSeed: 1 },
      }),
    );
    const [before, after] = [plain!, fast!].map(({ report }) => report.controllers[1]!);
    expect(after!.evaluations).toEqual(before!.evaluations);
    expect(after!.byPhase.evaluate).toBeLessThan(before!.byPhase.evaluate!);
  });

  test('is explained chip by chip', () => {
    const compiled = compile('cmo-130nm');
    const { chips, latencySeconds, links } = explainChips(compiled, compiled.parts!);
    const whole = compile('cmo-130nm').mapping.lowered.steps.map(({ layer }) => layer);
    expect(new Set(chips.flatMap(({ layers }) => layers.map(({ layer }) => layer)))).toEqual(new Set(whole));
    expect(latencySeconds).toBeGreaterThanOrEqual(Math.max(...chips.map((chip) => chip.latencySeconds)));
    expect(chips[0]!.layers.at(-1)!.steps).toContain('send');
    expect(links).toMatchObject([{ from: 0, to: 1 }]);
  });
});

test('what was made for latency is never slower than the default cut, on random graphs', () => {
  const kernels = createKernels();
  const chip = chipWith('cmo-130nm', ['tile.rows=16', 'tile.columns=16', 'grid.rows=8', 'grid.columns=16']);
  let optimised = 0;
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const input = inputFor(graph, 2, chip);
      const latency = (parts: readonly ChipMapping[]): number => {
        const programs = parts.map((part) => compileGraph(input, part, undefined));
        const { timings } = timeParts(programs, parts, input);
        return Math.max(...timings.map((timing, own) => phaseSeconds(timing, phaseIndex(programs[own]!, 'forward'))));
      };
      const analysis = analyseGraph(kernels, input);
      try {
        const { parts, trials } = optimiseChips(analysis, input, 2, 'latency');
        optimised += trials.length > 1 ? 1 : 0;
        expect(latency(parts)).toBeLessThanOrEqual(latency(splitChips(analysis, input, 2)));
      } catch (error) {
        // Fewer steps than chips, or fewer parts that can be cut.
        if (!(error instanceof InputError)) throw error;
      }
    }),
    { numRuns: 6, seed: 29 },
  );
  expect(optimised).toBeGreaterThan(2);
});
