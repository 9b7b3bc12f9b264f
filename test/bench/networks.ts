import { basename } from 'node:path';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { InputError } from '../../src/config/issue.ts';
import { compileModel } from '../../src/simulate/compile-model.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import type { Report } from '../../src/simulate/report.ts';
import { simulateProgram } from '../../src/simulate/simulate-program.ts';

const ports = { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder };
const now = (): number => performance.now();
const samples = 16;
/** Values of larger networks would take minutes. */
const mostOperations = 2e9;

const filesIn = (folder: string, ending: string): readonly string[] =>
  nodeFiles
    .list(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

function timed<T>(work: () => T): { readonly seconds: number; readonly result: T } {
  const from = now();
  const result = work();
  return { seconds: (now() - from) / 1000, result };
}

function measure(path: string): string {
  const chip = 'cmo-14nm-server';
  const compiled = timed(() => compileModel(path, { chip, samples, instances: 1, timingOnly: true }, ports));
  const { program } = compiled.result;
  const run = (fidelity: Report['fidelity']) =>
    timed(() => simulateProgram(program, { fidelity, progress: silentProgress, now }));
  const timing = run('timing');
  const { time, operations } = timing.result;
  const perSample = operations?.perSample ?? Number.POSITIVE_INFINITY;
  const values = perSample <= mostOperations ? run('values') : undefined;
  const ages = Math.max(1, values?.result.accuracy?.byAge.length ?? 1);
  return [
    basename(path).padEnd(34),
    `${compiled.seconds.toFixed(2)} s`.padStart(9),
    `${program.words.length / 4}`.padStart(7),
    `${(perSample / 1e6).toFixed(1)} M`.padStart(11),
    (time?.samplesPerSecond ?? Number.NaN).toFixed(0).padStart(12),
    `${timing.seconds.toFixed(3)} s`.padStart(10),
    (values === undefined ? '-' : ((samples * ages) / values.seconds).toFixed(1)).padStart(10),
  ].join(' ');
}

/**
 * Prints for every network in workloads/networks, and every model in the folder OHMIC_BENCH_MODELS names, how long it compiles, what
 * comes out, and how fast it is simulated; values include programming the cells.
 */
export function benchNetworks(print: (line: string) => void): void {
  print('                                     compile   words  operations  images/s of    timing   values,');
  print('network, on cmo-14nm-server                           per sample     the chip       run  images/s');
  const { OHMIC_BENCH_MODELS: models } = process.env;
  const paths = [...filesIn(`${workloadsFolder}/networks`, '.yaml'), ...(models === undefined ? [] : filesIn(models, '.onnx'))];
  for (const path of paths) {
    try {
      print(measure(path));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      print(`${basename(path).padEnd(34)} refused: ${error.message.split('\n')[0]}`);
    }
  }
}
