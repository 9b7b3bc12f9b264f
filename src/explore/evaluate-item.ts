import { InputError } from '../config/issue.ts';
import type { Files } from '../network/data/files.ts';
import { compileRun } from '../simulate/compile-run.ts';
import { checkExperiment } from '../simulate/experiment.ts';
import { silentProgress } from '../simulate/progress.ts';
import type { Report } from '../simulate/report.ts';
import type { SharedWork } from '../simulate/shared-work.ts';
import { simulateProgram } from '../simulate/simulate-program.ts';
import { failedResult, type ItemResult } from './item-result.ts';
import { metricsOf } from './metrics.ts';
import type { Job, WorkItem } from './work-item.ts';

export interface EvaluatePorts {
  readonly files: Files;
  readonly workloads: string;
  readonly shared: SharedWork;
}

/** Where a changed network seems to lie. */
const changedNetwork = 'network of this design point';

/** The experiment file of a job, simulated: its report. @throws InputError for a design that cannot be built. */
export function simulateJob(
  { experiment, network, fidelity, data }: Job,
  { files, workloads, shared }: EvaluatePorts,
  programHash?: string,
): Report {
  const written = network === undefined ? experiment : { ...experiment, network: changedNetwork };
  const program = compileRun(
    checkExperiment(written, String(experiment.name ?? 'experiment')),
    // Points of a sweep are many: runs without values take the means declared with the program.
    { calibrate: false, ...(data === undefined ? {} : { data }) },
    { files: network === undefined ? files : overlay(files, network), progress: silentProgress, workloads, shared },
  );
  return simulateProgram(program, {
    ...{ fidelity, progress: silentProgress, now: () => 0, shared },
    ...(programHash === undefined ? {} : { programHash }),
  });
}

function overlay(files: Files, network: unknown): Files {
  const bytes = new TextEncoder().encode(JSON.stringify(network));
  return {
    list: files.list,
    exists: (path) => path === changedNetwork || files.exists(path),
    read: (path) => (path === changedNetwork ? bytes : files.read(path)),
  };
}

/** Computes an item. A design that cannot be built, or a program that does not end well, is a failed result and no exception. */
export function evaluateItem({ id, job }: Pick<WorkItem, 'id' | 'job'>, ports: EvaluatePorts): ItemResult {
  try {
    // Results do not hold the hash of the program, which would cost as much as a timing run.
    const report = simulateJob(job, ports, '');
    if (report.ending === 'halted') return resultOf(id, report);
    return failedResult(id, 'ended', report.warnings[0] ?? `the program ended ${report.ending}`);
  } catch (error) {
    if (error instanceof InputError) return failedResult(id, 'input', error.message);
    return failedResult(id, 'internal', error instanceof Error ? error.message : String(error));
  }
}

function resultOf(id: string, report: Report): ItemResult {
  const { accuracy, energy, time, area } = report;
  const spread = accuracy !== undefined && accuracy.instances > 1;
  const parts = {
    'energy by component': energy?.perSample?.byComponent,
    'energy by layer': energy?.perSample?.byLayer,
    'energy by phase': energy?.byPhase,
    'area by component': area.byComponent,
    'time by phase': time?.byPhase,
    'accuracy by age':
      accuracy === undefined ? undefined : Object.fromEntries(accuracy.byAge.map((age) => [age.label, age.accuracy])),
  };
  return {
    schema: 'ohmic.point/1',
    id,
    metrics: metricsOf(report),
    intervals: spread ? { accuracy: accuracy.byAge[0]!.interval95, accuracyAged: accuracy.byAge.at(-1)!.interval95 } : {},
    breakdown: Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [] : [[name, part]]))),
    warnings: report.warnings,
  };
}
