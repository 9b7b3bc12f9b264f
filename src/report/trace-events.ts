import type { ProgramTrace } from '../simulate/trace-program.ts';
import type { WordRecord } from '../timing/trace.ts';

/** One event of the Trace Event Format that Perfetto and chrome://tracing open; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'C' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, number | string>>;
}

/** Numbers and names of the three processes that the tracks of one program belong to. */
interface Processes {
  readonly units: number;
  readonly regions: number;
  readonly counters: number;
  /** In front of their names. */
  readonly of: string;
}

const processesOf = (own: number, programs: number): Processes => ({
  ...{ units: 3 * own + 1, regions: 3 * own + 2, counters: 3 * own + 3 },
  of: programs === 1 ? '' : `controller ${own} `,
});

const micro = (picoseconds: bigint): number => Number(picoseconds) / 1e6;

/** Numbers of tracks by name, in order of appearance, and the events that name them. */
function tracks(pid: number, process: string) {
  const ids = new Map<string, number>();
  return {
    id: (name: string): number => {
      if (!ids.has(name)) ids.set(name, ids.size + 1);
      return ids.get(name)!;
    },
    names: (): TraceEvent[] => [
      { name: 'process_name', ph: 'M', pid, tid: 0, args: { name: process } },
      ...[...ids].map(([name, tid]): TraceEvent => ({ name: 'thread_name', ph: 'M', pid, tid, args: { name } })),
    ],
  };
}

/** Every word on the track of each of its units, named by its mnemonic, with its life and source. */
function unitEvents(
  { records, program }: ProgramTrace,
  shown: (unit: string) => boolean,
  processes: Processes,
): readonly TraceEvent[] {
  const own = tracks(processes.units, `${processes.of}units`);
  const events = records.flatMap((record): TraceEvent[] => {
    const layer = program.regions[record.layer]?.name ?? '-';
    const phase = program.regions[record.phase]?.name ?? '-';
    const args = {
      layer,
      phase,
      word: record.word,
      'waited for issue (us)': micro(record.issuedPs - record.fetchedPs),
      'queued (us)': micro(record.startedPs - record.issuedPs),
    };
    const life = { ts: micro(record.startedPs), dur: micro(record.endedPs - record.startedPs) };
    return record.units.filter(shown).map((unit) => ({
      name: record.mnemonic,
      ph: 'X',
      pid: processes.units,
      tid: own.id(unit),
      ...life,
      args,
    }));
  });
  return [...own.names(), ...events];
}

interface Run {
  readonly region: number;
  readonly from: bigint;
  to: bigint;
}

/** Consecutive words of the same region as one slice; a slice begins where the one before it ends. */
function runsInTurn(records: readonly WordRecord[], kind: 'phase' | 'layer'): readonly Run[] {
  const runs: Run[] = [];
  for (const record of records) {
    const last = runs.at(-1);
    if (last?.region === record[kind]) {
      if (record.endedPs > last.to) last.to = record.endedPs;
      continue;
    }
    const from = last !== undefined && record.startedPs < last.to ? last.to : record.startedPs;
    runs.push({ region: record[kind], from, to: record.endedPs > from ? record.endedPs : from });
  }
  return runs;
}

/** Slices of every region for itself: its words as far as they touch. */
function runsApart(records: readonly WordRecord[], kind: 'phase' | 'layer'): readonly Run[] {
  const last = new Map<number, Run>();
  const runs: Run[] = [];
  for (const record of [...records].sort((a, b) => (a.startedPs < b.startedPs ? -1 : a.startedPs > b.startedPs ? 1 : 0))) {
    const own = last.get(record[kind]);
    if (own !== undefined && record.startedPs <= own.to) {
      if (record.endedPs > own.to) own.to = record.endedPs;
      continue;
    }
    const run = { region: record[kind], from: record.startedPs, to: record.endedPs };
    last.set(record[kind], run);
    runs.push(run);
  }
  return runs;
}

/** One track for phases and one for layers; a track a layer where, as in a pipeline of images, one layer hides another. */
function regionEvents({ records, program }: ProgramTrace, processes: Processes): readonly TraceEvent[] {
  const own = tracks(processes.regions, `${processes.of}program`);
  const events: TraceEvent[] = [];
  for (const kind of ['phase', 'layer'] as const) {
    const sorted = records
      .filter((record) => record[kind] >= 0 && record.units.length > 0)
      .sort((a, b) => a.sequence - b.sequence);
    const inTurn = runsInTurn(sorted, kind);
    const isHidden = kind === 'layer' && inTurn.some(({ from, to }) => to <= from);
    for (const { region, from, to } of isHidden ? runsApart(sorted, kind) : inTurn) {
      const { name } = program.regions[region]!;
      const life = { ts: micro(from), dur: micro(to - from) };
      events.push({ name, ph: 'X', pid: processes.regions, tid: own.id(isHidden ? `layer ${name}` : `${kind}s`), ...life });
    }
  }
  return [...own.names(), ...events];
}

/** Steps of a counter: changes summed at equal times. */
function counter(
  pid: number,
  name: string,
  unit: string,
  changes: readonly (readonly [bigint, number])[],
  base = 0,
): readonly TraceEvent[] {
  const sums = new Map<bigint, number>();
  for (const [at, by] of changes) sums.set(at, (sums.get(at) ?? 0) + by);
  let value = base;
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, by]): TraceEvent => {
      value += by;
      // Sums of powers go back to the base but for rounding.
      const shown = Math.abs(value - base) < 1e-9 * Math.abs(by) ? base : value;
      return { name, ph: 'C', pid, tid: 0, ts: micro(at), args: { [unit]: shown } };
    });
}

/** Queue depth is words issued and unfinished; a layer's dynamic energy is spread evenly over the time its words run. */
function counterEvents({ records, energy, leakageWatts }: ProgramTrace, processes: Processes): readonly TraceEvent[] {
  const { counters: pid } = processes;
  const working = records.filter(({ units }) => units.length > 0);
  const depth = working.flatMap(({ issuedPs, startedPs }) => [[issuedPs, 1] as const, [startedPs, -1] as const]);
  const running = working.flatMap(({ startedPs, endedPs }) => [[startedPs, 1] as const, [endedPs, -1] as const]);
  const watts = new Map(
    energy.map(({ layer, phase, joules, busyPs }) => [`${layer} ${phase}`, busyPs > 0 ? joules / (busyPs * 1e-12) : 0]),
  );
  const powerOf = ({ layer, phase }: WordRecord): number => watts.get(`${layer} ${phase}`) ?? 0;
  const power = working.flatMap((record) => [
    [record.startedPs, powerOf(record)] as const,
    [record.endedPs, -powerOf(record)] as const,
  ]);
  return [
    { name: 'process_name', ph: 'M', pid, tid: 0, args: { name: `${processes.of}counters` } },
    ...counter(pid, 'words waiting in queues', 'words', depth),
    ...counter(pid, 'words running', 'words', running),
    ...counter(pid, 'power', 'W', power, leakageWatts),
  ];
}

/**
 * A timeline as a document that Perfetto opens: one track a unit, layers and phases named, counters for power and queues; of several
 * programs for each. `shown`: the units that get tracks.
 */
export function traceEvents(
  traces: readonly ProgramTrace[],
  shown: (unit: string) => boolean = () => true,
): {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ns';
} {
  const events = traces.flatMap((trace, own) => {
    const processes = processesOf(own, traces.length);
    return [...unitEvents(trace, shown, processes), ...regionEvents(trace, processes), ...counterEvents(trace, processes)];
  });
  return { traceEvents: events, displayTimeUnit: 'ns' };
}
