import { workerData } from 'piscina';
import { evaluateItem } from '../../explore/evaluate-item.ts';
import { sealResult } from '../../explore/item-result.ts';
import { createSharedWork } from '../../explore/share-work.ts';
import type { WorkItem } from '../../explore/work-item.ts';
import { nodeFiles } from '../node-files.ts';

/** What the pool tells a worker when it starts. */
export interface WorkerSetup {
  readonly workloads: string;
  /** Folder of the work that items share. */
  readonly sharedFolder: string;
}

const { workloads, sharedFolder } = workerData as WorkerSetup;
const shared = createSharedWork(nodeFiles, sharedFolder);

/** Computes one item in a worker thread; gives the text of its sealed result. */
export default (item: WorkItem): string => sealResult(evaluateItem(item, { files: nodeFiles, workloads, shared })).text;
