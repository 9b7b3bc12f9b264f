import type { Chip } from '../chip/chip-source.ts';
import type { Program } from '../isa/program.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import { type CompilePorts, compileExperiment } from './compile-experiment.ts';
import { type ExperimentOptions, parseExperiment } from './experiment.ts';
import type { Report } from './report.ts';
import type { Fidelity } from './run-instance.ts';
import { ownWork, type SharedWork } from './shared-work.ts';
import { simulateProgram } from './simulate-program.ts';
import type { Reference } from './train-reference.ts';

/** The same work for every chip: one network on the same samples. */
export interface Workload {
  readonly network: string;
  readonly options: ExperimentOptions;
  readonly fidelity: Fidelity;
}

export interface MeasurePorts extends CompilePorts {
  readonly now: () => number;
}

/** Keeps one trained float network and data set for all chips of a comparison. */
export function sharedReference(): SharedWork {
  let split: DataSplit | undefined;
  let trained: Reference | undefined;
  const known = new WeakMap<object, Map<string, unknown>>();
  return {
    ...ownWork,
    data: (_, make) => (split ??= make()),
    reference: (_key, _test, make) => (trained ??= make()),
    once: <T>(owner: object, key: string, make: () => T): T => {
      const made = known.get(owner) ?? new Map<string, unknown>();
      known.set(owner, made);
      if (!made.has(key)) made.set(key, make());
      return made.get(key) as T;
    },
  };
}

/** The program that runs the workload on a chip by preset name or file. Throws InputError for what the user can mend. */
export const compileFor = ({ network, options }: Workload, chip: string, ports: MeasurePorts): Program =>
  compileExperiment(
    parseExperiment(
      `name: ${JSON.stringify(network)}\nnetwork: ${JSON.stringify(network)}\nages: [1 s]\ninstances: 1\n`,
      'comparison',
    ),
    { ...options, chip },
    ports,
  );

/** Runs a compiled workload, on another chip than its own when one is given. */
export const runWorkload = (program: Program, { fidelity }: Workload, ports: MeasurePorts, chip?: Chip): Report =>
  simulateProgram(program, {
    fidelity,
    progress: ports.progress,
    now: ports.now,
    ...(chip === undefined ? {} : { chip: { chip: chip.description, assumptions: [] } }),
  });
