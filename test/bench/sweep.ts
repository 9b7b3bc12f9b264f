import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { createExecutor } from '../../src/cli/sweep/create-executor.ts';
import { type OpenSweep, openSweep } from '../../src/cli/sweep/open-sweep.ts';
import { evaluateItem } from '../../src/explore/evaluate-item.ts';
import type { ItemResult } from '../../src/explore/item-result.ts';
import { runSweep } from '../../src/explore/run-sweep.ts';
import { createSharedWork } from '../../src/explore/share-work.ts';
import { sweepHtml } from '../../src/report/html-report.ts';
import { pointRecords } from '../../src/report/sweep-export.ts';

const silent = { round: () => {}, result: () => {}, roundDone: () => {} };
const cpuSeconds = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

const sweepOf = (experiment: string, points: number): string => `name: bench
experiment: ${experiment}
experimentSet: { training.epochs: 1 }
axes:
  - { path: tile.adc.bits, values: [4, 5, 6, 7, 8] }
  - { path: tile.adc.mux, values: [1, 2, 4, 8, 16] }
  - { path: tile.input.bits, values: [4, 5, 6, 7, 8] }
  - { path: clock.frequencyHz, range: { from: 100, to: 400, unit: MHz } }
sampling: { method: sobol, points: ${points} }
objectives: [energyPerSample, latency, area]
stages: [{ fidelity: timing, samples: 8, ages: [1 s] }]
`;

function planned(folder: string, experiment: string, points: number): OpenSweep {
  const file = join(folder, `${experiment}-${points}.yaml`);
  writeFileSync(file, sweepOf(experiment, points));
  const sweep = openSweep(nodeIo(), file, { out: join(folder, `${experiment}-${points}`) });
  sweep.keep();
  return sweep;
}

/** Points a second of processor time, in this process, once the reference is trained. */
function benchPoints(print: (line: string) => void, folder: string, experiment: string): void {
  const sweep = planned(folder, experiment, 60);
  const shared = createSharedWork(nodeFiles, join(sweep.folder, 'shared'));
  const { items } = sweep.surveyor.survey(() => undefined);
  const all = (): void =>
    items.forEach((item) => void evaluateItem(item, { files: nodeFiles, workloads: workloadsFolder, shared }));
  all();
  const from = cpuSeconds();
  all();
  const each = (cpuSeconds() - from) / items.length;
  print(`${experiment.padEnd(30)} ${(1 / each).toFixed(0)} points/s and core (${(each * 1000).toFixed(1)} ms a point)`);
}

async function benchScaling(print: (line: string) => void, folder: string): Promise<void> {
  const seconds: number[] = [];
  for (const workers of [1, 2]) {
    const sweep = planned(folder, 'digits-mlp-inference', 600 + workers);
    const executor = createExecutor(nodeIo(), sweep, workers);
    const warm = sweep.surveyor.survey(() => undefined).items.slice(0, 8 * workers);
    await executor.execute(warm[0]!);
    await Promise.all(warm.map((item) => executor.execute(item)));
    const from = performance.now();
    await runSweep({ surveyor: sweep.surveyor, store: sweep.store, executor, progress: silent });
    seconds.push((performance.now() - from) / 1000 / (600 + workers));
    await executor.close();
  }
  print(`two workers against one        ${(seconds[0]! / seconds[1]!).toFixed(2)} x on ${availableParallelism()} processors`);
}

function benchHolding(print: (line: string) => void, folder: string): void {
  const sweep = planned(folder, 'digits-mlp-inference', 10_000);
  const shared = createSharedWork(nodeFiles, join(folder, 'digits-mlp-inference-60', 'shared'));
  const from = performance.now();
  const { items } = sweep.surveyor.survey(() => undefined);
  print(`plan 10 000 points             ${((performance.now() - from) / 1000).toFixed(1)} s`);
  const model = evaluateItem(items[0]!, { files: nodeFiles, workloads: workloadsFolder, shared });
  const results = new Map<string, ItemResult>();
  for (const [index, { id }] of items.entries()) {
    const area = 1e-4 * (1 + ((index * 7919) % 9973) / 9973);
    results.set(id, { ...structuredClone(model), id, metrics: { ...model.metrics, area } });
  }
  const { rows } = sweep.surveyor.survey((id) => results.get(id));
  const page = sweepHtml(sweep.spec, pointRecords(sweep.spec, rows), sweep.resolver.base);
  const path = join(tmpdir(), 'ohmic-bench-report.html');
  writeFileSync(path, page);
  print(`hold 10 000 points and report  ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident (target below 1024)`);
  print(`report of 10 000 points        ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB, ${path}`);
}

/** Prints design points per second and core, scaling over two workers, and what ten thousand points take. */
export async function benchSweep(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ohmic-bench-'));
  try {
    for (const experiment of ['digits-mlp-inference', 'mnist-lenet-inference']) benchPoints(print, folder, experiment);
    benchHolding(print, folder);
    await benchScaling(print, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
