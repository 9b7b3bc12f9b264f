import { checkSchema } from '../config/check-schema.ts';
import { InputError, type Issue } from '../config/issue.ts';
import { type ParsedYaml, parseYaml } from '../config/parse-yaml.ts';
import type { Axis, Domain } from './axis.ts';
import { isMeasured } from './metrics.ts';
import { type Constraint, type Objective, type Read, readConstraint, readObjective } from './objective.ts';
import { sobolDimensions } from './sampling/sobol.ts';
import { sweepSchema, type WrittenAxis, type WrittenSweep } from './sweep-schema.ts';

export type Stage = WrittenSweep['stages'][number];
export type Sampling = WrittenSweep['sampling'];

/** A sweep, checked: what is varied, how it is sampled, what is wanted. */
export interface SweepSpec {
  readonly name: string;
  readonly doc: string;
  /** Name or path of the experiment that every point starts from, and what all points change of it. */
  readonly experiment: string;
  readonly base: {
    readonly chip?: string;
    readonly device?: string;
    readonly set: readonly string[];
    readonly members: Readonly<Record<string, unknown>>;
    readonly data?: string;
  };
  readonly axes: readonly Axis[];
  readonly sampling: Sampling;
  readonly objectives: readonly Objective[];
  readonly constraints: readonly Constraint[];
  readonly stages: readonly Stage[];
  /** Monte-Carlo repeats of every point, each with chips of its own; all points share their seeds. */
  readonly repeats: number;
  readonly limits: { readonly memoryMb?: number; readonly seconds?: number };
  /** Where the spec stood, for errors. */
  readonly file: string;
}

/** Reads a sweep file. @throws InputError with every mistake as file:line:col. */
export function parseSweep(text: string, file: string): SweepSpec {
  const document = parseYaml(text, file);
  const checked = checkSchema(sweepSchema, document);
  if (!checked.ok) throw new InputError(checked.issues);
  const written = checked.value;
  const issues: Issue[] = [];
  const fault = (path: readonly PropertyKey[], flaw: Pick<Issue, 'found' | 'expected' | 'nearest'>) =>
    issues.push({ file, ...document.locate(path), ...flaw });
  const readAll = <T>(member: 'objectives' | 'constraints', read: (text: string) => Read<T>): T[] =>
    written[member].flatMap((item, index) => {
      const result = read(item);
      if (result.ok) return [result.value];
      fault([member, index], result.flaw);
      return [];
    });
  const objectives = readAll('objectives', readObjective);
  const constraints = readAll('constraints', readConstraint);
  const axes = written.axes.flatMap((axis, index) => {
    const place = document.locate(['axes', index]);
    return readAxis(axis, (flaw) => fault(['axes', index], flaw)).map((read): Axis => ({ ...read, place }));
  });
  checkPaths(written, document, issues);
  checkStages(written, fault);
  if (issues.length === 0) checkMeasured(written, objectives, fault);
  if (issues.length > 0) throw new InputError(issues);
  const { name, doc, experiment, sampling, stages, repeats, chip, device, set, data, experimentSet } = written;
  const base = {
    set,
    members: experimentSet,
    ...(chip === undefined ? {} : { chip }),
    ...(device === undefined ? {} : { device }),
    ...(data === undefined ? {} : { data }),
  };
  const { memoryMb, seconds } = written.limits;
  const limits = { ...(memoryMb === undefined ? {} : { memoryMb }), ...(seconds === undefined ? {} : { seconds }) };
  return { name, doc, experiment, base, axes, sampling, objectives, constraints, stages, repeats, limits, file };
}

type Fault = (flaw: Pick<Issue, 'found' | 'expected' | 'nearest'>) => void;

function readAxis(axis: WrittenAxis, fault: Fault): Axis[] {
  const given = [axis.values, axis.variants, axis.range, axis.log].filter((kind) => kind !== undefined);
  if (given.length !== 1) {
    fault({
      found: `axis ${axis.path} with ${given.length} of values, variants, range and log`,
      expected: 'exactly one of them',
    });
    return [];
  }
  const domain = readDomain(axis, fault);
  if (domain === undefined) return [];
  const when = Object.entries(axis.when).map(([path, allowed]) => [path, Array.isArray(allowed) ? allowed : [allowed]] as const);
  const { path, also, variants } = axis;
  return [{ path, also, domain, when: Object.fromEntries(when), ...(variants === undefined ? {} : { variants }) }];
}

