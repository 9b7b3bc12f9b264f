import type { DataSplit } from '../network/data/data-set.ts';
import type { Network } from '../network/layer-graph.ts';
import type { Progress } from '../simulate/progress.ts';
import type { LaboratoryReport } from './laboratory-report.ts';

/** What an experiment may be given; each says in its notes what it used. */
export interface LaboratoryPorts {
  readonly progress: Progress;
  /** Programmed arrays or chips behind a mean; each experiment has its usual number. */
  readonly instances?: number;
  readonly seed: number;
  readonly epochs?: number;
  readonly samples?: number;
  /** Images to train and test on, and the network, for experiments that use any. */
  readonly data: () => DataSplit;
  readonly network: () => Network;
}

/** An experiment of a source paper, by name. */
export interface LaboratoryExperiment {
  readonly name: string;
  readonly run: (ports: LaboratoryPorts) => LaboratoryReport;
}
