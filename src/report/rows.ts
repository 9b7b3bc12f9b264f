import type { Report } from '../simulate/report.ts';
import type { Cell, DataTable } from './data-table.ts';
import { measure, optionalMeasure, shareRows } from './data-table.ts';
import { trainingTables } from './training-tables.ts';

/** Software first, then the chip at each age: mean over instances, 95 % interval of the mean, spread of one chip, loss. */
export function accuracyTable(report: Report): DataTable | undefined {
  const { accuracy } = report;
  if (accuracy === undefined) return undefined;
  const { reference, samples, instances } = accuracy;
  const software: Cell[][] = reference === undefined ? [] : [['software (float)', measure(reference, '%')]];
  const chip = accuracy.byAge.map(({ label, accuracy: mean, interval95, deviation }) => [
    `chip, ${label}`,
    measure(mean, '%'),
    instances > 1 ? measure(interval95, 'points') : undefined,
    instances > 1 ? measure(deviation, 'points') : undefined,
    reference === undefined ? undefined : measure(reference - mean, 'points'),
  ]);
  const chips = instances === 1 ? '1 programmed chip' : `${instances} programmed chips`;
  return {
    name: 'accuracy',
    title: `Accuracy over ${samples} samples, ${chips}`,
    columns: ['', 'mean', '± 95 %', 'spread', 'loss'],
    rows: [...software, ...chip].map((row) => [...row, ...Array<Cell>(5 - row.length).fill(undefined)]),
  };
}

/** The figures of merit, one a row; absent ones are left out. */
export function performanceTable(report: Report): DataTable {
  const { time, energy, power, efficiency, area } = report;
  const figures: readonly (readonly Cell[])[] = [
    ['latency of one sample', optionalMeasure(time?.latencySeconds, 's')],
    ['time per sample, pipelined', optionalMeasure(time?.secondsPerSample, 's')],
    ['throughput', optionalMeasure(time?.samplesPerSecond, 'samples/s')],
    ['energy per sample', optionalMeasure(energy?.perSample?.total, 'J')],
    ['the same, every cost model at its lowest', optionalMeasure(energy?.perSample?.band?.minimum, 'J')],
    ['the same, every cost model at its highest', optionalMeasure(energy?.perSample?.band?.maximum, 'J')],
    ['energy x time of a sample', report.energyDelay === undefined ? undefined : `${report.energyDelay.toExponential(2)} J s`],
    ['programming energy, apart', optionalMeasure(energy?.programming, 'J')],
    ['efficiency', optionalMeasure(efficiency?.topsPerWatt, 'TOPS/W')],
    ['arithmetic rate', optionalMeasure(efficiency?.tops, 'TOPS')],
    ['area', measure(area.total, 'm2')],
    ['average power, whole program', optionalMeasure(power?.average, 'W')],
    ['leakage power', optionalMeasure(power?.leakage, 'W')],
    ['power with all tiles multiplying at once', optionalMeasure(power?.allTilesBusy, 'W')],
    ['idle power outside the chip: host link', optionalMeasure(power?.outsideChip?.host, 'W')],
    ['idle power outside the chip: memory', optionalMeasure(power?.outsideChip?.memory, 'W')],
    ['simulated time, whole program', optionalMeasure(time?.seconds, 's')],
    ['clock cycles', optionalMeasure(time?.cycles, 'count')],
    ['energy, whole program', optionalMeasure(energy?.total, 'J')],
  ];
  return {
    name: 'performance',
    title: 'Latency, energy, area',
    columns: ['', 'value'],
    rows: figures.filter(([, value]) => value !== undefined),
  };
}

/** Energy by component and by layer: per evaluated sample where the program evaluates, else of the whole program. */
export function energyTables(report: Report): readonly DataTable[] {
  const { energy } = report;
  if (energy === undefined) return [];
  const { byComponent, byLayer } = energy.perSample ?? energy;
  const of = energy.perSample === undefined ? 'Energy' : 'Energy per sample';
  const table = (name: string, by: string, parts: Readonly<Record<string, number>>): DataTable => ({
    name: `energy-by-${name}`,
    title: `${of} by ${by}`,
    columns: [by, 'energy', 'share'],
    rows: shareRows(parts, 'J'),
  });
  return [table('component', 'component', byComponent), table('layer', 'layer', byLayer)];
}

