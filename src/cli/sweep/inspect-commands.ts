import { exitCodes } from '../../config/exit-codes.ts';
import { inputError } from '../../config/issue.ts';
import { nearestName } from '../../config/nearest-name.ts';
import { adopt, auditSample, auditStore } from '../../explore/audit.ts';
import { evaluateItem, simulateJob } from '../../explore/evaluate-item.ts';
import { digestOf } from '../../explore/item-result.ts';
import { DeterminismError } from '../../explore/result-store.ts';
import { gridSize } from '../../explore/sampling/sample-points.ts';
import { frontOf } from '../../explore/select-rows.ts';
import { createSharedWork } from '../../explore/share-work.ts';
import type { SweepRow } from '../../explore/sweep-row.ts';
import type { DataTable } from '../../report/data-table.ts';
import { measure } from '../../report/data-table.ts';
import { pointRecords } from '../../report/sweep-export.ts';
import { failureTable, frontTable, pointTables, statusTable } from '../../report/sweep-tables.ts';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import { workloadsFolder } from '../locate.ts';
import { printReport } from '../print-report.ts';
import { printResult } from '../print-result.ts';
import { terminalProgress } from '../terminal-progress.ts';
import { createExecutor } from './create-executor.ts';
import { type OpenOptions, type OpenSweep, openFolder, openSweep } from './open-sweep.ts';
import { sweepDocument } from './sweep-document.ts';
import { writeAllExports, writeExport } from './write-exports.ts';

interface Shown {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Items of a plan file: id, design, stage, repeat; one a line. */
const planLines = ({ surveyor }: OpenSweep): string =>
  surveyor
    .survey(() => undefined)
    .items.map(({ id, point, stage, repeat }) => `${JSON.stringify({ id, point, stage, repeat })}\n`)
    .join('');

/** `ohmic sweep plan`: what would be computed; the folder then holds all that workers elsewhere need. */
export function planCommand({ io }: Context, target: string, options: OpenOptions & Shown): void {
  const sweep = openSweep(io, target, options);
  sweep.keep();
  io.files.write(`${sweep.folder}/items.jsonl`, planLines(sweep));
  const { items, rows } = sweep.surveyor.survey(() => undefined);
  const { spec, folder } = sweep;
  const grid = gridSize(spec.axes);
  const facts: [string, number][] = [
    ['axes', spec.axes.length],
    ...(Number.isFinite(grid) && spec.sampling.method === 'grid' ? [['points of the grid', grid] as [string, number]] : []),
    ['points of the first round', rows.length],
    ['items of the first round', items.length],
    ['stages', spec.stages.length],
    ['trainings of a reference', new Set(items.map(({ shareKey }) => shareKey).filter((key) => key !== '')).size],
  ];
  const table: DataTable = {
    name: 'plan',
    title: `${spec.name}${spec.doc === '' ? '' : `: ${spec.doc}`}`,
    columns: ['', 'count'],
    rows: facts.map(([name, count]) => [name, measure(count, 'count')]),
  };
  const document = { schema: 'ohmic.sweep-plan/1', name: spec.name, folder, facts: Object.fromEntries(facts) };
  printResult(io, options, document, [table]);
  if (options.json !== true) io.stdout(`\nplanned in ${folder}; compute it with: ohmic sweep resume ${folder}\n`);
}

/** `ohmic sweep status`: what is there, what is missing, what is wrong; exit code 2 for two results of one item. */
export function statusCommand({ io, finish }: Context, folder: string, options: Shown): void {
  const sweep = openFolder(io, folder);
  const survey = sweep.survey();
  const audit = auditStore(survey.items, sweep.store);
  const failures = failureTable(survey.rows);
  const { conflicts, damaged, missing, ...counts } = audit;
  const tables = [
    statusTable(sweep.spec, survey, missing.length + damaged.length),
    frontTable(sweep.spec, frontOf(survey.rows, sweep.spec.objectives)),
    ...(failures === undefined ? [] : [failures]),
  ];
  const document = {
    schema: 'ohmic.sweep-status/1',
    name: sweep.spec.name,
    complete: survey.complete,
    points: survey.rows.length,
    failed: survey.rows.filter(({ status }) => status === 'failed').length,
    items: survey.items.length,
    audit: { ...counts, missing: missing.length, damaged, conflicts },
  };
  printResult(io, options, document, tables);
  if (damaged.length > 0) io.stderr(`${damaged.length} damaged result files will be computed again by a resume\n`);
  if (conflicts.length > 0) {
    io.stderr(`items with two different results: ${conflicts.map((id) => id.slice(0, 12)).join(', ')}\n`);
    finish(exitCodes.checkFailed);
  }
}

const executePorts = (io: Io, { folder }: OpenSweep) => ({
  files: io.files,
  workloads: workloadsFolder,
  shared: createSharedWork(io.files, `${folder}/shared`),
});

function rowAt(rows: readonly SweepRow[], wanted: string): SweepRow {
  const found = rows.filter(({ id, name }) => name === wanted || (wanted.length >= 4 && id.startsWith(wanted)));
  if (found[0] !== undefined && new Set(found.map(({ id }) => id)).size === 1) return found[0];
  if (found.length > 1)
    throw inputError('point', wanted, `more letters of the id: ${found.map(({ id }) => id.slice(0, 12)).join(', ')}`);
  const names = rows.map(({ name }) => name);
  throw inputError('point', wanted, 'an id (or its beginning) or the name of a design point', nearestName(wanted, names));
}

/** `ohmic sweep show`: one point, as found or computed anew to the same bytes. */
export function showCommand(
  context: Context,
  folder: string,
  wanted: string | undefined,
  options: Shown & { rerun?: boolean },
): void {
  const { io, finish } = context;
  const sweep = openFolder(io, folder);
  const survey = sweep.survey();
  if (wanted === undefined) {
    const tables = [frontTable(sweep.spec, frontOf(survey.rows, sweep.spec.objectives))];
    printResult(io, options, sweepDocument(sweep, survey), tables);
    return;
  }
  const row = rowAt(survey.rows, wanted);
  if (options.rerun !== true) {
    const patches = sweep.resolver.patches(row.point);
    const [record] = pointRecords(sweep.spec, survey.rows).filter(({ name }) => name === row.name);
    const tables = pointTables(row, sweep.resolver.base);
    printResult(io, options, { schema: 'ohmic.sweep-point/1', ...record, name: row.name, patches }, tables);
    if (options.json !== true && row.failure !== undefined) io.stdout(`\nfailed: ${row.failure}\n`);
    return;
  }
  const item = survey.items.find(({ id }) => id === row.id)!;
  const ports = executePorts(io, sweep);
  const kept = sweep.store.read(item.id);
  const again = evaluateItem(item, ports);
  if (again.failure === undefined) printReport(context, simulateJob(item.job, ports), options);
  else io.stderr(`failed: ${again.failure.message}\n`);
  const same = kept !== undefined && digestOf(again) === digestOf(kept);
  io.stderr(same ? 'equal to the stored result, byte for byte\n' : 'not equal to the stored result\n');
  if (!same) finish(exitCodes.checkFailed);
}

/** Says a determinism error without calling it a mistake of the program around it; true when `work` went well. */
async function orConflict({ io, finish }: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DeterminismError)) throw error;
    io.stderr(`${error.message}\n`);
    finish(exitCodes.checkFailed);
  }
}

