import { nearestName } from '../config/nearest-name.ts';
import { type Axis, type AxisValue, activePoint, type Point, valueAt } from './axis.ts';

/** A message that could not be taken, for the optimiser to read. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Checks one value against its axis; gives it as a grid would write it. */
function valueOn({ path, domain }: Axis, value: unknown): AxisValue {
  if (domain.kind === 'list') {
    const found = domain.values.find((candidate) => candidate === value);
    if (found === undefined)
      throw new ProtocolError(`${path} is ${JSON.stringify(value)}; want one of ${domain.values.join(', ')}`);
    return found;
  }
  const { from, to, whole, unit } = domain;
  if (typeof value !== 'number' || !(value >= from && value <= to) || (whole && !Number.isInteger(value)))
    throw new ProtocolError(`${path} is ${JSON.stringify(value)}; want a ${whole ? 'whole ' : ''}number from ${from} to ${to}`);
  return unit === undefined ? value : `${value} ${unit}`;
}

/** The design point an outside optimiser asks for. Axes whose condition fails are ignored. @throws ProtocolError */
export function outsidePoint(axes: readonly Axis[], asked: unknown, base: (path: string) => unknown): Point {
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
    throw new ProtocolError(`point is ${JSON.stringify(asked)}; want an object of axis values`);
  const given = asked as Record<string, unknown>;
  const paths = axes.map(({ path }) => path);
  for (const path of Object.keys(given)) {
    if (paths.includes(path)) continue;
    const nearest = nearestName(path, paths);
    throw new ProtocolError(
      `axis ${path} is unknown; want one of ${paths.join(', ')}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`,
    );
  }
  const standIn = axes.map((axis) => (Object.hasOwn(given, axis.path) ? valueOn(axis, given[axis.path]) : valueAt(axis, 0)));
  const point = activePoint(axes, standIn, base);
  const missing = Object.keys(point).find((path) => !Object.hasOwn(given, path));
  if (missing !== undefined) throw new ProtocolError(`axis ${missing} has no value; want one`);
  return point;
}

/** The axes as an optimiser needs them. */
export const describeAxes = (axes: readonly Axis[]): readonly unknown[] =>
  axes.map(({ path, domain, when }) => ({
    path,
    ...(domain.kind === 'list'
      ? { values: domain.values }
      : {
          from: domain.from,
          to: domain.to,
          scale: domain.scale,
          whole: domain.whole,
          ...(domain.unit === undefined ? {} : { unit: domain.unit }),
        }),
    ...(Object.keys(when).length === 0 ? {} : { when }),
  }));
