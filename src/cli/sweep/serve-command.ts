import { inputError } from '../../config/issue.ts';
import { pointName } from '../../explore/axis.ts';
import { describeAxes, outsidePoint, ProtocolError } from '../../explore/outside-point.ts';
import { runSweep } from '../../explore/run-sweep.ts';
import { frontOf } from '../../explore/select-rows.ts';
import type { SweepRow } from '../../explore/sweep-row.ts';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import { readText } from '../read-text.ts';
import { createExecutor } from './create-executor.ts';
import { type OpenOptions, type OpenSweep, openSweep, outsidePath } from './open-sweep.ts';
import { writeAllExports } from './write-exports.ts';

export interface ServeOptions extends OpenOptions {
  readonly jobs: number;
}

const silent = { round: () => {}, result: () => {}, roundDone: () => {} };

/** `ohmic sweep serve`: one JSON answer a line for every JSON line that asks; ends with its input. */
export async function serveCommand({ io }: Context, target: string, options: ServeOptions): Promise<void> {
  const sweep = openSweep(io, target, options);
  if (sweep.spec.sampling.method !== 'external')
    throw inputError('sampling', `method ${sweep.spec.sampling.method}`, 'method external in a sweep that is served');
  if (io.inputLines === undefined) throw inputError('stdin', 'nothing to read from', 'JSON lines');
  sweep.keep();
  const executor = createExecutor(io, sweep, options.jobs);
  const evaluate = async (): Promise<readonly SweepRow[]> => {
    const { surveyor, store } = sweep;
    return (await runSweep({ surveyor, store, executor, progress: silent })).rows;
  };
  try {
    for await (const line of io.inputLines()) {
      if (line.trim() !== '') io.stdout(`${JSON.stringify(await answer(io, sweep, line, evaluate))}\n`);
    }
    if (sweep.survey().rows.length > 0) await writeAllExports(io, sweep, sweep.survey(), false);
  } finally {
    await executor.close();
  }
}

/** A mistake in a message is answered, not thrown: the optimiser may go on. */
async function answer(io: Io, sweep: OpenSweep, line: string, evaluate: () => Promise<readonly SweepRow[]>): Promise<unknown> {
  try {
    return await respond(io, sweep, messageIn(line), evaluate);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { error: error.message };
  }
}

function messageIn(line: string): Record<string, unknown> {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message === 'object' && message !== null) return message as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new ProtocolError(`message is ${line.slice(0, 60)}; want one JSON object a line`);
}

async function respond(
  io: Io,
  sweep: OpenSweep,
  message: Record<string, unknown>,
  evaluate: () => Promise<readonly SweepRow[]>,
): Promise<unknown> {
  const { spec, resolver, folder } = sweep;
  const objectives = spec.objectives.map(({ metric, sign }) => ({ name: metric.name, aim: sign === 1 ? 'min' : 'max' }));
  if ('describe' in message)
    return { axes: describeAxes(spec.axes), objectives, constraints: spec.constraints.map(({ text }) => text) };
  if ('front' in message) return { front: frontOf(sweep.survey().rows, spec.objectives).rows.map((row) => told(sweep, row)) };
  const asked = message.evaluate;
  if (!Array.isArray(asked))
    throw new ProtocolError(
      `message has ${Object.keys(message).join(', ') || 'nothing'}; want describe, evaluate (a list of points) or front`,
    );
  const points = asked.map((point) => outsidePoint(spec.axes, point, resolver.base));
  const path = outsidePath(folder);
  const before = io.files.exists(path) ? readText(io.files, path) : '';
  io.files.write(path, before + points.map((point) => `${JSON.stringify(point)}\n`).join(''));
  const rows = new Map((await evaluate()).map((row) => [row.name, row]));
  return { results: points.map((point) => told(sweep, rows.get(pointName(point))!)) };
}

/** What the optimiser is told of a point. */
const told = ({ spec }: OpenSweep, row: SweepRow): unknown => ({
  id: row.id,
  point: row.point,
  status: row.status,
  feasible: row.status === 'ok' && row.broken.length === 0,
  violation: row.violation,
  objectives: Object.fromEntries(spec.objectives.map(({ metric }) => [metric.name, row.metrics[metric.name]?.mean ?? null])),
  ...(row.failure === undefined ? {} : { failure: row.failure }),
});
