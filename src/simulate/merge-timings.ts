import type { EnergyEntry, TimingOutcome, UnitUse } from '../timing/outcome.ts';

/** What ran one after the other on a chip that was idle in between, as one outcome. The ending is that of the last. */
export function mergeTimings(outcomes: readonly TimingOutcome[]): TimingOutcome {
  const last = outcomes[outcomes.length - 1];
  if (last === undefined) throw new RangeError('outcomes is empty; want at least one');
  const sum = (of: (outcome: TimingOutcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const total = (of: (outcome: TimingOutcome) => bigint): bigint => outcomes.reduce((all, outcome) => all + of(outcome), 0n);
  return {
    ending: last.ending,
    picoseconds: total(({ picoseconds }) => picoseconds),
    cycles: total(({ cycles }) => cycles),
    phasePs: mergePhases(outcomes),
    dynamic: mergeEntries(outcomes),
    leakage: last.leakage.map(({ component }, at) => ({ component, joules: sum(({ leakage }) => leakage[at]!.joules) })),
    units: mergeUnits(outcomes),
    operations: sum(({ operations }) => operations),
    replayedOperations: sum(({ replayedOperations }) => replayedOperations),
    actions: mergeCounts(outcomes),
    events: sum(({ events }) => events),
  };
}

function mergePhases(outcomes: readonly TimingOutcome[]): Map<number, bigint> {
  const merged = new Map<number, bigint>();
  for (const { phasePs } of outcomes) for (const [phase, ps] of phasePs) merged.set(phase, (merged.get(phase) ?? 0n) + ps);
  return merged;
}

function mergeEntries(outcomes: readonly TimingOutcome[]): EnergyEntry[] {
  const merged = new Map<string, EnergyEntry>();
  for (const { dynamic } of outcomes)
    for (const entry of dynamic) {
      const key = `${entry.component} ${entry.layer} ${entry.phase}`;
      merged.set(key, { ...entry, joules: entry.joules + (merged.get(key)?.joules ?? 0) });
    }
  return [...merged.values()];
}

function mergeUnits(outcomes: readonly TimingOutcome[]): UnitUse[] {
  const merged = new Map<string, UnitUse>();
  for (const { units } of outcomes)
    for (const { unit, busyPs, operations } of units) {
      const before = merged.get(unit);
      merged.set(unit, { unit, busyPs: busyPs + (before?.busyPs ?? 0), operations: operations + (before?.operations ?? 0) });
    }
  return [...merged.values()];
}

function mergeCounts(outcomes: readonly TimingOutcome[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const { actions } of outcomes)
    for (const [action, count] of Object.entries(actions)) merged[action] = (merged[action] ?? 0) + count;
  return merged;
}
