import { evaluateItem } from '../../explore/evaluate-item.ts';
import { type Executor, localExecutor } from '../../explore/executor.ts';
import { createPool } from '../../explore/pool.ts';
import { createSharedWork } from '../../explore/share-work.ts';
import type { Io } from '../io.ts';
import { workloadsFolder } from '../locate.ts';
import type { OpenSweep } from './open-sweep.ts';
import type { WorkerSetup } from './sweep-worker.ts';

/** Workers run the module beside this one, compiled or not as this one is. */
function workerModule(): { readonly workerFile: string; readonly execArgv: readonly string[] } {
  const compiled = import.meta.url.endsWith('.js');
  const workerFile = new URL(compiled ? './sweep-worker.js' : './sweep-worker.ts', import.meta.url).href;
  return { workerFile, execArgv: compiled ? [] : ['--import', import.meta.resolve('tsx')] };
}

/** Workers for a sweep; with no jobs, this process. */
export function createExecutor(io: Io, { folder, spec }: OpenSweep, jobs: number): Executor {
  const setup: WorkerSetup = { workloads: workloadsFolder, sharedFolder: `${folder}/shared` };
  if (jobs === 0) {
    const shared = createSharedWork(io.files, setup.sharedFolder);
    return localExecutor((item) => evaluateItem(item, { files: io.files, workloads: setup.workloads, shared }));
  }
  return createPool({ ...workerModule(), workerData: setup, workers: jobs, ...spec.limits });
}
