import type { ComponentName } from '../chip/cost-table.ts';

/** Why a program stopped. Bad programs are refused at load; these are the ends of a run. */
export type Ending =
  | { readonly ended: 'halted'; readonly exitCode: number }
  | { readonly ended: 'trapped'; readonly word: number; readonly reason: string }
  | { readonly ended: 'deadlocked'; readonly waits: readonly string[] }
  | { readonly ended: 'limit'; readonly limit: string };

/** Energy of one (component, layer, phase) cell of the ledger, J. */
export interface EnergyEntry {
  readonly component: ComponentName;
  /** Region index of the layer, -1 outside any. */
  readonly layer: number;
  /** Region index of the phase, -1 outside any. */
  readonly phase: number;
  readonly joules: number;
}

export interface UnitUse {
  readonly unit: string;
  readonly busyPs: number;
  readonly operations: number;
}

export interface TimingOutcome {
  readonly ending: Ending;
  /** Total time: whole picoseconds, exact. */
  readonly picoseconds: bigint;
  readonly cycles: bigint;
  /** Picoseconds charged to each phase region (index) and -1; adds up to `picoseconds`. */
  readonly phasePs: ReadonlyMap<number, bigint>;
  readonly dynamic: readonly EnergyEntry[];
  /** Leakage by component over the whole time, J. */
  readonly leakage: readonly { readonly component: ComponentName; readonly joules: number }[];
  readonly units: readonly UnitUse[];
  readonly operations: number;
  /** Of these, advanced by exact loop replay instead of events. */
  readonly replayedOperations: number;
  /** Counts by action, `component.action`. */
  readonly actions: Readonly<Record<string, number>>;
  readonly events: number;
}