/** Time and energy of the whole program by phase. */
export function phaseTable(report: Report): DataTable | undefined {
  const { time, energy } = report;
  if (time === undefined || energy === undefined) return undefined;
  const names = [...new Set([...Object.keys(time.byPhase), ...Object.keys(energy.byPhase)])];
  const share = (part: number, whole: number) => measure(whole === 0 ? 0 : part / whole, '%');
  const rows = names
    .map((name) => ({ name, seconds: time.byPhase[name] ?? 0, joules: energy.byPhase[name] ?? 0 }))
    .filter(({ seconds, joules }) => seconds !== 0 || joules !== 0)
    .map(({ name, seconds, joules }) => [
      name,
      measure(seconds, 's'),
      share(seconds, time.seconds),
      measure(joules, 'J'),
      share(joules, energy.total),
      seconds === 0 ? undefined : measure(joules / seconds, 'W'),
    ]);
  return {
    name: 'phases',
    title: 'Whole program by phase',
    columns: ['phase', 'time', 'share', 'energy', 'share', 'power'],
    rows,
  };
}

/** What each kind of unit draws on average, and with all of them at their full rate. */
export function powerTable({ power }: Report): DataTable | undefined {
  if (power?.byComponent === undefined) return undefined;
  const rows = Object.entries(power.byComponent)
    .filter(([, { average, peak }]) => average > 0 || peak > 0)
    .sort(([, left], [, right]) => right.average - left.average)
    .map(([name, { average, peak }]) => [name, measure(average, 'W'), measure(peak, 'W')]);
  return {
    name: 'power-by-component',
    title: 'Power by component: whole program, and all its units at their full rate',
    columns: ['component', 'average', 'peak'],
    rows,
  };
}

export const areaTable = (report: Report): DataTable => ({
  name: 'area-by-component',
  title: 'Area by component',
  columns: ['component', 'area', 'share'],
  rows: shareRows(report.area.byComponent, 'm2'),
});

/** Units by kind (`link 0.1 east` is a `link east`): how many worked at all, and for how long the busiest of them did. */
export function unitTable(report: Report): DataTable | undefined {
  const { time } = report;
  if (time === undefined || time.seconds === 0) return undefined;
  const kinds = new Map<string, { worked: number; most: number; busiest: string }>();
  for (const [unit, seconds] of Object.entries(time.busyByUnit)) {
    const kind = unit.replace(/ \d[\d.]*/, '');
    const { worked, most, busiest } = kinds.get(kind) ?? { worked: 0, most: 0, busiest: unit };
    kinds.set(kind, {
      worked: worked + (seconds > 0 ? 1 : 0),
      most: Math.max(most, seconds),
      busiest: seconds > most ? unit : busiest,
    });
  }
  const rows = [...kinds]
    .filter(([, { worked }]) => worked > 0)
    .sort(([nameA, a], [nameB, b]) => b.most - a.most || (nameA < nameB ? -1 : 1))
    .map(([kind, { worked, most, busiest }]) => [
      kind,
      measure(worked, 'count'),
      busiest,
      measure(most, 's'),
      measure(most / time.seconds, '%'),
    ]);
  return { name: 'units', title: 'Units that worked', columns: ['unit', 'how many', 'busiest', 'busy', 'of the time'], rows };
}

export function activityTable(report: Report): DataTable {
  const { instructions, adcConversions, adcSaturations, retries, pulses, verifyReads, failedCells } = report.activity;
  const counts: readonly (readonly [string, number])[] = [
    ['instructions', instructions],
    ['ADC conversions', adcConversions],
    ['ADC saturations', adcSaturations],
    ['bound-management retries', retries],
    ['programming pulses', pulses],
    ['verify reads', verifyReads],
    ['cells that failed to program', failedCells],
  ];
  return {
    name: 'activity',
    title: 'Activity',
    columns: ['', 'count'],
    rows: counts.map(([name, n]) => [name, measure(n, 'count')]),
  };
}

/** Every table of a report in the order of the page; empty ones left out. */
export function reportTables(report: Report): readonly DataTable[] {
  const tables = [
    accuracyTable(report),
    ...trainingTables(report),
    performanceTable(report),
    ...energyTables(report),
    powerTable(report),
    areaTable(report),
    phaseTable(report),
    unitTable(report),
    activityTable(report),
  ];
  return tables.filter((table) => table !== undefined && table.rows.length > 0) as readonly DataTable[];
}
