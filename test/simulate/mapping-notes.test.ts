import { expect, test } from 'vitest';
import { compileModel, type ModelOptions } from '../../src/simulate/compile-model.ts';
import { explainMapping } from '../../src/simulate/explain-mapping.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { simulateProgram } from '../../src/simulate/simulate-program.ts';
import { digitModel } from '../network/onnx/digit-model.ts';
import { memoryFiles } from '../support/memory-files.ts';

const ports = { files: memoryFiles({ 'net.onnx': digitModel }), progress: silentProgress, workloads: 'workloads' };
const compile = (options: ModelOptions) => compileModel('net.onnx', { samples: 6, instances: 1, ...options }, ports);
const run = (options: ModelOptions) => simulateProgram(compile(options).program, { progress: silentProgress, now: () => 0 });

test('a network larger than the chip takes turns on the tiles: same answers, its writing in time and energy, and it says so', () => {
  const set = ['tile.rows=32', 'tile.columns=32'];
  const needed = compile({ chip: 'ideal', set }).mapping.matrices.reduce((sum, { tiles }) => sum + tiles, 0);
  expect(needed).toBeGreaterThan(2);
  const small = [...set, 'grid.rows=1', `grid.columns=${needed - 1}`];
  const [whole, turned] = [run({ chip: 'ideal', set }), run({ chip: 'ideal', set: small })];
  expect(turned.accuracy).toEqual(whole.accuracy);
  const [warning] = turned.warnings.filter((text) => text.includes('rounds for every batch'));
  expect(warning).toContain(`takes ${needed} tiles and the chip has ${needed - 1}`);
  expect(warning).toContain('would hold everything');
  expect(whole.warnings.join()).not.toContain('rounds');

  // Written in three ages of one batch and for the lone image, twice or more each time.
  const { shortage } = explainMapping(compile({ chip: 'cmo-130nm', set: small }));
  expect(shortage.rounds).toBeGreaterThan(1);
  expect(shortage.writes).toBe(shortage.rounds * 4);
  const [kept, written] = [run({ chip: 'cmo-130nm', set }), run({ chip: 'cmo-130nm', set: small })];
  expect(written.activity.pulses).toBeGreaterThan(kept.activity.pulses);
  expect(written.time!.secondsPerSample!).toBeGreaterThan(10 * kept.time!.secondsPerSample!);
});
