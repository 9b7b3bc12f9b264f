import type { ChipDescription } from './description.ts';

type LeafPaths<T, Prefix extends string> = T extends object
  ? { [Key in keyof T & string]: LeafPaths<T[Key], Prefix extends '' ? Key : `${Prefix}.${Key}`> }[keyof T & string]
  : Prefix;

/** Dotted path of one value of a chip description, such as `tile.adc.bits`. */
export type ChipPath = LeafPaths<ChipDescription, ''>;

export type ParameterValue = number | string | boolean;

type Tree = { [key: string]: Tree | ParameterValue };

const split = new Map<string, readonly string[]>();

/** The members on the way of a path, split once: a sweep resolves thousands of chips. */
function keysOf(path: ChipPath): readonly string[] {
  const known = split.get(path) ?? path.split('.');
  split.set(path, known);
  return known;
}

/** The value at a path. */
export function readPath(chip: ChipDescription, path: ChipPath): ParameterValue {
  let at = chip as unknown as Tree | ParameterValue;
  for (const key of keysOf(path)) at = (at as Tree)[key]!;
  return at as ParameterValue;
}

/** Puts a value into a description under construction, making the objects on the way. */
export function writePath(draft: object, path: ChipPath, value: ParameterValue): void {
  const keys = keysOf(path);
  const last = keys.length - 1;
  let at = draft as Tree;
  for (let place = 0; place < last; place++) at = (at[keys[place]!] ??= {}) as Tree;
  at[keys[last]!] = value;
}
