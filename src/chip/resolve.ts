import { freeze } from 'immer';
import { writePath } from './chip-path.ts';
import { type Chip, type ChipSource, isAssumed, type ValueSource } from './chip-source.ts';
import { chipPaths, parameterAt } from './components/components.ts';
import type { ChipDescription } from './description.ts';
import { describeValueOf } from './parameter-value.ts';

/** Fills in standard values in the order of declaration; each may look at the values before it. Deeply frozen. */
export function resolveChip(given: ChipSource): Chip {
  const draft = {} as ChipDescription;
  const sources = {} as Record<(typeof chipPaths)[number], ValueSource>;
  for (const path of chipPaths) {
    const parameter = parameterAt(path);
    const own = given[path];
    const value = own?.value ?? parameter.standard(draft);
    writePath(draft, path, value);
    const source = own?.source ?? parameter.source;
    sources[path] = {
      text: own?.text ?? describeValueOf(parameter, value),
      source,
      assumed: isAssumed(source),
      given: own !== undefined,
    };
  }
  return freeze({ description: draft, sources, given }, true);
}
