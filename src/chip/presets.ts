import { InputError } from '../config/issue.ts';
import type { Chip } from './chip-source.ts';
import { loadChip } from './load.ts';
import { presetFile, presetNames, presetText, unknownPreset } from './preset-texts.ts';

/** Presets read so far; chips are frozen, so all may share one. */
const read = new Map<string, Chip>();

/** The preset of that name. @throws InputError naming the nearest one; `file` is where the name was written. */
export function chipPreset(name: string, file = '--chip'): Chip {
  const text = presetText(name);
  if (text === undefined) throw new InputError([{ file, ...unknownPreset(name) }]);
  const chip = read.get(name) ?? loadChip(text, presetFile(name));
  read.set(name, chip);
  return chip;
}

/** Every preset with its one-line description, default first. */
export const listPresets = (): { readonly name: string; readonly doc: string; readonly chip: Chip }[] =>
  presetNames.map((name) => {
    const chip = chipPreset(name);
    return { name, doc: chip.description.doc, chip };
  });
