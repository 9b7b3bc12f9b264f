import { readFileSync } from 'node:fs';
import type { Program } from '../../src/isa/program.ts';
import { compileExperiment } from '../../src/simulate/compile-experiment.ts';
import { type Experiment, type ExperimentOptions, parseExperiment } from '../../src/simulate/experiment.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import type { Report } from '../../src/simulate/report.ts';
import { type SimulateOptions, simulateProgram } from '../../src/simulate/simulate-program.ts';
import { diskFiles } from '../support/data.ts';

export const workloads = 'workloads';
export const ports = { files: diskFiles, progress: silentProgress, workloads };

/** An experiment of the workloads folder, made small enough for a test. */
export function compileSmall(name: string, options: ExperimentOptions = {}, changes: Partial<Experiment> = {}): Program {
  const path = `${workloads}/experiments/${name}.yaml`;
  const experiment = { ...parseExperiment(readFileSync(path, 'utf8'), path), ...changes };
  return compileExperiment(experiment, { samples: 60, epochs: 1, instances: 2, ...options }, ports);
}

export const simulate = (program: Program, options: Partial<SimulateOptions> = {}): Report =>
  simulateProgram(program, { progress: silentProgress, now: () => 0, ...options });

/** The part of a report that a run must reproduce byte for byte. */
export function reproducible({ run: _, ...report }: Report): Omit<Report, 'run'> {
  return report;
}
