import { enablePatches, type Patch, produceWithPatches } from 'immer';
import { InputError, type Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { ChipPath } from './chip-path.ts';
import type { Chip, GivenValue } from './chip-source.ts';
import { chipPaths, parameterAt } from './components/components.ts';
import { readValue } from './parameter-value.ts';
import { userSource } from './read-source.ts';
import { resolveChip } from './resolve.ts';
import { brokenRules } from './rules.ts';

enablePatches();

export interface VariedChip {
  readonly chip: Chip;
  /** What changed in the given values, in the order written; names a sweep point. */
  readonly patches: readonly Patch[];
}

type Setting = { readonly path: ChipPath; readonly given: GivenValue; readonly written: string };

/**
 * The chip with settings such as `tile.rows=128`, `tile.adc.bits=ideal`, `tile.array.accessOhm=0 ohm` applied in order.
 * Standard values that depend on them follow. @throws InputError with every wrong setting; `option` names where they stand.
 */
export function varyChip(chip: Chip, settings: readonly string[], option = '--set'): VariedChip {
  const read = settings.map((text) => readSetting(text, option));
  const issues = read.filter((item): item is Issue => 'file' in item);
  if (issues.length > 0) throw new InputError(issues);
  const applied = read as Setting[];
  const [given, patches] = produceWithPatches(chip.given, (draft) => {
    for (const setting of applied) draft[setting.path] = setting.given;
  });
  const varied = resolveChip(given);
  const broken = brokenRules(varied).map(({ over, ...rest }): Issue => {
    const blamed = applied.findLast((setting) => over.includes(setting.path)) ?? applied.at(-1);
    return { file: blamed === undefined ? option : `${option} ${blamed.written}`, ...rest };
  });
  if (broken.length > 0) throw new InputError(broken);
  return { chip: varied, patches };
}

function readSetting(written: string, option: string): Setting | Issue {
  const file = `${option} ${written}`;
  const split = written.indexOf('=');
  if (split === -1) return { file, found: JSON.stringify(written), expected: 'path=value, such as tile.rows=128' };
  const name = written.slice(0, split).trim();
  const text = written.slice(split + 1).trim();
  const path = chipPaths.find((candidate) => candidate === name);
  if (path === undefined) return { file, ...unknownPath(name) };
  const reading = readValue(parameterAt(path), text);
  if (reading.ok) return { path, written, given: { value: reading.value, text, source: userSource } };
  return {
    file,
    found: `${path} = ${JSON.stringify(text)}`,
    expected: reading.expected,
    ...(reading.nearest === undefined ? {} : { nearest: reading.nearest }),
  };
}

/** A path that names no parameter: a block's members, or the nearest path. */
function unknownPath(name: string): Pick<Issue, 'found' | 'expected' | 'nearest'> {
  const found = name === '' ? 'an empty path' : `unknown ${name}`;
  const members = chipPaths.filter((path) => path.startsWith(`${name}.`));
  if (members.length > 0) return { found: `${name}, a group of values`, expected: `one of ${members.join(', ')}` };
  const nearest = nearestName(name, chipPaths) ?? chipPaths.find((path) => path.split('.').at(-1) === name.split('.').at(-1));
  return { found, expected: 'a path of a chip value', ...(nearest === undefined ? {} : { nearest }) };
}