/** `ohmic sweep merge`: results of other folders into the first one, and the tables of all. */
export const mergeCommand = (
  context: Context,
  folders: readonly string[],
  options: Shown & { output?: string; png?: boolean },
): Promise<void> =>
  orConflict(context, async () => {
    const { io, finish } = context;
    const [first = '', ...others] = folders;
    const sweep = openFolder(io, first);
    const taken = others.reduce((sum, other) => sum + adopt(openFolder(io, other).store, sweep.store), 0);
    const { conflicts } = sweep.store.list();
    if (conflicts[0] !== undefined) throw new DeterminismError(conflicts[0], ['the kept one', 'the one beside it']);
    const survey = sweep.survey();
    const paths =
      options.output === undefined ? await writeAllExports(io, sweep, survey, options.png === true) : [options.output];
    if (options.output !== undefined) await writeExport(io, sweep, survey, options.output);
    const failed = survey.rows.filter(({ status }) => status === 'failed').length;
    const pending = survey.rows.filter(({ status }) => status === 'pending').length;
    const note = `${survey.rows.length} points, ${failed} failed, ${pending} waiting; ${taken} results taken over\n`;
    if (options.json === true) printResult(io, options, sweepDocument(sweep, survey), []);
    else io.stdout(note + paths.map((path) => `${path}\n`).join(''));
    if (!survey.complete) io.stderr('the sweep is not complete: the tables hold what is there\n');
    if (failed > 0) finish(exitCodes.failedPoints);
  });

/** `ohmic sweep verify`: checks every file, and computes a part of the items again; exit code 2 for anything that is not as it was. */
export const verifyCommand = (
  context: Context,
  folder: string,
  options: Shown & { share: number; jobs: number },
): Promise<void> =>
  orConflict(context, async () => {
    const { io, finish } = context;
    const sweep = openFolder(io, folder);
    const { items } = sweep.survey();
    const audit = auditStore(items, sweep.store);
    const done = items.filter(({ id }) => sweep.store.read(id) !== undefined);
    const sample = done.length === 0 ? [] : auditSample(done, options.share);
    const stage = terminalProgress(io, options.quiet === true).stage(`compute ${sample.length} items again`, sample.length);
    const executor = createExecutor(io, sweep, options.jobs);
    const different: string[] = [];
    try {
      for (const [index, item] of sample.entries()) {
        const { id, shareKey, job } = item;
        const { digest } = await executor.execute({ id, shareKey, job });
        if (digest !== digestOf(sweep.store.read(id)!)) different.push(id);
        stage.update(index + 1);
      }
    } finally {
      await executor.close();
    }
    stage.done(`${sample.length - different.length} equal`);
    const ok = different.length === 0 && audit.conflicts.length === 0 && audit.damaged.length === 0;
    const document = {
      schema: 'ohmic.sweep-verify/1',
      name: sweep.spec.name,
      ok,
      valid: audit.valid,
      damaged: audit.damaged,
      conflicts: audit.conflicts,
      recomputed: sample.length,
      different,
    };
    const rows = Object.entries({
      ...document,
      damaged: audit.damaged.length,
      conflicts: audit.conflicts.length,
      different: different.length,
    });
    const counts = rows.flatMap(([name, value]) => (typeof value === 'number' ? [[name, measure(value, 'count')] as const] : []));
    const title = `${sweep.spec.name}: ${ok ? 'sound' : 'not sound'}`;
    printResult(io, options, document, [{ name: 'verify', title, columns: ['', 'count'], rows: counts }]);
    if (!ok) finish(exitCodes.checkFailed);
  });
