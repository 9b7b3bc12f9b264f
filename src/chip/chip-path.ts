import type { ChipDescription } from './description.ts';

type LeafPaths<T, Prefix extends string> = T extends object
  ? { [Key in keyof T & string]: LeafPaths<T[Key], Prefix extends '' ? Key : `${Prefix}.${Key}`> }[keyof T & string]
  : Prefix;

/** Dotted path of one value of a chip description, such as `tile.adc.bits`. */
export type ChipPath = LeafPaths<ChipDescription, ''>;

export type ParameterValue = number | string | boolean;

type Tree = { [key: string]: Tree | ParameterValue };

/** The value at a path. */
export function readPath(chip: ChipDescription, path: ChipPath): ParameterValue {
  let at = chip as unknown as Tree | ParameterValue;
  for (const key of path.split('.')) at = (at as Tree)[key]!;
  return at as ParameterValue;
}

/** Puts a value into a description under construction, making the objects on the way. */
export function writePath(draft: object, path: ChipPath, value: ParameterValue): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let at = draft as Tree;
  for (const key of keys) at = (at[key] ??= {}) as Tree;
  at[last] = value;
}
