import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { readExperiment } from '../../src/cli/read-experiment.ts';
import type { Program } from '../../src/isa/program.ts';
import { compileExperiment } from '../../src/simulate/compile-experiment.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import type { Report } from '../../src/simulate/report.ts';
import { simulateProgram } from '../../src/simulate/simulate-program.ts';

const now = (): number => performance.now();
const elapsed = (from: number): number => (now() - from) / 1000;

/** Images that pass through the program: samples x ages x instances. */
const imagesOf = ({ accuracy }: Report): number =>
  accuracy === undefined ? 0 : accuracy.samples * accuracy.byAge.length * accuracy.instances;

function timeRun(program: Program, fidelity: Report['fidelity']): { readonly seconds: number; readonly report: Report } {
  const from = now();
  const report = simulateProgram(program, { fidelity, progress: silentProgress, now });
  return { seconds: elapsed(from), report };
}

/** Prints the wall time of the main job by part, and images per second at each fidelity. Target: the whole below 40 s on 2 cores. */
export function benchEndToEnd(print: (line: string) => void): void {
  const experiment = readExperiment(nodeFiles, workloadsFolder, 'digits-mlp-inference');
  const from = now();
  const program = compileExperiment(experiment, {}, { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder });
  const compiled = elapsed(from);
  const full = timeRun(program, 'full');
  const images = imagesOf(full.report);
  print(`draw digits, train, compile    ${compiled.toFixed(2)} s`);
  print(
    `simulate, full                 ${full.seconds.toFixed(2)} s, ${images} images, ${(images / full.seconds).toFixed(0)} images/s`,
  );
  const values = timeRun(program, 'values');
  print(`simulate, values only          ${values.seconds.toFixed(2)} s, ${(images / values.seconds).toFixed(0)} images/s`);
  const timing = timeRun(program, 'timing');
  print(`simulate, timing only          ${(timing.seconds * 1000).toFixed(1)} ms (target for one design point: 10 ms)`);
}
