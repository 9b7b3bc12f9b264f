import type { Chip } from './chip-source.ts';
import { isAssumed } from './chip-source.ts';
import type { ModelConstant } from './components/component.ts';
import { chipPaths, components } from './components/components.ts';

export interface Assumption {
  readonly path: string;
  readonly value: string;
  readonly source: string;
}

/** Every number of this chip, parameter or constant of a cost model, that nobody measured. */
export function assumptionsOf(chip: Chip): Assumption[] {
  const values = chipPaths
    .filter((path) => chip.sources[path].assumed)
    .map((path) => ({ path, value: chip.sources[path].text, source: chip.sources[path].source }));
  const constants = components.flatMap((component) =>
    Object.entries(component.constantsInUse?.(chip.description) ?? component.constants)
      .filter(([, { source }]) => isAssumed(source))
      .map(([name, constant]) => ({
        path: `${component.path}:${name}`,
        value: describeConstant(constant),
        source: constant.source,
      })),
  );
  return [...values, ...constants];
}

export const describeConstant = ({ value, unit }: ModelConstant): string =>
  `${Number(value.toPrecision(4))}${unit === '' ? '' : ` ${unit}`}`;
