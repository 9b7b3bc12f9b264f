import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { createExecutor } from '../../src/cli/sweep/create-executor.ts';
import { type OpenSweep, openSweep } from '../../src/cli/sweep/open-sweep.ts';
import { writeExport } from '../../src/cli/sweep/write-exports.ts';
import { evaluateItem } from '../../src/explore/evaluate-item.ts';
import type { ItemResult } from '../../src/explore/item-result.ts';
import { runSweep } from '../../src/explore/run-sweep.ts';
import { createSharedWork } from '../../src/explore/share-work.ts';
import { openBrowser } from '../cli/sweep/browser.ts';
import { hasProgram } from '../cli/sweep/process.ts';

const silent = { round: () => {}, result: () => {}, roundDone: () => {} };
const cpuSeconds = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

const clockAxis = (range: string): string => `  - { path: clock.frequencyHz, range: { from: 100, to: 400, ${range} } }\n`;

/** The clock of the chip, clocks of which edges repeat within nanoseconds, and clocks of any hertz, of which no two states are alike. */
const clocks = {
  'own clock': '',
  'steps of 50 MHz': clockAxis('step: 50, unit: MHz'),
  'any frequency': clockAxis('unit: MHz'),
} as const;
type Clocks = keyof typeof clocks;

/** What every point runs: eight images in time alone, or with their values on chips of their own. */
const stages = {
  timing: '{ fidelity: timing, samples: 8, ages: [1 s] }',
  values: '{ fidelity: full, samples: 200, instances: 1, ages: [1 s] }',
} as const;
type Stage = keyof typeof stages;

const sweepOf = (experiment: string, points: number, clock: Clocks, stage: Stage): string => `name: bench
experiment: ${experiment}
experimentSet: { training.epochs: 1 }
axes:
  - { path: tile.adc.bits, values: [4, 5, 6, 7, 8] }
  - { path: tile.adc.mux, values: [1, 2, 4, 8, 16] }
  - { path: tile.input.bits, values: [4, 5, 6, 7, 8] }
${clocks[clock]}sampling: { method: sobol, points: ${points} }
objectives: [energyPerSample, latency, area]
stages: [${stages[stage]}]
`;

function planned(
  folder: string,
  experiment: string,
  points: number,
  clock: Clocks = 'any frequency',
  stage: Stage = 'timing',
): OpenSweep {
  const place = join(folder, `${experiment}-${points}-${clock.slice(0, 3)}-${stage}`);
  const file = `${place}.yaml`;
  writeFileSync(file, sweepOf(experiment, points, clock, stage));
  const sweep = openSweep(nodeIo(), file, { out: place });
  sweep.keep();
  return sweep;
}

/** Rounds over the same points; the best one counts, as the others are slowed by the machine's other work and the compiler's. */
const rounds = 6;

/** Points a second of processor time, in this process, once the reference is trained. */
function benchPoints(print: (line: string) => void, folder: string, experiment: string, clock: Clocks): void {
  const sweep = planned(folder, experiment, 60, clock);
  const shared = createSharedWork(nodeFiles, join(sweep.folder, 'shared'));
  const { items } = sweep.surveyor.survey(() => undefined);
  const seconds = Array.from({ length: rounds }, () => {
    const from = cpuSeconds();
    for (const item of items) evaluateItem(item, { files: nodeFiles, workloads: workloadsFolder, shared });
    return (cpuSeconds() - from) / items.length;
  });
  const best = Math.min(...seconds.slice(1));
  const all = seconds.map((each) => (1 / each).toFixed(0)).join(' ');
  print(
    `${experiment.padEnd(24)} ${clock.padEnd(16)} ${(1 / best).toFixed(0)} points/s and core (${(best * 1000).toFixed(1)} ms; rounds ${all})`,
  );
}

/** Enough points that starting the workers, who do their first points slowly, is a small part. */
const scaled: readonly { readonly stage: Stage; readonly points: number; readonly warm: number }[] = [
  { stage: 'timing', points: 2000, warm: 60 },
  { stage: 'values', points: 80, warm: 8 },
];

