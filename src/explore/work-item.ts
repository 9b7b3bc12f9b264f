import type { Fidelity } from '../simulate/run-instance.ts';

/** What a worker needs to compute one item; plain data. */
export interface Job {
  /** The experiment file as data, chip settings included. */
  readonly experiment: Readonly<Record<string, unknown>>;
  /** A changed network in place of the one the experiment names. */
  readonly network?: unknown;
  readonly fidelity: Fidelity;
  /** Folder of the data set; absent: the embedded digits. */
  readonly data?: string;
}

/** One simulation of a sweep, named by everything that decides its result. */
export interface WorkItem {
  /** SHA-256 of the resolved configuration, workload, seeds, fidelity and semantics: no path, host or worker count in it. */
  readonly id: string;
  /** Equal for items that train the same reference. */
  readonly shareKey: string;
  readonly job: Job;
}
