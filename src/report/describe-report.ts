import type { Report } from '../simulate/report.ts';
import { asTable, plainStyle, type TableStyle } from './as-table.ts';
import { reportTables } from './rows.ts';

/** First line: what ran, on what, how it ended. */
function headline({ name, fidelity, ending, provenance }: Report): string {
  const { chip, device, programWords } = provenance;
  return `${name} on ${chip} with ${device} cells: ${ending} (${fidelity} fidelity, ${programWords}-word program)`;
}

const assumed = (count: number): string => (count === 1 ? '1 number in use is' : `${count} numbers in use are`);

/** What the figures mean and what they rest on, one sentence a line. */
function footnotes({ efficiency, operations, assumptions, provenance, run }: Report): readonly string[] {
  const { version, seed, chipSeeds, chipHash, programHash } = provenance;
  const definition = efficiency?.definition ?? operations?.definition;
  return [
    ...(definition === undefined ? [] : [`Efficiency: ${definition}.`.replace(/\.+$/, '.')]),
    `${assumed(assumptions.count)} assumed rather than measured or published; --json lists them.`,
    `ohmic ${version}, seed ${seed}, chip seeds ${chipSeeds.join(' ')}, chip ${chipHash.slice(0, 12)}, program ${programHash.slice(0, 12)}.`,
    `Took ${run.wallSeconds.toFixed(1)} s here${run.replayedFraction === 0 ? '' : `, ${(run.replayedFraction * 100).toFixed(1)} % of the events replayed`}.`,
  ];
}

/** The terminal page of `run` and `simulate`: every table, then definitions, assumptions, warnings. Ends with a newline. */
export function describeReport(report: Report, style: TableStyle = plainStyle): string {
  const tables = reportTables(report).map((table) => asTable(table, style));
  const warnings = report.warnings.map((warning) => `warning: ${warning}\n`);
  const notes = footnotes(report).map((line) => `${line}\n`);
  return [`${headline(report)}\n`, ...tables, notes.join('') + warnings.join('')].join('\n');
}
