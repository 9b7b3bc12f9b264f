import { describe, expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import type { ProgrammedOnce } from '../../src/device/shared-programming.ts';
import { evaluateItem } from '../../src/explore/evaluate-item.ts';
import { digestOf } from '../../src/explore/item-result.ts';
import type { SweepFiles } from '../../src/explore/result-store.ts';
import { createSharedWork } from '../../src/explore/share-work.ts';
import type { Job } from '../../src/explore/work-item.ts';
import type { SharedWork } from '../../src/simulate/shared-work.ts';

const network = `name: bars\ninput: [28, 28, 1]\nloss: cross-entropy\nlayers:\n  - { convolution: { channels: 2, kernel: 5, stride: 4 }, activation: relu }\n  - flatten\n  - linear: 10\n`;

/** One network in memory, nothing else; what is kept for other workers is kept in `kept`. */
const filesOf = (kept: Map<string, Uint8Array>): SweepFiles => ({
  list: () => [],
  exists: (path) => path === 'bars.yaml' || kept.has(path),
  read: (path) => (path === 'bars.yaml' ? new TextEncoder().encode(network) : kept.get(path)!),
  write: (path, bytes) => void kept.set(path, bytes as Uint8Array),
});

const job = (
  set: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
  fidelity: Job['fidelity'] = 'timing',
): Job => ({
  experiment: {
    ...{ name: 'bars', network: 'bars.yaml', training: { epochs: 1 }, ages: ['1 s'], instances: 1, samples: 4 },
    ...{ set: ['tile.array.irDrop=off', ...set], ...more },
  },
  fidelity,
});

/** Designs that differ in what the compiler reads, in what it does not, in what the loader checks, and in the workload. */
const jobs: readonly Job[] = [
  job([]),
  job(['clock.frequencyHz=130 MHz']),
  job(['tile.adc.bits=5']),
  job(['tile.rows=128', 'tile.columns=64']),
  job(['clock.frequencyHz=130 MHz', 'tile.adc.mux=2']),
  job(['mapping.scheme=reference-column']),
  job(['tile.input.bits=5']),
  job([], { samples: 3 }),
  job([], { seed: 2 }),
  job([], {}, 'full'),
  job(['tile.adc.bits=5'], { ages: ['1 s', '1 day'] }, 'full'),
  job(['scratchpad.bytes=1 KiB']),
];

const evaluated = (shared: SharedWork, files: SweepFiles) => (each: Job) =>
  digestOf(evaluateItem({ id: 'x', job: each }, { files, workloads: workloadsFolder, shared }));

describe('common work', () => {
  test('is shared with the bytes of runs that share nothing, in any order', () => {
    const files = filesOf(new Map());
    // The images alone are drawn once: they depend on nothing here.
    const { data } = createSharedWork(files, 'shared');
    const apart = jobs.map((each) => evaluated({ ...createSharedWork(files, 'shared'), data }, files)(each));
    expect(new Set(apart).size).toBe(jobs.length);
    const together = evaluated({ ...createSharedWork(files, 'shared'), data }, files);
    expect(jobs.map(together)).toEqual(apart);
    expect([...jobs].reverse().map(together).reverse()).toEqual(apart);
  });

  test('is compiled once for designs that differ in nothing the compiler reads', () => {
    const files = filesOf(new Map());
    let compiled = 0;
    const work = createSharedWork(files, 'shared');
    const counting: SharedWork = {
      ...work,
      fromReads: (owner, key, given, make) =>
        work.fromReads(owner, key, given, (read) => {
          compiled += 1;
          return make(read);
        }),
    };
    const evaluate = evaluated(counting, files);
    evaluate(job([]));
    for (const set of ['clock.frequencyHz=130 MHz', 'tile.adc.mux=2', 'noc.flitBytes=8']) evaluate(job([set]));
    expect(compiled).toBe(1);
    evaluate(job(['tile.rows=128']));
    expect(compiled).toBe(2);
  });

  test('programs cells once for designs that agree on them, and anew where device, seed, weights or settings differ', () => {
    const files = filesOf(new Map());
    const values = (set: readonly string[], more = {}) => job(set, more, 'values');
    const designs = [
      values([]),
      values(['tile.adc.bits=5']),
      values(['tile.adc.mux=2', 'noc.flitBytes=8']),
      values(['tile.rows=128', 'tile.columns=64']),
      values(['device=cmo-hfox-60ns']),
      values(['device=ideal']),
      values(['tile.array.stuckFraction=0.1']),
      values(['tile.array.forming=true']),
      values(['tile.array.programming=statistical']),
      values(['mapping.scheme=reference-column']),
      values([], { seed: 2 }),
    ];
    const { data, programmed: _, ...apart } = createSharedWork(files, 'shared');
    const alone = designs.map(evaluated({ ...apart, data }, files));
    for (const cellBytes of [2 ** 26, 4000, 0]) {
      const work = createSharedWork(files, 'shared', cellBytes);
      const counts: number[] = [];
      const programmed: ProgrammedOnce = (key, make) =>
        work.programmed!(key, () => {
          counts[counts.length - 1]! += 1;
          return make();
        });
      const together = evaluated({ ...work, data, programmed }, files);
      const count = (each: Job) => {
        counts.push(0);
        return together(each);
      };
      expect(designs.map(count)).toEqual(alone);
      const again = counts.map((made) => made > 0);
      if (cellBytes === 2 ** 26) expect(again).toEqual([true, false, false, false, true, true, true, true, true, true, true]);
      expect([...designs].reverse().map(count).reverse()).toEqual(alone);
    }
  });

  test('of designs that train on the chip: cells are programmed and references trained once where they agree', () => {
    const files = filesOf(new Map());
    const { data } = createSharedWork(files, 'shared');
    const rule = { kind: 'sgd', epochs: 1, samples: 10, deployTo: 0 };
    const trains = (change: Readonly<Record<string, unknown>>, set: readonly string[] = []): Job =>
      job(
        ['vector.format=f32', 'mapping.scheme=reference-cell', ...set],
        { device: 'cmo-hfox-train', algorithm: { ...rule, ...change } },
        'full',
      );
    const designs = [trains({}), trains({ learningRate: 0.02 }), trains({}, ['tile.adc.bits=6']), trains({ kind: 'mixed' })];
    const alone = designs.map((each) => {
      const { programmed: _, ...apart } = createSharedWork(files, 'shared');
      return evaluated({ ...apart, data }, files)(each);
    });
    expect(new Set(alone).size).toBe(designs.length);
    const work = createSharedWork(files, 'shared');
    let made = 0;
    const programmed: ProgrammedOnce = (key, make) =>
      work.programmed!(key, () => {
        made += 1;
        return make();
      });
    const counts: number[] = [];
    const together = (each: Job) => {
      made = 0;
      const digest = evaluated({ ...work, data, programmed }, files)(each);
      counts.push(made);
      return digest;
    };
    expect(designs.map(together)).toEqual(alone);
    expect(counts.map((count) => count > 0)).toEqual([true, false, false, false]);
  });
});
