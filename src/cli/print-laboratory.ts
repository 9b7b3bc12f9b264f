import type { LaboratoryReport } from '../laboratory/laboratory-report.ts';
import { asJson } from '../report/as-json.ts';
import { chartSvg } from '../report/charts.ts';
import { laboratoryTables, seriesCsv, tableCsv } from '../report/laboratory-tables.ts';
import type { Context } from './context.ts';
import { printResult } from './print-result.ts';

/** Writes a report's numbers (JSON, CSV) and charts (SVG) into a folder. */
export async function writeLaboratory({ io }: Context, report: LaboratoryReport, folder: string): Promise<void> {
  io.files.write(`${folder}/report.json`, asJson(report));
  for (const table of report.tables) io.files.write(`${folder}/${table.name}.csv`, tableCsv(table));
  for (const series of report.series) {
    io.files.write(`${folder}/${series.name}-curves.csv`, seriesCsv(series));
    io.files.write(`${folder}/${series.name}.svg`, await chartSvg(series));
  }
}

/** Tables and notes on stdout, or the JSON document. */
export function printLaboratory({ io }: Context, report: LaboratoryReport, options: { readonly json?: boolean }): void {
  if (options.json !== true) io.stdout(`${report.name}: ${report.title}\n\n`);
  printResult(io, options, report, laboratoryTables(report));
  if (options.json !== true && report.notes.length > 0) io.stdout(`\n${report.notes.map((note) => `${note}\n`).join('')}`);
}
