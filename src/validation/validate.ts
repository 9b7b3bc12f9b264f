import { InputError, inputError } from '../config/issue.ts';
import type { Progress } from '../simulate/progress.ts';
import { semantics } from '../simulate/version.ts';
import type { ValidationPorts } from './ports.ts';
import type { ValidationRow } from './row.ts';
import type { RowFamily } from './row-family.ts';
import { cellRows, compactModelRows, halfSelectRows, programmingLoopRows } from './rows/cell-rows.ts';
import { choiAgadRows, choiIdealRows } from './rows/choi-training-rows.ts';
import { cifarTrainingRows } from './rows/cifar-training-rows.ts';
import { deploymentRows } from './rows/deployment-rows.ts';
import { mappingTrapRows } from './rows/mapping-trap-rows.ts';
import { comparatorRows, mvmErrorRows } from './rows/mvm-error-rows.ts';
import { nineLevelRows } from './rows/nine-level-rows.ts';
import { peerParityRows } from './rows/peer-parity-rows.ts';
import { publishedAdcRows } from './rows/published-adc-rows.ts';
import { publishedHermesRows } from './rows/published-hermes-rows.ts';
import { publishedIsaacRows } from './rows/published-isaac-rows.ts';
import { publishedNeurramRows } from './rows/published-neurram-rows.ts';
import { publishedPumaRows } from './rows/published-puma-rows.ts';
import { publishedVgg8Rows } from './rows/published-vgg8-rows.ts';
import { referenceOffsetRows } from './rows/reference-offset-rows.ts';
import { tileBookkeepingRows } from './rows/tile-bookkeeping-rows.ts';
import { mixedLenetRows, trainingLossRows } from './rows/training-accuracy-rows.ts';
import { trainingPulseRows } from './rows/training-pulse-rows.ts';
import { trainingToyRows } from './rows/training-toy-rows.ts';
import { type RowStore, readStored, shownStored, writeStored } from './stored-rows.ts';

/** Everything `ohmic validate` claims, in the order it is printed. */
export const rowFamilies: readonly RowFamily[] = [
  tileBookkeepingRows,
  publishedIsaacRows,
  publishedPumaRows,
  publishedHermesRows,
  publishedNeurramRows,
  publishedVgg8Rows,
  publishedAdcRows,
  mvmErrorRows,
  comparatorRows,
  cellRows,
  programmingLoopRows,
  halfSelectRows,
  compactModelRows,
  trainingPulseRows,
  trainingToyRows,
  referenceOffsetRows,
  ...peerParityRows,
  mixedLenetRows,
  ...trainingLossRows,
  choiAgadRows,
  choiIdealRows,
  cifarTrainingRows,
  deploymentRows,
  mappingTrapRows,
  nineLevelRows,
];

export interface Validation {
  readonly schema: 'ohmic.validation/1';
  readonly rows: readonly ValidationRow[];
  readonly ok: boolean;
}

export interface ValidateOptions {
  readonly ports: ValidationPorts;
  readonly progress: Progress;
  /** Only rows whose id starts with one of these. */
  readonly only?: readonly string[];
  /** Measure long families too, resuming from `store`. */
  readonly full?: boolean;
  /** Results of long families; without one they are left out. */
  readonly store?: RowStore;
  /** YYYY-MM-DD, kept with stored rows. */
  readonly today?: string;
}

/** Whether a row is `asked` itself or one of its cases: V1@1h belongs to V1, V10 does not. */
const belongsTo = (id: string, asked: string): boolean =>
  id === asked || id.startsWith(`${asked}@`) || id.startsWith(`${asked}-`);

type Wanted = (id: string) => boolean;

function timedRows(family: RowFamily, ports: ValidationPorts): readonly ValidationRow[] {
  const begin = ports.now();
  const rows = family.measure(ports);
  const runtimeSeconds = Math.round(ports.now() - begin) / 1000;
  return rows.map((row) => ({ ...row, runtimeSeconds }));
}

/** Rows of one family: measured, taken from an interrupted or earlier full run, or shown as stored. */
function rowsOf(family: RowFamily, { ports, store, full, today }: ValidateOptions): readonly ValidationRow[] {
  if (family.long !== true || store === undefined) return family.long === true ? [] : timedRows(family, ports);
  const stored = readStored(store, family);
  if (full !== true) return stored === undefined ? [] : shownStored(stored, semantics);
  if (stored?.semantics === semantics) return stored.rows;
  const rows = timedRows(family, ports);
  // a family that lacks its data measures nothing: what is stored stays
  if (rows.length === 0) return stored === undefined ? [] : shownStored(stored, semantics);
  writeStored(store, family, { family: family.name, semantics, date: today ?? '', rows });
  return rows;
}

function wantedRows(only: readonly string[] | undefined): Wanted {
  if (only === undefined) return () => true;
  const known = rowFamilies.flatMap(({ ids }) => ids);
  const unknown = only.filter((id) => !known.some((candidate) => belongsTo(candidate, id) || belongsTo(id, candidate)));
  if (unknown.length > 0)
    throw new InputError(unknown.flatMap((id) => inputError('--only', id, `one of ${known.join(', ')}`).issues));
  return (id) => only.some((asked) => belongsTo(id, asked));
}

/** Measures every row (or those asked for); long families with `full` only. Throws InputError for an id nobody claims. */
export function validate(options: ValidateOptions): Validation {
  const { progress, only } = options;
  const wanted = wantedRows(only);
  const families = rowFamilies.filter(({ ids }) =>
    ids.some((id) => wanted(id) || (only ?? []).some((asked) => belongsTo(asked, id))),
  );
  const stage = progress.stage('measure published numbers', families.length);
  const rows = families.flatMap((family, index) => {
    const measured = rowsOf(family, options).filter(({ id }) => wanted(id));
    stage.update(index + 1, family.name);
    return measured;
  });
  stage.done(`${rows.filter(({ ok }) => ok).length} of ${rows.length} rows within tolerance`);
  return { schema: 'ohmic.validation/1', rows, ok: rows.every(({ ok, informative }) => ok || informative === true) };
}
