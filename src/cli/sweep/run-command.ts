import { exitCodes } from '../../config/exit-codes.ts';
import { InputError } from '../../config/issue.ts';
import { DeterminismError, type ResultStore } from '../../explore/result-store.ts';
import { runSweep, type Shard } from '../../explore/run-sweep.ts';
import { frontOf } from '../../explore/select-rows.ts';
import type { Survey } from '../../explore/survey.ts';
import { failureTable, frontTable } from '../../report/sweep-tables.ts';
import type { Context } from '../context.ts';
import { printResult } from '../print-result.ts';
import { terminalProgress } from '../terminal-progress.ts';
import { TryAgainError } from '../try-again.ts';
import { createExecutor } from './create-executor.ts';
import { type OpenSweep, openSweep } from './open-sweep.ts';
import { sweepDocument } from './sweep-document.ts';
import { sweepProgress } from './sweep-progress.ts';
import { writeAllExports } from './write-exports.ts';

export interface RunSweepOptions {
  readonly out?: string;
  readonly data?: string;
  readonly jobs: number;
  readonly shard?: Shard;
  readonly prepare?: boolean;
  readonly png?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A disk that fills up in the middle ends the run, not the sweep. */
const tryAgain = (error: InputError, folder: string): TryAgainError =>
  new TryAgainError(`${error.message}. Results so far are kept; go on with: ohmic sweep resume ${folder}`);

const keepingStore = (store: ResultStore, folder: string): ResultStore => ({
  ...store,
  write: (sealed) => {
    try {
      store.write(sealed);
    } catch (error) {
      throw error instanceof InputError ? tryAgain(error, folder) : error;
    }
  },
});

/** Runs what is missing of a sweep, then prints the front and writes the exports. */
export async function runSweepCommand({ io, finish }: Context, target: string, options: RunSweepOptions): Promise<void> {
  const sweep = openSweep(io, target, options);
  io.files.mustBeWritable(`${sweep.folder}/sweep.json`);
  sweep.keep();
  const stop = new AbortController();
  const stopListening = io.onStop?.(() => stop.abort());
  const executor = createExecutor(io, sweep, options.jobs);
  try {
    const survey = await runSweep({
      surveyor: sweep.surveyor,
      store: keepingStore(sweep.store, sweep.folder),
      executor,
      progress: sweepProgress(io, terminalProgress(io, options.quiet === true), sweep.spec),
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      ...(options.prepare === true ? { prepare: true } : {}),
      signal: stop.signal,
    });
    if (stop.signal.aborted)
      throw new TryAgainError(`stopped; results so far are kept. Go on with: ohmic sweep resume ${sweep.folder}`);
    await conclude({ io, finish }, sweep, survey, options);
  } catch (error) {
    if (!(error instanceof DeterminismError)) throw error;
    io.stderr(`${error.message}\n`);
    finish(exitCodes.checkFailed);
  } finally {
    stopListening?.();
    await executor.close();
  }
}

async function conclude(
  { io, finish }: Context,
  sweep: OpenSweep,
  survey: Survey,
  { shard, json, quiet, png }: RunSweepOptions,
): Promise<void> {
  const { spec, folder } = sweep;
  const { rows, complete } = survey;
  const failed = rows.filter(({ status }) => status === 'failed').length;
  if (complete) {
    const paths = await writeAllExports(io, sweep, survey, png === true).catch((error: unknown) => {
      throw error instanceof InputError ? tryAgain(error, folder) : error;
    });
    if (quiet !== true) io.stderr(`written: ${paths.join(', ')}\n`);
  } else if (quiet !== true) {
    const of = shard === undefined ? '' : ` of part ${shard.index + 1}/${shard.count}`;
    io.stderr(`nothing more to do${of}; the sweep waits for the results of other parts\n`);
  }
  const failures = failureTable(rows);
  const tables = [frontTable(spec, frontOf(rows, spec.objectives)), ...(failures === undefined ? [] : [failures])];
  printResult(io, json === true ? { json } : {}, sweepDocument(sweep, survey), tables);
  if (json !== true) io.stdout(`\n${rows.length} points, ${failed} failed, in ${folder}\n`);
  if (failed > 0) finish(exitCodes.failedPoints);
}
