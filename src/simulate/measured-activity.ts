import type { Mnemonic } from '../../isa/instructions.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { GroupShape, IssuedOperation } from '../sequence/issued-operation.ts';

/** Sums of an activity record that grow with the work of a word. */
const sums = [
  'readJoules',
  'pulseJoules',
  'saturations',
  'pulses',
  'verifyReads',
  'failedCells',
  'linePulses',
  'trainBits',
  'halfSelects',
  'nonZeros',
] as const satisfies readonly (keyof Activity)[];

/** Of these, counts: whole numbers in every record. */
const counts: ReadonlySet<string> = new Set(sums.filter((key) => !key.endsWith('Joules')));

const measures = [...sums, 'inputActivity', 'retries', 'slots', 'steps', 'tileSteps', 'reads', 'tileReads'] as const;

/**
 * What words of one kind did on one group in a calibration run: means per vector, or per row where a word works row by row. `slots`,
 * `steps` and `reads` are those of the slowest tile (a mean of maxima), `tileSteps` and `tileReads` of all tiles. Slots of the group
 * whose updates take longest are stretched to the expected maximum over all groups that update side by side.
 */
export interface MeasuredActivity extends Readonly<Record<(typeof measures)[number], number>> {
  readonly mnemonic: Mnemonic;
  readonly group: number;
  /** Shares of vectors or rows that took so many slots, ascending: what overlaps with fetching takes the longer of the two. */
  readonly slotShares: readonly SlotShare[];
}

type SlotShare = readonly [slots: number, share: number];

/** Words whose activity hangs on values. */
export const measuredMnemonics: ReadonlySet<Mnemonic> = new Set<Mnemonic>(['MVM', 'MVT', 'OPU', 'PUL', 'XFR']);

const keyOf = (mnemonic: string, group: number): string => `${mnemonic} ${group}`;
const total = (values: ArrayLike<number> | undefined): number => Array.from(values ?? []).reduce((sum, value) => sum + value, 0);
const largest = (values: ArrayLike<number> | undefined): number =>
  Array.from(values ?? []).reduce((most, value) => Math.max(most, value), 0);

/** Entries of equal slots as one, ascending; as shares of `whole`, all entries by default. */
function sharesOf(entries: readonly SlotShare[], whole = entries.reduce((sum, [, count]) => sum + count, 0)): SlotShare[] {
  const counted = new Map<number, number>();
  for (const [slots, count] of entries) counted.set(slots, (counted.get(slots) ?? 0) + count / whole);
  return [...counted].sort(([one], [other]) => one - other);
}

type Sums = Record<(typeof measures)[number], number>;
const zero = (): Sums => Object.fromEntries(measures.map((key) => [key, 0])) as Sums;

/** Adds up the activity of a run by kind of word and group. */
export interface ActivityMeter {
  add(operation: IssuedOperation, activity: Activity): void;
  /** All words of a batch have been added. */
  endBatch(): void;
  means(): readonly MeasuredActivity[];
}

/**
 * Updates of several groups run side by side, and the slowest decides when a batch goes on. Which that is changes from batch to batch:
 * the expected maximum is more than the largest mean.
 */
function createSlowestUpdate() {
  const ofBatch = new Map<number, number>();
  const all = new Map<number, number>();
  let maxima = 0;
  return {
    add(group: number, slots: number): void {
      ofBatch.set(group, (ofBatch.get(group) ?? 0) + slots);
    },
    endBatch(): void {
      maxima += largest([...ofBatch.values()]);
      for (const [group, slots] of ofBatch) all.set(group, (all.get(group) ?? 0) + slots);
      ofBatch.clear();
    },
    /** The group with the largest mean, and how far the expected maximum is above it. */
    stretch(): { readonly group: number; readonly factor: number } | undefined {
      const [slowest] = [...all].sort(([, one], [, other]) => other - one);
      return slowest === undefined || slowest[1] === 0 ? undefined : { group: slowest[0], factor: maxima / slowest[1] };
    },
  };
}

/** The same words with so many times the slots: pulses and energy are what they were. */
const stretched = (entry: MeasuredActivity, factor: number): MeasuredActivity => ({
  ...entry,
  slots: entry.slots * factor,
  slotShares: entry.slotShares.map(([slots, share]) => [slots * factor, share] as const),
});

export function createActivityMeter(): ActivityMeter {
  const updates = createSlowestUpdate();
  const entries = new Map<
    string,
    {
      readonly mnemonic: Mnemonic;
      readonly group: number;
      readonly sums: Sums;
      readonly slots: Map<number, number>;
      work: number;
    }
  >();
  return {
    add({ mnemonic, group, length }, activity) {
      if (group === undefined || !measuredMnemonics.has(mnemonic)) return;
      const key = keyOf(mnemonic, group.id);
      const entry = entries.get(key) ?? { mnemonic, group: group.id, sums: zero(), slots: new Map<number, number>(), work: 0 };
      entries.set(key, entry);
      entry.work += length;
      for (const name of sums) entry.sums[name] += activity[name];
      entry.sums.inputActivity += activity.inputActivity * length;
      entry.sums.retries += total(activity.retries);
      entry.sums.slots += total(activity.pulseSlots);
      if (mnemonic === 'OPU') updates.add(group.id, total(activity.pulseSlots));
      for (const slots of activity.pulseSlots ?? []) entry.slots.set(slots, (entry.slots.get(slots) ?? 0) + 1);
      entry.sums.steps += largest(activity.programSteps);
      entry.sums.tileSteps += total(activity.programSteps);
      entry.sums.reads += largest(activity.programReads);
      entry.sums.tileReads += total(activity.programReads);
    },
    endBatch: () => updates.endBatch(),
    means() {
      const slowest = updates.stretch();
      return [...entries.values()].map(({ mnemonic, group, sums: totals, slots, work }) => {
        const entry = {
          ...{ mnemonic, group, slotShares: sharesOf([...slots]) },
          ...(Object.fromEntries(measures.map((key) => [key, totals[key] / work])) as Sums),
        };
        return mnemonic === 'OPU' && group === slowest?.group ? stretched(entry, slowest.factor) : entry;
      });
    },
  };
}

