import type { ChipPath } from './chip-path.ts';
import type { ChipSource, GivenValue } from './chip-source.ts';
import { chipPaths, parameterAt } from './components/components.ts';
import { readValue } from './parameter-value.ts';
import { isAnnotated } from './schema.ts';

/** Source of a value that came without one. */
export const userSource = 'given by the user';

function rawAt(document: unknown, path: ChipPath): unknown {
  let at = document;
  for (const key of path.split('.')) at = (at as Record<string, unknown> | undefined)?.[key];
  return at;
}

/** The values a chip file gives, by path, and the paths whose value cannot be read (reported by the schema). */
export function readSource(document: unknown): { readonly given: ChipSource; readonly unreadable: readonly ChipPath[] } {
  const given: Partial<Record<ChipPath, GivenValue>> = {};
  const unreadable: ChipPath[] = [];
  for (const path of chipPaths) {
    const raw = rawAt(document, path);
    if (raw === undefined) continue;
    const annotated = isAnnotated(raw);
    const written = annotated ? raw.value : raw;
    const reading = readValue(parameterAt(path), written);
    if (reading.ok) given[path] = { value: reading.value, text: String(written), source: annotated ? raw.source : userSource };
    else unreadable.push(path);
  }
  return { given, unreadable };
}