async function benchScaling(
  print: (line: string) => void,
  folder: string,
  { stage, points: wanted, warm: first }: (typeof scaled)[number],
): Promise<void> {
  const elapsed: number[] = [];
  for (const workers of [1, 2]) {
    const points = wanted + workers;
    const sweep = planned(folder, 'digits-mlp-inference', points, 'any frequency', stage);
    const executor = createExecutor(nodeIo(), sweep, workers);
    const warm = sweep.surveyor.survey(() => undefined).items.slice(0, first * workers);
    await executor.execute(warm[0]!);
    await Promise.all(warm.map((item) => executor.execute(item)));
    const [from, cpuFrom] = [performance.now(), cpuSeconds()];
    await runSweep({ surveyor: sweep.surveyor, store: sweep.store, executor, progress: silent });
    const seconds = (performance.now() - from) / 1000;
    const busy = (cpuSeconds() - cpuFrom) / seconds;
    elapsed.push(seconds / points);
    print(
      `sweep of ${stage.padEnd(6)} with ${workers} worker${workers === 1 ? ' ' : 's'} ${(1 / elapsed.at(-1)!).toFixed(0)} points/s, ${busy.toFixed(2)} processors busy, ${((1000 * busy * seconds) / points).toFixed(1)} ms of them a point`,
    );
    await executor.close();
  }
  print(
    `two workers against one        ${(elapsed[0]! / elapsed[1]!).toFixed(2)} x on ${availableParallelism()} processors (target 1.8)`,
  );
}

/** Seconds until the page is loaded and has drawn itself; undefined without Chromium. */
async function openSeconds(folder: string, path: string): Promise<number | undefined> {
  if (!hasProgram('chromium')) return undefined;
  const browser = await openBrowser(join(folder, 'profile'));
  try {
    const page = await browser.open(pathToFileURL(path).href);
    if (page.errors().length > 0) throw new RangeError(`the page says ${page.errors()[0]}; want no error`);
    if ((await page.evaluate('document.body.dataset.ready')) !== 'yes')
      throw new RangeError('the page is not ready; want it drawn');
    return Number(await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")) / 1000;
  } finally {
    await browser.close();
  }
}

async function benchHolding(print: (line: string) => void, folder: string): Promise<void> {
  const sweep = planned(folder, 'digits-mlp-inference', 10_000);
  const shared = createSharedWork(nodeFiles, join(folder, 'shared'));
  const cpuFrom = cpuSeconds();
  const { items } = sweep.surveyor.survey(() => undefined);
  print(`plan 10 000 points             ${(cpuSeconds() - cpuFrom).toFixed(1)} s of one processor`);
  const model = evaluateItem(items[0]!, { files: nodeFiles, workloads: workloadsFolder, shared });
  const results = new Map<string, ItemResult>();
  for (const [index, { id }] of items.entries()) {
    const area = 1e-4 * (1 + ((index * 7919) % 9973) / 9973);
    results.set(id, { ...structuredClone(model), id, metrics: { ...model.metrics, area } });
  }
  const survey = sweep.surveyor.survey((id) => results.get(id));
  await writeExport(nodeIo(), sweep, survey, join(folder, 'report.html'));
  print(`hold 10 000 points and report  ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident (target below 1024)`);
  const path = join(folder, 'report.html');
  const seconds = await openSeconds(folder, path);
  const opened =
    seconds === undefined ? 'Chromium is not installed' : `open after ${seconds.toFixed(2)} s in Chromium (target 3)`;
  print(`report of 10 000 points        ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB, ${opened}`);
}

/** Prints design points per second and core, scaling over two workers, and what ten thousand points take. */
export async function benchSweep(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ohmic-bench-'));
  try {
    for (const experiment of ['digits-mlp-inference', 'mnist-lenet-inference'])
      for (const clock of Object.keys(clocks) as Clocks[]) benchPoints(print, folder, experiment, clock);
    await benchHolding(print, folder);
    for (const each of scaled) await benchScaling(print, folder, each);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
