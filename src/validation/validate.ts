import { InputError, inputError } from '../config/issue.ts';
import type { Progress } from '../simulate/progress.ts';
import type { ValidationPorts } from './ports.ts';
import type { ValidationRow } from './row.ts';
import type { RowFamily } from './row-family.ts';
import { cellRows } from './rows/cell-rows.ts';
import { deploymentRows } from './rows/deployment-rows.ts';
import { mvmErrorRows } from './rows/mvm-error-rows.ts';
import { tileBookkeepingRows } from './rows/tile-bookkeeping-rows.ts';

/** Everything `ohmic validate` claims, in the order it is printed. */
export const rowFamilies: readonly RowFamily[] = [tileBookkeepingRows, mvmErrorRows, cellRows, deploymentRows];

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
}

/** Whether a row is `asked` itself or one of its cases: V1@1h belongs to V1, V10 does not. */
const belongsTo = (id: string, asked: string): boolean => id === asked || id.startsWith(`${asked}@`) || id.startsWith(`${asked}-`);

/** Measures every row (or those asked for). Throws InputError for an id nobody claims. */
export function validate({ ports, progress, only }: ValidateOptions): Validation {
  const known = rowFamilies.flatMap(({ ids }) => ids);
  const unknown = (only ?? []).filter((id) => !known.some((candidate) => belongsTo(candidate, id) || belongsTo(id, candidate)));
  if (unknown.length > 0)
    throw new InputError(unknown.flatMap((id) => inputError('--only', id, `one of ${known.join(', ')}`).issues));
  const wanted = (id: string): boolean => only === undefined || only.some((asked) => belongsTo(id, asked));
  const families = rowFamilies.filter(({ ids }) => ids.some((id) => wanted(id) || (only ?? []).some((asked) => belongsTo(asked, id))));
  const stage = progress.stage('measure published numbers', families.length);
  const rows = families.flatMap((family, index) => {
    const measured = family.measure(ports).filter(({ id }) => wanted(id));
    stage.update(index + 1, family.name);
    return measured;
  });
  stage.done(`${rows.filter(({ ok }) => ok).length} of ${rows.length} rows within tolerance`);
  return { schema: 'ohmic.validation/1', rows, ok: rows.every(({ ok }) => ok) };
}