const defaultSteps = 5;

function readDomain({ path, values, variants, range, log }: WrittenAxis, fault: Fault): Domain | undefined {
  if (variants !== undefined) return { kind: 'list', values: Object.keys(variants) };
  if (values !== undefined) return { kind: 'list', values: [...new Set(values)] };
  const stretch = (range ?? log)!;
  const { from, to, step, steps, whole, unit } = stretch;
  if (to < from) fault({ found: `axis ${path} from ${from} to ${to}`, expected: '`to` at or above `from`' });
  else if (log !== undefined && from <= 0) fault({ found: `log axis ${path} from ${from}`, expected: '`from` above 0' });
  else if (step !== undefined && (steps !== undefined || log !== undefined))
    fault({ found: `axis ${path} with step`, expected: 'step in a range without steps; a log axis takes steps' });
  else {
    const counted = step === undefined ? (steps ?? defaultSteps) : Math.floor((to - from) / step + 1e-9) + 1;
    return {
      kind: 'stretch',
      from,
      to: step === undefined ? to : from + step * (counted - 1),
      scale: log === undefined ? 'linear' : 'log',
      steps: counted,
      stepped: step !== undefined || steps !== undefined,
      whole,
      ...(unit === undefined ? {} : { unit }),
    };
  }
  return undefined;
}

function checkPaths({ axes }: WrittenSweep, document: ParsedYaml, issues: Issue[]): void {
  const seen = new Set<string>();
  axes.forEach(({ path, also, variants, when }, index) => {
    for (const own of new Set([path, ...also, ...Object.values(variants ?? {}).flatMap((changes) => Object.keys(changes))])) {
      if (seen.has(own))
        issues.push({
          file: document.file,
          ...document.locate(['axes', index, 'path']),
          found: `a second axis over ${own}`,
          expected: 'one axis a path',
        });
      seen.add(own);
    }
    const later = axes.slice(index).find((other) => Object.hasOwn(when, other.path));
    if (later !== undefined)
      issues.push({
        file: document.file,
        ...document.locate(['axes', index, 'when']),
        found: `a condition on ${later.path}, which is no earlier axis`,
        expected: 'conditions on earlier axes, or on values that no axis changes',
      });
  });
}

type FaultAt = (path: readonly PropertyKey[], flaw: Parameters<Fault>[0]) => void;

/** Every objective must be measured by one stage at least. */
function checkMeasured({ stages }: WrittenSweep, objectives: readonly Objective[], fault: FaultAt): void {
  objectives.forEach(({ metric }, index) => {
    if (stages.some(({ fidelity }) => isMeasured(metric, fidelity))) return;
    const fidelities = stages.map(({ fidelity }) => fidelity).join(', ');
    const other = metric.needs === 'values' ? 'values' : 'timing';
    fault(['objectives', index], {
      found: `objective ${metric.name} with stages of fidelity ${fidelities}`,
      expected: `a stage of fidelity full or ${other}, which measures it`,
    });
  });
}

function checkStages(written: WrittenSweep, fault: FaultAt): void {
  const { stages, sampling, axes } = written;
  if (stages[0]!.keep !== 1)
    fault(['stages', 0, 'keep'], {
      found: 'keep in the first stage',
      expected: 'keep in later stages, which choose who goes on',
    });
  stages.forEach(({ by = [] }, index) => {
    for (const name of by) {
      const read = readObjective(name);
      if (!read.ok) fault(['stages', index, 'by'], read.flaw);
    }
  });
  if (sampling.method === 'nsga2' && stages.length > 1)
    fault(['stages'], {
      found: `${stages.length} stages with nsga2`,
      expected: 'one stage, as each generation needs its figures',
    });
  if (sampling.method === 'external' && stages.length > 1)
    fault(['stages'], {
      found: `${stages.length} stages with external`,
      expected: 'one stage: the optimiser wants its figures at once',
    });
  if (sampling.method === 'sobol' && axes.length > sobolDimensions)
    fault(['axes'], {
      found: `${axes.length} axes with sobol`,
      expected: `at most ${sobolDimensions}; latin-hypercube takes more`,
    });
}
