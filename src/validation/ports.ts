import type { CompilePorts } from '../simulate/compile-experiment.ts';

/** What rows may need from outside: files, workloads and, when the user has it, real data. */
export interface ValidationPorts extends CompilePorts {
  /** Folder of a data set for the deployment rows; the embedded digits otherwise. */
  readonly data?: string;
  readonly now: () => number;
}
