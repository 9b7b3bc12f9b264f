import type { Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import { parseQuantity } from '../units/parse-quantity.ts';
import { type Metric, metricNamed, metricNames } from './metrics.ts';

/** A metric to be made small (`sign` 1) or large (`sign` -1). */
export interface Objective {
  readonly metric: Metric;
  readonly sign: 1 | -1;
}

/** A bound a design must keep. */
export interface Constraint {
  readonly metric: Metric;
  readonly bound: 'most' | 'least';
  readonly limit: number;
  readonly text: string;
}

type Flaw = Pick<Issue, 'found' | 'expected' | 'nearest'>;
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly flaw: Flaw };

function readMetric(name: string): Read<Metric> {
  if (metricNames.includes(name)) return { ok: true, value: metricNamed(name) };
  const nearest = nearestName(name, metricNames);
  return {
    ok: false,
    flaw: {
      found: `metric ${JSON.stringify(name)}`,
      expected: `one of ${metricNames.join(', ')}`,
      ...(nearest === undefined ? {} : { nearest }),
    },
  };
}

/** `accuracy`, `max accuracy`, `min area`; without a word the metric's own better direction. */
export function readObjective(text: string): Read<Objective> {
  const [, word, name = ''] = /^\s*(?:(min|max)\s+)?(\S+)\s*$/.exec(text) ?? [];
  const metric = readMetric(name);
  if (!metric.ok) return metric;
  const more = word === undefined ? metric.value.better === 'more' : word === 'max';
  return { ok: true, value: { metric: metric.value, sign: more ? -1 : 1 } };
}

/** `area <= 50 mm2`, `accuracy >= 95 %`. */
export function readConstraint(text: string): Read<Constraint> {
  const match = /^\s*(\S+?)\s*(<=|>=)\s*(.+?)\s*$/.exec(text);
  if (match === null)
    return {
      ok: false,
      flaw: { found: JSON.stringify(text), expected: 'metric <= limit or metric >= limit, such as area <= 50 mm2' },
    };
  const [, name = '', sign, limitText = ''] = match;
  const metric = readMetric(name);
  if (!metric.ok) return metric;
  const limit = parseQuantity(limitText, metric.value.dimension);
  if (typeof limit === 'string') return { ok: false, flaw: { found: `limit ${JSON.stringify(limitText)}`, expected: limit } };
  // `95 %` is meant to be 0.95, not the double next to it.
  const rounded = Number(limit.toPrecision(12));
  return {
    ok: true,
    value: { metric: metric.value, bound: sign === '<=' ? 'most' : 'least', limit: rounded, text: text.trim() },
  };
}

/** By how much a value breaks the bound, relative to the limit; 0 when it keeps it. */
export function violation({ bound, limit }: Constraint, value: number): number {
  const excess = bound === 'most' ? value - limit : limit - value;
  return excess <= 0 ? 0 : excess / (Math.abs(limit) || 1);
}
