import type { ValidationPorts } from './ports.ts';
import type { ValidationRow } from './row.ts';

/** A family of rows that share one experiment. */
export interface RowFamily {
  readonly name: string;
  /** Ids, or their common beginnings, of the rows it gives. */
  readonly ids: readonly string[];
  /** Takes minutes to hours: measured by `--full` only, shown as stored otherwise. */
  readonly long?: boolean;
  readonly measure: (ports: ValidationPorts) => readonly ValidationRow[];
}
