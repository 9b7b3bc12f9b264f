import type { Region } from '../isa/program.ts';
import type { EnergyEntry, TimingOutcome } from '../timing/outcome.ts';

type Breakdown = Record<string, number>;

/** Energy outside any layer, and leakage, as their own rows so that layers add up to the total. */
export const outsideLayers = 'outside layers';
export const leakageRow = 'leakage';
/** Time and energy outside any phase region. */
export const idlePhase = 'idle';

export const toSeconds = (picoseconds: bigint): number => Number(picoseconds) * 1e-12;

function add(into: Breakdown, name: string, joules: number): void {
  into[name] = (into[name] ?? 0) + joules;
}

export interface EnergyBreakdown {
  readonly total: number;
  readonly dynamic: number;
  readonly leakage: number;
  readonly byComponent: Breakdown;
  readonly byPhase: Breakdown;
  readonly byLayer: Breakdown;
}

export const phaseName = (regions: readonly Region[], index: number): string => regions[index]?.name ?? idlePhase;

function breakDown(
  entries: readonly EnergyEntry[],
  leakage: TimingOutcome['leakage'],
  leakageByPhase: Breakdown,
  regions: readonly Region[],
): EnergyBreakdown {
  const byComponent: Breakdown = {};
  const byPhase: Breakdown = {};
  const byLayer: Breakdown = {};
  let dynamic = 0;
  let leaked = 0;
  for (const { component, layer, phase, joules } of entries) {
    add(byComponent, component, joules);
    add(byPhase, phaseName(regions, phase), joules);
    add(byLayer, regions[layer]?.name ?? outsideLayers, joules);
    dynamic += joules;
  }
  for (const { component, joules } of leakage) {
    add(byComponent, component, joules);
    leaked += joules;
  }
  for (const [phase, joules] of Object.entries(leakageByPhase)) add(byPhase, phase, joules);
  add(byLayer, leakageRow, leaked);
  return { total: dynamic + leaked, dynamic, leakage: leaked, byComponent, byPhase, byLayer };
}

/** Seconds of every phase, by name. */
export function timeByPhase(timing: TimingOutcome, regions: readonly Region[]): Breakdown {
  const result: Breakdown = {};
  for (const [phase, ps] of timing.phasePs) add(result, phaseName(regions, phase), toSeconds(ps));
  return result;
}

/** Leakage is charged to the phase whose time it flows in. */
export function energyReport(timing: TimingOutcome, regions: readonly Region[]): EnergyBreakdown {
  const seconds = toSeconds(timing.picoseconds);
  const leaked = timing.leakage.reduce((sum, { joules }) => sum + joules, 0);
  const leakageByPhase: Breakdown = {};
  if (seconds > 0)
    for (const [phase, time] of Object.entries(timeByPhase(timing, regions))) leakageByPhase[phase] = (leaked * time) / seconds;
  return breakDown(timing.dynamic, timing.leakage, leakageByPhase, regions);
}

/** What one phase costs alone, its share of leakage included. */
export function phaseEnergy(timing: TimingOutcome, regions: readonly Region[], name: string): EnergyBreakdown {
  const seconds = toSeconds(timing.picoseconds);
  const share = seconds > 0 ? (timeByPhase(timing, regions)[name] ?? 0) / seconds : 0;
  const entries = timing.dynamic.filter(({ phase }) => phaseName(regions, phase) === name);
  const leakage = timing.leakage.map(({ component, joules }) => ({ component, joules: joules * share }));
  const leaked = leakage.reduce((sum, { joules }) => sum + joules, 0);
  return breakDown(entries, leakage, { [name]: leaked }, regions);
}
