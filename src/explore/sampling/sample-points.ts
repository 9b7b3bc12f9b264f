import { type Axis, activePoint, gridValues, type Point, pointName, valueAt } from '../axis.ts';
import type { Sampling } from '../sweep-spec.ts';
import { sobolPoints } from './sobol.ts';
import { latinHypercube, randomPoints } from './unit-points.ts';

type Base = (path: string) => unknown;

/** The points without repetition, in order: conditions make several samples one. */
export function distinctPoints(points: Iterable<Point>): readonly Point[] {
  const byName = new Map<string, Point>();
  for (const point of points) {
    const name = pointName(point);
    if (!byName.has(name)) byName.set(name, point);
  }
  return [...byName.values()];
}

/** Every combination of grid values, the last axis fastest. */
function* gridPoints(axes: readonly Axis[], base: Base): Generator<Point> {
  const lists = axes.map(gridValues);
  const at = lists.map(() => 0);
  for (;;) {
    yield activePoint(
      axes,
      at.map((index, axis) => lists[axis]![index]!),
      base,
    );
    let axis = at.length - 1;
    while (axis >= 0 && at[axis] === lists[axis]!.length - 1) at[axis--] = 0;
    if (axis < 0) return;
    at[axis] = at[axis]! + 1;
  }
}

/** A point of the unit cube as a design point. */
export const pointAt = (axes: readonly Axis[], unit: readonly number[], base: Base): Point =>
  activePoint(
    axes,
    axes.map((axis, index) => valueAt(axis, unit[index]!)),
    base,
  );

/** Number of grid points before conditions. */
export const gridSize = (axes: readonly Axis[]): number => axes.reduce((product, axis) => product * gridValues(axis).length, 1);

/** The points of a sampling that needs no figures; undefined for the others. */
export function samplePoints(axes: readonly Axis[], sampling: Sampling, base: Base): readonly Point[] | undefined {
  const spread = (units: readonly (readonly number[])[]) => distinctPoints(units.map((unit) => pointAt(axes, unit, base)));
  switch (sampling.method) {
    case 'grid':
      return distinctPoints(gridPoints(axes, base));
    case 'random':
      return spread(randomPoints(sampling.points, axes.length, sampling.seed));
    case 'latin-hypercube':
      return spread(latinHypercube(sampling.points, axes.length, sampling.seed));
    case 'sobol':
      return spread(sobolPoints(sampling.points, axes.length, sampling.seed));
    default:
      return undefined;
  }
}
