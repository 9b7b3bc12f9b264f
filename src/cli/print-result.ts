import { asJson } from '../report/as-json.ts';
import { asTable, plainStyle, type TableStyle } from '../report/as-table.ts';
import type { DataTable } from '../report/data-table.ts';
import type { Io } from './io.ts';

/** As wide as the terminal, with bold titles where colour is welcome (https://no-color.org); plain elsewhere. */
export function tableStyle({ stdoutColumns, environment }: Io): TableStyle {
  if (stdoutColumns === undefined) return plainStyle;
  const colour = !environment.NO_COLOR && environment.TERM !== 'dumb';
  return {
    emphasise: colour ? (text) => `\u001b[1m${text}\u001b[22m` : plainStyle.emphasise,
    width: Math.max(stdoutColumns, 60),
  };
}

/** A result on stdout: its JSON document with `--json`, else its tables. */
export function printResult(io: Io, options: { readonly json?: boolean }, document: unknown, tables: readonly DataTable[]): void {
  io.stdout(options.json === true ? asJson(document) : tables.map((table) => asTable(table, tableStyle(io))).join('\n'));
}
