import type { ExplainedComponent } from '../chip/explain.ts';
import type { ReportShares } from '../simulate/read-report.ts';
import { type Cell, type DataTable, measure } from './data-table.ts';

/** A line per cost of every component: the overview when nothing in particular is asked. */
export const costOverviewTable = (parts: readonly ExplainedComponent[]): DataTable => ({
  name: 'costs',
  title: 'What each part charges; name one (or one of its values) for formula and sources',
  columns: ['part', 'in reports', 'count', 'cost', 'value', 'formula'],
  rows: parts.flatMap(({ path, component, count, costs }) =>
    costs.map(({ name, value, formula, factor }, index): readonly Cell[] => {
      const whole = [formula, factor].filter((text) => text !== '').join(' ');
      return index === 0
        ? [path, component, measure(count, 'count'), name, value, whole]
        : ['', '', undefined, name, value, whole];
    }),
  ),
});

/** What each part took of a simulated run. Parts without a row in the report cost nothing. */
export function shareTable(parts: readonly ExplainedComponent[], report: ReportShares): DataTable {
  const { energy, area } = report;
  const rows = parts.flatMap(({ path, component }): readonly (readonly Cell[])[] => {
    if (component === undefined) return [];
    const [joules, squareMetres] = [energy.byComponent[component] ?? 0, area.byComponent[component] ?? 0];
    return [
      [
        path,
        component,
        measure(joules, 'J'),
        measure(energy.total === 0 ? 0 : joules / energy.total, '%'),
        measure(squareMetres, 'm2'),
        measure(squareMetres / area.total, '%'),
      ],
    ];
  });
  return {
    name: 'shares',
    title: `Shares in the report of ${report.name}`,
    columns: ['part', 'in reports', 'energy', 'of all energy', 'area', 'of all area'],
    rows,
  };
}

/** Lowest, used and highest energy of every action whose models disagree. */
export const bandTable = (parts: readonly ExplainedComponent[]): DataTable => ({
  name: 'bands',
  title: 'Where models disagree: energy of an action by the lowest, the used and the highest of them',
  columns: ['part', 'cost', 'lowest', 'used', 'highest', 'why'],
  rows: parts.flatMap(({ path, bands }) =>
    bands
      .filter(({ maximum }) => maximum > 0)
      .map(({ name, minimum, value, maximum, source }, index): readonly Cell[] => [
        index === 0 ? path : '',
        name,
        measure(minimum, 'J'),
        measure(value, 'J'),
        measure(maximum, 'J'),
        index > 0 && source === bands[0]!.source ? '' : source,
      ]),
  ),
});

/** Formula, parameters, constants and omissions of one part. */
export const explainTables = (part: ExplainedComponent): readonly DataTable[] => [
  {
    name: `${part.path}-costs`,
    title: `${part.path}: ${part.doc} (${part.count} on the chip)`,
    columns: ['cost', 'value', 'formula', 'with', 'source'],
    rows: part.costs.map(({ name, value, formula, factor, uses, source }) => [
      name,
      value,
      factor === '' ? formula : `(${formula}) ${factor}`,
      uses.map((use) => `${use.path} = ${use.value}`).join('; '),
      source,
    ]),
  },
  {
    name: `${part.path}-bands`,
    title: `${part.path}: where published models disagree`,
    columns: ['cost', 'lowest', 'used', 'highest', 'why'],
    rows: part.bands.map(({ name, minimum, value, maximum, source }) => [
      name,
      measure(minimum, 'J'),
      measure(value, 'J'),
      measure(maximum, 'J'),
      source,
    ]),
  },
  {
    name: `${part.path}-parameters`,
    title: `${part.path}: values`,
    columns: ['path', 'value', 'range', 'what', 'source'],
    rows: part.parameters.map(({ path, value, range, doc, standard, source }) => [
      path,
      value,
      range,
      doc,
      standard ? `standard: ${source}` : source,
    ]),
  },
  {
    name: `${part.path}-constants`,
    title: `${part.path}: constants of the formulas`,
    columns: ['constant', 'value', 'what', 'source'],
    rows: part.constants.map(({ name, value, doc, source }) => [name, value, doc, source]),
  },
  {
    name: `${part.path}-inaccuracies`,
    title: `${part.path}: left out`,
    columns: [''],
    rows: part.inaccuracies.map((text) => [text]),
  },
];
