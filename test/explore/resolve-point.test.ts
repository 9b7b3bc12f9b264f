import { describe, expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { createResolver, isChipPath } from '../../src/explore/resolve-point.ts';
import { parseSweep } from '../../src/explore/sweep-spec.ts';

const text = (name: string, chip = 'cmo-130nm') =>
  `# ${name}\nname: ${name}\nnetwork: mlp-784-64-10\nchip: ${chip}\nset: [tile.adc.bits=6]\n`;
const sweep = (more = '') =>
  parseSweep(
    `name: s\nexperiment: e\n${more}axes:\n  - { path: tile.rows, also: [tile.columns], values: [64, 128] }\n  - { path: training.epochs, values: [1, 2] }\n  - { path: network.layers.1.linear, values: [32] }\nobjectives: [area]\n`,
    's.yaml',
  );
const resolverOf = (experiment = text('one'), more = '') =>
  createResolver(sweep(more), { files: nodeFiles, workloads: workloadsFolder, experiment: { text: experiment, file: 'e.yaml' } });
const stage = { fidelity: 'timing', keep: 1 } as const;
const point = { 'tile.rows': 128, 'training.epochs': 2 };
const idOf = (
  resolver: ReturnType<typeof resolverOf>,
  own: Record<string, string | number> = point,
  repeat = 0,
  at: Parameters<typeof resolver.item>[1] = stage,
) => resolver.item(own, at, repeat).id;

describe('an item is named by what decides its result', () => {
  const usual = idOf(resolverOf());

  test('not by names, spelling or where values are written', () => {
    expect(idOf(resolverOf(text('two')))).toBe(usual);
    expect(idOf(resolverOf(text('one').replace('=6', '= 6')))).toBe(usual);
    expect(idOf(resolverOf(text('one').replace('set: [tile.adc.bits=6]\n', ''), 'set: [tile.adc.bits=6]\n'))).toBe(usual);
    expect(idOf(resolverOf(), { ...point, 'tile.rows': '128' })).toBe(usual);
  });

  test('but by chip, training, fidelity, samples, repeat and device', () => {
    const others = [
      idOf(resolverOf(text('one').replace('=6', '=7'))),
      idOf(resolverOf(), { ...point, 'tile.rows': 64 }),
      idOf(resolverOf(), { ...point, 'training.epochs': 1 }),
      idOf(resolverOf(), { ...point, 'network.layers.1.linear': 32 }),
      idOf(resolverOf(), point, 1),
      idOf(resolverOf(), point, 0, { ...stage, fidelity: 'full' }),
      idOf(resolverOf(), point, 0, { ...stage, samples: 9 }),
      idOf(resolverOf(text('one'), 'device: ideal\n')),
    ];
    expect(new Set([usual, ...others]).size).toBe(others.length + 1);
  });
});

test('points of one training share their key; a broken rule still has an id of its own', () => {
  const resolver = resolverOf();
  const key = (own: Record<string, number>) => resolver.item(own, stage, 0).shareKey;
  expect(key({ 'tile.rows': 64 })).toBe(key({ 'tile.rows': 128 }));
  expect(key({ 'training.epochs': 1 })).not.toBe(key({ 'training.epochs': 2 }));
  const broken = resolver.item({ 'tile.rows': -5 }, stage, 0);
  expect(broken.shareKey).toBe('');
  expect(broken.id).toMatch(/^[0-9a-f]{64}$/);
});

test('patches say what a point changes, tied paths with it', () => {
  const [patch] = resolverOf().patches({ 'tile.rows': 128 });
  expect(JSON.stringify(patch)).toContain('tile.columns=128');
  expect(resolverOf().item({ 'network.layers.1.linear': 32 }, stage, 0).job.network).toMatchObject({ name: 'mlp-784-64-10' });
});

test('rows a turn belong to the experiment, other mapping values to the chip', () => {
  expect(['mapping.len', 'mapping.scheme', 'tile.rows', 'device'].map(isChipPath)).toEqual([false, true, true, false]);
});
