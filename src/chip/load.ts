import { checkSchema } from '../config/check-schema.ts';
import { InputError, type Issue } from '../config/issue.ts';
import { type ParsedYaml, parseYaml } from '../config/parse-yaml.ts';
import type { Chip, ChipSource } from './chip-source.ts';
import { presetFile, presetNames, presetText, unknownPreset } from './preset-texts.ts';
import { readSource } from './read-source.ts';
import { resolveChip } from './resolve.ts';
import { brokenRules } from './rules.ts';
import { chipSchema } from './schema.ts';

/**
 * Reads a chip file: YAML, values with units ("0.2 pJ"), optionally with a source, everything left out at its standard value.
 * `extends: cmo-130nm` starts from a preset instead.
 * @throws InputError with every mistake, located.
 */
export function loadChip(text: string, file: string): Chip {
  const document = parseYaml(text, file);
  const checked = checkSchema(chipSchema, document);
  const issues = checked.ok ? [] : [...checked.issues];
  const base = baseOf(document, []);
  if (base !== undefined && !base.ok) throw new InputError([...issues, base.issue]);
  const { given, unreadable } = readSource(document.value);
  const chip = resolveChip({ ...(base === undefined ? {} : base.source), ...given });
  for (const { over, ...rest } of brokenRules(chip, unreadable)) {
    issues.push({ file, ...document.locate(over[0].split('.')), ...rest });
  }
  if (issues.length > 0) throw new InputError(issues.sort(byPosition));
  return chip;
}

const byPosition = (left: Issue, right: Issue): number =>
  (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);

type Base = { readonly ok: true; readonly source: ChipSource } | { readonly ok: false; readonly issue: Issue };

/** Values of the preset a document extends, or what is wrong with its name. `chain` holds the presets on the way here. */
function baseOf(document: ParsedYaml, chain: readonly string[]): Base | undefined {
  const name = (document.value as { extends?: unknown } | null)?.extends;
  if (typeof name !== 'string') return undefined;
  const at = { file: document.file, ...document.locate(['extends']) };
  const text = presetText(name);
  if (text === undefined) return { ok: false, issue: { ...at, ...unknownPreset(name) } };
  if (chain.includes(name)) {
    const others = presetNames.filter((preset) => preset !== name).join(', ');
    return { ok: false, issue: { ...at, found: `extends = ${name}, which extends itself`, expected: `one of ${others}` } };
  }
  const preset = parseYaml(text, presetFile(name));
  const base = baseOf(preset, [...chain, name]);
  if (base !== undefined && !base.ok) return base;
  return { ok: true, source: { ...(base === undefined ? {} : base.source), ...readSource(preset.value).given } };
}
