import type { Position } from '../config/parse-yaml.ts';

/** What an axis may put at its path. */
export type AxisValue = number | string | boolean;

/** Values an axis runs through: a list, or a stretch of numbers; `steps` counts its grid points. */
export type Domain =
  | { readonly kind: 'list'; readonly values: readonly AxisValue[] }
  | {
      readonly kind: 'stretch';
      readonly from: number;
      readonly to: number;
      readonly scale: 'linear' | 'log';
      readonly steps: number;
      /** Only the grid points, also where a sampler could choose freely. */
      readonly stepped: boolean;
      readonly whole: boolean;
      /** Written after the number, such as `ns`. */
      readonly unit?: string;
    };

/** One direction of a sweep. */
export interface Axis {
  /** A chip value, such as `tile.adc.bits`, or a member of the experiment, such as `training.epochs`. */
  readonly path: string;
  /** Paths that take the same value. */
  readonly also: readonly string[];
  readonly domain: Domain;
  /** Named sets of changes: the axis then runs through the names, and its path is only a label. */
  readonly variants?: Readonly<Record<string, Readonly<Record<string, AxisValue>>>>;
  /** Where the sweep file says so. */
  readonly place?: Position;
  /** The axis exists only where each of these paths has one of the values. */
  readonly when: Readonly<Record<string, readonly AxisValue[]>>;
}

/** A design point: the value of every axis that exists there, by path, in the order of the axes. */
export type Point = Readonly<Record<string, AxisValue>>;

/** What a value of the axis puts where. */
export function changesOf({ path, also, variants }: Axis, value: AxisValue): readonly (readonly [string, AxisValue])[] {
  if (variants !== undefined) return Object.entries(variants[String(value)] ?? {});
  return [path, ...also].map((target) => [target, value] as const);
}

/** Every path the axis may change. */
export const targetsOf = ({ path, also, variants }: Axis): readonly string[] =>
  variants === undefined ? [path, ...also] : [...new Set(Object.values(variants).flatMap((changes) => Object.keys(changes)))];

const stretched = (domain: Domain & { kind: 'stretch' }, fraction: number): AxisValue => {
  const { from, to, scale, whole, unit } = domain;
  const exact = scale === 'log' ? from * (to / from) ** fraction : from + (to - from) * fraction;
  // Twelve digits: neighbouring doubles of one design are one value.
  const value = whole ? Math.round(exact) : Number(exact.toPrecision(12));
  return unit === undefined ? value : `${value} ${unit}`;
};

/** The values of a grid along this axis. */
export function gridValues({ domain }: Axis): readonly AxisValue[] {
  if (domain.kind === 'list') return domain.values;
  const { steps } = domain;
  const values = Array.from({ length: steps }, (_, index) => stretched(domain, steps === 1 ? 0 : index / (steps - 1)));
  return [...new Set(values)];
}

/** The value at `fraction` of the axis, 0 <= fraction < 1: equal parts for list items and steps, continuous otherwise. */
export function valueAt(axis: Axis, fraction: number): AxisValue {
  const { domain } = axis;
  if (domain.kind === 'stretch' && !domain.stepped) return stretched(domain, fraction);
  const values = gridValues(axis);
  return values[Math.min(Math.floor(fraction * values.length), values.length - 1)]!;
}

/** Neighbouring values mean something: numbers in a list, or a stretch. */
export const isOrdered = ({ domain }: Axis): boolean =>
  domain.kind === 'stretch' || domain.values.every((value) => typeof value === 'number');

/** The point that these values make: axes whose condition fails are left out. Conditions look at earlier axes and `base`. */
export function activePoint(axes: readonly Axis[], values: readonly AxisValue[], base: (path: string) => unknown): Point {
  const point: Record<string, AxisValue> = {};
  axes.forEach(({ path, when }, index) => {
    const holds = Object.entries(when).every(([other, allowed]) => {
      const value = Object.hasOwn(point, other) ? point[other] : base(other);
      return allowed.some((candidate) => String(candidate) === String(value));
    });
    if (holds) point[path] = values[index]!;
  });
  return point;
}

/** How a point is called: `tile.rows=128 tile.adc.bits=6`. */
export const pointName = (point: Point): string =>
  Object.entries(point)
    .map(([path, value]) => `${path}=${value}`)
    .join(' ') || 'base';
