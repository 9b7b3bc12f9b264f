import type { z } from 'zod';

/** The parts of zod's definitions this file walks. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly values?: readonly unknown[];
  readonly items?: readonly z.core.$ZodType[];
  readonly left?: z.core.$ZodType;
  readonly right?: z.core.$ZodType;
  readonly getter?: () => z.core.$ZodType;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def as unknown as Definition;

/** Schemas a schema may stand for once optional, default, pipe, union and lazy wrappers are taken off. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { innerType, in: input, options, left, right, getter } = definitionOf(schema);
  if (innerType !== undefined) return unwrap(innerType);
  if (input !== undefined) return unwrap(input);
  if (getter !== undefined) return unwrap(getter());
  if (options !== undefined) return options.flatMap(unwrap);
  if (left !== undefined && right !== undefined) return [...unwrap(left), ...unwrap(right)];
  return [schema];
}

function child(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  const { shape, element, items, valueType } = definitionOf(schema);
  if (shape !== undefined) return shape[String(step)];
  if (items !== undefined) return items[Number(step)];
  return element ?? valueType;
}

/** Schemas that may stand at a path. */
function schemasAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly z.core.$ZodType[] {
  let level = unwrap(schema);
  for (const step of path)
    level = level.flatMap((candidate) => {
      const next = child(candidate, step);
      return next === undefined ? [] : unwrap(next);
    });
  return level;
}

/** Member names a schema allows at a path; empty where it is not an object. */
export const keysAt = (schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] => [
  ...new Set(schemasAt(schema, path).flatMap((candidate) => Object.keys(definitionOf(candidate).shape ?? {}))),
];

/** Literal values a schema allows at a path, such as the kinds of a discriminated union. */
export const literalsAt = (schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] => [
  ...new Set(schemasAt(schema, path).flatMap((candidate) => (definitionOf(candidate).values ?? []).map(String))),
];
