import type { z } from 'zod';
import { InputError, type Issue } from './issue.ts';
import { nearestName } from './nearest-name.ts';
import { type ParsedYaml, type Path, parseYaml } from './parse-yaml.ts';
import { keysAt, literalsAt } from './schema-keys.ts';

type SchemaIssue = z.core.$ZodIssue;

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Checks a parsed document against a zod schema. Every mistake is reported at once and located: unknown members at their
 * key with the nearest allowed name, missing members at their parent, wrong values where they stand.
 * A refinement may give its own words through `params: { expected, nearest }`.
 */
export function checkSchema<T>(schema: z.ZodType<T>, document: ParsedYaml): Checked<T> {
  const result = schema.safeParse(document.value, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, issues: result.error.issues.flatMap((issue) => describe(schema, document, issue, [])) };
}

/** Text to checked value in one step. @throws InputError with every syntax or schema issue. */
export function parseWithSchema<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const checked = checkSchema(schema, parseYaml(text, file));
  if (checked.ok) return checked.value;
  throw new InputError(checked.issues);
}

/** A value as a reader recognises it, shortened. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `a mapping of ${Object.keys(value).join(', ') || 'nothing'}`;
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function describe(schema: z.core.$ZodType, document: ParsedYaml, issue: SchemaIssue, prefix: Path): Issue[] {
  const path = [...prefix, ...issue.path];
  const { file } = document;
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(schema, path);
    return issue.keys.map((key) => {
      const nearest = nearestName(key, allowed);
      const expected = allowed.length === 0 ? `no member here` : `one of ${allowed.join(', ')}`;
      return {
        file,
        ...document.locateKey([...path, key]),
        found: `unknown ${name([...path, key])}`,
        expected,
        ...(nearest === undefined ? {} : { nearest }),
      };
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = likeliest(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => describe(schema, document, inner as SchemaIssue, path));
  }
  const value = valueAt(document.value, path);
  const missing = value === undefined && path.length > 0;
  const kinds = issue.code === 'invalid_union' && issue.errors.length === 0 ? literalsAt(schema, path) : [];
  const { expected, nearest } = kinds.length > 0 ? oneOf(kinds, value) : expectation(issue, value);
  return [
    {
      file,
      ...document.locate(path),
      found: missing ? `no ${name(path)}` : `${path.length === 0 ? '' : `${name(path)} = `}${describeValue(value)}`,
      expected,
      ...(nearest === undefined ? {} : { nearest }),
    },
  ];
}

const name = (path: Path): string => path.map(String).join('.');

/** The branch of a failed union that got furthest; undefined when every branch fails at the value itself. */
function likeliest(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const depth = (branch: readonly z.core.$ZodIssue[]): number =>
    Math.min(...branch.map((issue) => (issue.code === 'unrecognized_keys' ? 1 : issue.path.length)));
  const deep = branches.filter((branch) => branch.length > 0 && depth(branch) > 0);
  return deep.sort((left, right) => left.length - right.length)[0];
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'null',
};

function oneOf(allowed: readonly string[], value: unknown): { expected: string; nearest?: string } {
  const nearest = typeof value === 'string' ? nearestName(value, allowed) : undefined;
  return {
    expected: allowed.length === 1 ? allowed[0]! : `one of ${allowed.join(', ')}`,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** What a schema issue wanted, completing "expected …". */
function expectation(issue: SchemaIssue, value: unknown): { expected: string; nearest?: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { expected: typeNames[issue.expected] ?? issue.expected };
    case 'invalid_value':
      return oneOf(issue.values.map(String), value);
    case 'too_small':
      return { expected: `${bounded(issue.origin)} ${issue.inclusive ? '>=' : '>'} ${issue.minimum}` };
    case 'too_big':
      return { expected: `${bounded(issue.origin)} ${issue.inclusive ? '<=' : '<'} ${issue.maximum}` };
    case 'not_multiple_of':
      return { expected: `a multiple of ${issue.divisor}` };
    case 'invalid_format':
      return { expected: `a text in the form ${issue.pattern ?? issue.format}` };
    case 'invalid_union':
      return { expected: unionExpectation(issue.errors, value) };
    case 'custom':
      return { expected: issue.message, ...(issue.params as { expected?: string; nearest?: string } | undefined) };
    default:
      return { expected: issue.message };
  }
}

const bounded = (origin: string): string =>
  origin === 'array' || origin === 'set' ? 'a number of items' : origin === 'string' ? 'a length' : 'a number';

function unionExpectation(branches: readonly (readonly z.core.$ZodIssue[])[], value: unknown): string {
  const parts = branches.flatMap((branch) => branch.map((issue) => expectation(issue as SchemaIssue, value).expected));
  return parts.length === 0 ? 'one of the known kinds' : [...new Set(parts)].join(' or ');
}
