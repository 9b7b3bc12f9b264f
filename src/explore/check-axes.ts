import { chipPaths, parameterAt } from '../chip/components/components.ts';
import { readValue } from '../chip/parameter-value.ts';
import { InputError, type Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import { type Axis, type AxisValue, changesOf, gridValues, targetsOf } from './axis.ts';
import { isChipPath, isNetworkPath, type Resolver } from './resolve-point.ts';
import { gridSize } from './sampling/sample-points.ts';
import type { SweepSpec } from './sweep-spec.ts';

/** Where an axis stands. */
type Place = Pick<Issue, 'file' | 'line' | 'column'>;

const mostGridPoints = 1_000_000;

/**
 * Refuses a sweep whose axes name what is not there or hold values nobody can read, before anything is computed. Combinations that
 * break a rule of the chip are no mistake: they become failed points.
 * @throws InputError with every mistake.
 */
export function checkAxes({ axes, sampling, file }: SweepSpec, resolver: Resolver): void {
  const issues = axes.flatMap((axis) =>
    targetsOf(axis).flatMap((path) => flawsOf(path, axis, { file, ...axis.place }, resolver)),
  );
  const size = sampling.method === 'grid' ? gridSize(axes) : 0;
  if (size > mostGridPoints)
    issues.push({
      file,
      found: `a grid of ${size} points`,
      expected: `at most ${mostGridPoints}; sobol or random take a part of it`,
    });
  if (issues.length > 0) throw new InputError(issues);
}

function flawsOf(path: string, axis: Axis, place: Place, resolver: Resolver): Issue[] {
  if (isNetworkPath(path)) return [];
  if (!isChipPath(path)) return experimentFlaws(path, place, resolver);
  const known = chipPaths.find((candidate) => candidate === path);
  if (known === undefined) {
    const nearest = nearestName(path, chipPaths);
    return [
      { ...place, found: `axis ${path}`, expected: 'a path of a chip value', ...(nearest === undefined ? {} : { nearest }) },
    ];
  }
  const unreadable = (value: AxisValue): Issue[] => {
    const reading = readValue(parameterAt(known), String(value));
    return reading.ok ? [] : [{ ...place, found: `axis ${path} with ${JSON.stringify(value)}`, expected: reading.expected }];
  };
  const values = gridValues(axis).flatMap((value) =>
    changesOf(axis, value).flatMap(([target, set]) => (target === path ? [set] : [])),
  );
  return values.flatMap(unreadable).slice(0, 3);
}

/** Members of an experiment file that an axis may go through, top-level ones but for rows a turn; the experiment's own schema checks the rest. */
const members = [
  'network',
  'chip',
  'device',
  'training',
  'algorithm',
  'samples',
  'instances',
  'seed',
  'chipSeed',
  'epochs',
  'batch',
  'mapping.len',
];

function experimentFlaws(path: string, place: Place, resolver: Resolver): Issue[] {
  const first = path.split('.')[0]!;
  if (members.includes(first) || members.includes(path) || resolver.base(first) !== undefined) return [];
  const nearest = nearestName(path, [...chipPaths, ...members]);
  const expected = `a chip value such as tile.rows, or a member of the experiment (${members.join(', ')})`;
  return [{ ...place, found: `axis ${path}`, expected, ...(nearest === undefined ? {} : { nearest }) }];
}
