import type { ComponentName, CostTable } from '../chip/cost-table.ts';
import { actionNames, componentNames } from '../chip/cost-table.ts';
import type { JouleSum } from './joule-sum.ts';
import { addJoules, createJouleSum, joulesOf } from './joule-sum.ts';
import type { EnergyEntry, TimingOutcome } from './outcome.ts';

/** Every action as `component.action`, in the order of report rows; its index counts it in a ledger row. */
export const actionKeys: readonly string[] = Object.entries(actionNames).flatMap(([component, names]) =>
  names.map((name) => `${component}.${name}`),
);

/** RangeError for an action that no component declares. */
export function actionIndex(key: string): number {
  const index = actionKeys.indexOf(key);
  if (index < 0) throw new RangeError(`action is ${key}; want one of ${actionKeys.join(', ')}`);
  return index;
}

/** What was charged to one (layer, phase): whole actions by index, and the cells' own Joule heat. */
export interface LedgerRow {
  readonly layer: number;
  readonly phase: number;
  readonly counts: Float64Array;
  readonly cells: JouleSum;
}

export interface Ledger {
  /** The row of a layer and a phase: region indices, -1 outside any. */
  row(layer: number, phase: number): LedgerRow;
  rows(): readonly LedgerRow[];
  /** The same in the order they were first charged: a row keeps its index. */
  charged(): readonly LedgerRow[];
}

export function createLedger(regionCount: number): Ledger {
  const side = regionCount + 1;
  const byPlace: (LedgerRow | undefined)[] = [];
  const inOrder: LedgerRow[] = [];
  let last: LedgerRow | undefined;
  return {
    row(layer, phase) {
      if (last !== undefined && last.layer === layer && last.phase === phase) return last;
      if (!(layer >= -1 && layer < regionCount && phase >= -1 && phase < regionCount)) {
        throw new RangeError(`layer ${layer} and phase ${phase} are not both region indices from -1 to ${regionCount - 1}`);
      }
      const place = (layer + 1) * side + phase + 1;
      last = byPlace[place];
      if (last !== undefined) return last;
      last = { layer, phase, counts: new Float64Array(actionKeys.length), cells: createJouleSum() };
      byPlace[place] = last;
      inOrder.push(last);
      return last;
    },
    charged: () => inOrder,
    rows: () => byPlace.filter((row) => row !== undefined),
  };
}

export function chargeCells(row: LedgerRow, joules: number): void {
  if (joules !== 0) addJoules(row.cells, joules);
}

/**
 * Joules by (component, layer, phase): actions x energy per action, the cells' heat x its factor under `crossbar`, and the clock
 * tree as its fraction of the digital components of the same layer and phase.
 */
export function priceLedger(ledger: Ledger, costs: CostTable): EnergyEntry[] {
  const entries: EnergyEntry[] = [];
  for (const { layer, phase, counts, cells } of ledger.rows()) {
    const joules = new Map<ComponentName, number>();
    let digitalJoules = 0;
    for (const cost of costs.components) {
      const actions: readonly string[] = cost.component === 'clock-tree' ? [] : actionNames[cost.component];
      let sum = 0;
      for (const name of actions) sum += counts[actionIndex(`${cost.component}.${name}`)]! * (cost.actions[name] ?? 0);
      joules.set(cost.component, sum);
      if (cost.digital) digitalJoules += sum;
    }
    joules.set('crossbar', (joules.get('crossbar') ?? 0) + joulesOf(cells) * costs.cellEnergyFactor);
    joules.set('clock-tree', (joules.get('clock-tree') ?? 0) + digitalJoules * costs.clockTreeFraction);
    for (const component of componentNames) {
      const amount = joules.get(component) ?? 0;
      if (amount !== 0) entries.push({ component, layer, phase, joules: amount });
    }
  }
  return entries;
}

/** Leakage of everything that exists, over the whole time. */
export function priceLeakage(costs: CostTable, seconds: number): TimingOutcome['leakage'] {
  return costs.components.map(({ component, leakage }) => ({ component, joules: leakage * seconds }));
}

export function totalActions(ledger: Ledger): Record<string, number> {
  const totals = new Float64Array(actionKeys.length);
  for (const { counts } of ledger.rows()) for (let index = 0; index < totals.length; index++) totals[index]! += counts[index]!;
  return Object.fromEntries(actionKeys.map((key, index) => [key, totals[index]!]));
}
