import type { Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import { presetTexts } from './presets.generated.ts';

/** Default first, then by name. */
export const defaultPreset = 'cmo-130nm';
export const presetNames: readonly string[] = [
  defaultPreset,
  ...Object.keys(presetTexts)
    .filter((name) => name !== defaultPreset)
    .sort(),
];

/** YAML of a preset; undefined when there is none of that name. */
export const presetText = (name: string): string | undefined =>
  Object.hasOwn(presetTexts, name) ? presetTexts[name] : undefined;

/** How a preset is named in errors. */
export const presetFile = (name: string): string => `preset ${name}`;

export function unknownPreset(name: string): Pick<Issue, 'found' | 'expected' | 'nearest'> {
  const nearest = nearestName(name, presetNames);
  return {
    found: `chip ${JSON.stringify(name)}`,
    expected: `one of ${presetNames.join(', ')}`,
    ...(nearest === undefined ? {} : { nearest }),
  };
}
