import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meet } from '../../../src/compiler/graph/allocate.ts';
import { analyseGraph, compileGraph, mapGraph } from '../../../src/compiler/graph/compile-graph.ts';
import { validateProgram } from '../../../src/isa/validate.ts';
import type { Graph, Operation } from '../../../src/network/graph/graph.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { logitsOf } from '../run-program.ts';
import { chipWith } from '../support.ts';
import { inputFor } from './graph-input.ts';
import { randomGraph } from './random-graph.ts';

const chip = chipWith('ideal', ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'grid.rows=64', 'grid.columns=64']);
const kernels = createKernels();
const limits = {
  tiles: 4096,
  tileRows: 16,
  spmBytes: chip.scratchpad.bytes,
  vectorUnits: chip.vector.units,
  dmaChannels: chip.dma.channels,
};

function programsOf(graph: Graph, len: number, share = 0, on = chip) {
  const input = inputFor(graph, 3, on);
  const analysis = analyseGraph(kernels, input);
  // Any costs will do: they say when rows are passed on, not what they hold.
  const costOf = ({ layer }: { readonly layer: string }): number => 1 + (layer.length % 3);
  const [streamed, whole] = [len, 0].map((rows) => mapGraph(analysis, input, { len: rows, share, costOf }));
  return {
    streamed: streamed!,
    programs: [streamed!, whole!].map((mapping) => compileGraph(input, mapping, undefined)),
    count: streamed!.schedule.imageParts.filter(({ kind }) => kind === 'stream').length,
  };
}

test('streams of rows give bit for bit the values of whole maps, in a valid program, in bytes of their own', () => {
  let streams = 0;
  fc.assert(
    fc.property(randomGraph, fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 0.02), (graph, len, share) => {
      const { programs, streamed, count } = programsOf(graph, len, share);
      streams += count;
      if (count === 0) return;
      const [found, wanted] = programs.map((program) => logitsOf(program, chip).logits);
      expect(found).toEqual(wanted);
      expect(validateProgram(programs[0]!, limits)).toEqual([]);
      const areas = [...streamed.schedule.areas.values()];
      for (const a of areas)
        for (const b of areas)
          if (a.name < b.name && meet(a, b))
            expect(a.address >= b.address + b.bytes || b.address >= a.address + a.bytes).toBe(true);
    }),
    { numRuns: 60, seed: 31 },
  );
  expect(streams).toBeGreaterThan(10);
}, 30_000);

const convolution = (channels: number, from: number): Operation => ({
  ...{ kind: 'convolution', kernel: [3, 3], stride: [1, 1], pad: [1, 1, 1, 1], dilation: 1, groups: 1 },
  ...{ inChannels: from, outChannels: channels, bias: undefined },
  weights: Float32Array.from({ length: 9 * from * channels }, (_, at) => Math.sin(at)),
});

/** Convolutions on maps of 24 rows, then of 12, of 6 and of 3: rows every turn and every second, fourth and eighth. */
const pyramid: Graph = {
  ...{ name: 'pyramid', input: 'x', inputShape: [24, 3, 1], output: 'c3', loss: 'cross-entropy' },
  nodes: [24, 12, 6, 3].flatMap((rows, at) => [
    ...(at === 0
      ? []
      : [
          {
            name: `p${at}`,
            inputs: [`c${at - 1}`],
            shape: [rows, 3, 2],
            operation: { kind: 'pool', function: 'max', kernel: [2, 1], stride: [2, 1], pad: [0, 0, 0, 0], dilation: 1 } as const,
          },
        ]),
    { name: `c${at}`, inputs: [at === 0 ? 'x' : `p${at}`], shape: [rows, 3, 2], operation: convolution(2, at === 0 ? 1 : 2) },
  ]),
};

test.each([1, 2, 3, 5])('rows of ever smaller maps keep their values with %i rows a turn', (len) => {
  const { programs, count } = programsOf(pyramid, len);
  const [found, wanted] = programs.map((program) => logitsOf(program, chip).logits);
  expect(count).toBe(1);
  expect(found).toEqual(wanted);
});

test('networks that take turns on the tiles, or fill the scratchpad, stream what goes together', () => {
  const small = chipWith('ideal', ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'grid.rows=1', 'grid.columns=4']);
  const { programs, streamed, count } = programsOf(pyramid, 1, 0, small);
  expect(streamed.rounds.rounds.length).toBeGreaterThan(1);
  expect(count).toBeGreaterThan(0);
  const [found, wanted] = programs.map((program) => logitsOf(program, small).logits);
  expect(found).toEqual(wanted);
  const full = chipWith('ideal', ['tile.rows=16', 'tile.columns=16', 'tile.adc.mux=2', 'scratchpad.bytes=2 KiB']);
  const lengths = [chip, full].map((on) =>
    programsOf(pyramid, 1, 0, on).streamed.schedule.imageParts.map((part) => (part.kind === 'stream' ? part.steps.length : 1)),
  );
  expect(lengths[0]).toEqual([7]);
  expect(Math.max(...lengths[1]!)).toBeLessThan(7);
});
