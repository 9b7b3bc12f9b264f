import { z } from 'zod';
import { chipPaths, parameterAt } from './components/components.ts';
import type { Parameter } from './parameter.ts';
import { readValue } from './parameter-value.ts';

/** Chip files as nested mappings of these; a leaf is a declared parameter. */
export type ParameterTree = { readonly [key: string]: ParameterTree | Parameter };

export const isParameter = (node: ParameterTree | Parameter): node is Parameter => typeof node.kind === 'string';

/** The declared parameters as a tree, in order of declaration. */
export const parameterTree: ParameterTree = (() => {
  const root: Record<string, unknown> = {};
  for (const path of chipPaths) {
    const keys = path.split('.');
    const last = keys.pop()!;
    const parent = keys.reduce((at, key) => (at[key] ??= {}) as Record<string, unknown>, root);
    parent[last] = parameterAt(path);
  }
  return root as ParameterTree;
})();

/** A value with its source, as chip files may write it: `{ value: 2 ns, source: "…" }`. */
export const isAnnotated = (raw: unknown): raw is { value: unknown; source: string } =>
  typeof raw === 'object' && raw !== null && 'value' in raw && typeof (raw as { source?: unknown }).source === 'string';

function leafSchema(parameter: Parameter): z.ZodType {
  return z.unknown().superRefine((raw, context) => {
    if (typeof raw === 'object' && raw !== null && !isAnnotated(raw)) {
      context.addIssue({ code: 'custom', message: '', params: { expected: 'a value, or { value: …, source: … }' } });
      return;
    }
    const annotated = isAnnotated(raw);
    const reading = readValue(parameter, annotated ? raw.value : raw);
    if (!reading.ok) {
      const { expected, nearest } = reading;
      context.addIssue({
        code: 'custom',
        message: expected,
        params: { expected, ...(nearest === undefined ? {} : { nearest }) },
        path: annotated ? ['value'] : [],
      });
    }
    const extra = annotated ? Object.keys(raw).filter((key) => key !== 'value' && key !== 'source') : [];
    for (const key of extra)
      context.addIssue({ code: 'custom', message: '', params: { expected: 'value and source only' }, path: [key] });
  });
}

function objectSchema(tree: ParameterTree, more: Record<string, z.ZodType> = {}): z.ZodType {
  const members = Object.entries(tree).map(([key, node]) => [
    key,
    (isParameter(node) ? leafSchema(node) : objectSchema(node)).optional(),
  ]);
  return z.strictObject({ ...more, ...Object.fromEntries(members) });
}

/** What a chip file must look like: every member optional, none unknown, every value in range. */
export const chipSchema = objectSchema(parameterTree, { extends: z.string().optional() });