/** Weighted mean of several measurements of the same program; the weights add up to 1. */
export function mixActivities(
  parts: readonly { readonly weight: number; readonly measured: readonly MeasuredActivity[] }[],
): readonly MeasuredActivity[] {
  const mixed = new Map<string, MeasuredActivity>();
  for (const { weight, measured } of parts)
    for (const entry of measured) {
      const key = keyOf(entry.mnemonic, entry.group);
      const before = mixed.get(key);
      const added = measures.map((name) => [name, (before?.[name] ?? 0) + weight * entry[name]]);
      const weighed = entry.slotShares.map(([slots, share]) => [slots, weight * share] as const);
      const slotShares = sharesOf([...(before?.slotShares ?? []), ...weighed], 1);
      mixed.set(key, { mnemonic: entry.mnemonic, group: entry.group, slotShares, ...(Object.fromEntries(added) as Sums) });
    }
  return [...mixed.values()];
}

/** Whole numbers of `length` vectors, spread evenly, that add up to `mean` per vector. */
function spread(mean: number, length: number): Uint8Array {
  const upTo = (vectors: number): number => Math.round(vectors * mean);
  return Uint8Array.from({ length }, (_, at) => upTo(at + 1) - upTo(at));
}

function spreadRetries(mean: number, length: number): Uint8Array | undefined {
  return Math.round(mean * length) === 0 ? undefined : spread(mean, length);
}

/** Means of `count` parts of equal size of a distribution, ascending. */
function quantiles(shares: readonly SlotShare[], count: number): number[] {
  const parts: number[] = [];
  let at = 0;
  let left = shares[0]?.[1] ?? 0;
  for (let part = 0; part < count; part++) {
    let [need, sum] = [1 / count, 0];
    while (need > 0 && at < shares.length) {
      const taken = Math.min(need, left);
      sum += taken * shares[at]![0];
      need -= taken;
      left -= taken;
      if (left <= 0) left = shares[++at]?.[1] ?? 0;
    }
    parts.push(sum * count);
  }
  return parts;
}

/** Golden section: steps of this share of a length meet every place, near ones far apart in time. */
const goldenShare = 0.618034;

/** Slots of a word: one entry for all its rows where it is serial, else one a vector or row, spread as they were measured. */
function spreadSlots({ mnemonic, slots, slotShares }: MeasuredActivity, length: number): Float64Array | undefined {
  if (slots === 0) return undefined;
  if (mnemonic === 'PUL') return Float64Array.of(slots * length);
  const parts = quantiles(slotShares, length);
  const order = parts.map((_, at) => (at * goldenShare) % 1);
  return Float64Array.from(
    order.map((_, at) => at).sort((one, other) => order[one]! - order[other]!),
    (part) => parts[part]!,
  );
}

/** One entry a tile: the slowest, and what is left shared by the others. */
function perTile(slowest: number, all: number, { rowBlocks, columnBlocks, replicas }: GroupShape): Float64Array | undefined {
  if (slowest === 0) return undefined;
  const tiles = rowBlocks * columnBlocks * replicas;
  const others = tiles === 1 ? 0 : Math.max(0, all - slowest) / (tiles - 1);
  return Float64Array.from({ length: tiles }, (_, at) => (at === 0 ? slowest : others));
}

function activityOf(means: MeasuredActivity, group: GroupShape, length: number): Activity {
  const { mnemonic } = means;
  const scaled = sums.map((name) => {
    const value = means[name] * length;
    return [name, counts.has(name) ? Math.round(value) : value];
  });
  return {
    ...idleActivity,
    ...Object.fromEntries(scaled),
    inputActivity: means.inputActivity,
    retries: mnemonic === 'MVM' || mnemonic === 'MVT' ? spreadRetries(means.retries, length) : undefined,
    pulseSlots: spreadSlots(means, length),
    programSteps: perTile(means.steps * length, means.tileSteps * length, group),
    programReads: perTile(means.reads * length, means.tileReads * length, group),
  };
}

/** Activity of a word from what was measured; undefined for words of which nothing was. Equal words get the same record. */
export function createMeasuredActivity(measured: readonly MeasuredActivity[]) {
  const byKey = new Map(measured.map((entry) => [keyOf(entry.mnemonic, entry.group), entry]));
  const made = new Map<string, Activity>();
  return ({ mnemonic, group, length }: IssuedOperation): Activity | undefined => {
    if (group === undefined || !measuredMnemonics.has(mnemonic)) return undefined;
    const key = keyOf(mnemonic, group.id);
    const means = byKey.get(key);
    if (means === undefined) return undefined;
    const full = `${key} ${length}`;
    const known = made.get(full) ?? activityOf(means, group, length);
    made.set(full, known);
    return known;
  };
}
