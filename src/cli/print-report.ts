import { exitCodes } from '../config/exit-codes.ts';
import { asCsv } from '../report/as-csv.ts';
import { asJson } from '../report/as-json.ts';
import { describeReport } from '../report/describe-report.ts';
import { reportTables } from '../report/rows.ts';
import type { Report } from '../simulate/report.ts';
import type { Context } from './context.ts';
import { tableStyle } from './print-result.ts';

/** A report on stdout. A program that did not halt of itself is a failed check. */
export function printReport(context: Context, report: Report, options: { readonly json?: boolean }): void {
  const { io } = context;
  io.stdout(options.json === true ? asJson(report) : describeReport(report, tableStyle(io)));
  finishAs(context, report);
}

/** The exit code that a report asks for. */
export function finishAs({ finish }: Context, { ending }: Report): void {
  if (ending !== 'halted') finish(exitCodes.checkFailed);
}

/** `report.json` and `report.csv` (every table, one value a line) in a folder. */
export function writeReport({ io }: Context, report: Report, folder: string): void {
  io.files.write(`${folder}/report.json`, asJson(report));
  io.files.write(`${folder}/report.csv`, asCsv(reportTables(report)));
}
