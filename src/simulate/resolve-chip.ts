import { assumptionsOf } from '../chip/assumptions.ts';
import type { Chip } from '../chip/chip-source.ts';
import type { ChipDescription } from '../chip/description.ts';
import { loadChip } from '../chip/load.ts';
import { chipPreset } from '../chip/presets.ts';
import { varyChip } from '../chip/vary.ts';
import { deviceNamed } from '../device/devices.ts';
import { parseDevice } from '../device/user-device.ts';
import type { Files } from '../network/data/files.ts';
import type { Assumption } from './manifest.ts';

export interface ResolvedChip {
  readonly chip: ChipDescription;
  readonly assumptions: readonly Assumption[];
  /** With the origin of every number. */
  readonly source: Chip;
}

const utf8 = new TextDecoder();

/** A setting `device=<file>` with the file's text in place of its path: the chip then carries its cell with it. */
function inlineDevice(change: string, files: Files): string {
  const path = /^device=(.+)$/.exec(change)?.[1];
  if (path === undefined || !files.exists(path)) return change;
  const text = utf8.decode(files.read(path));
  parseDevice(text, path);
  return `device=${text.trimEnd()}\n`;
}

/** A preset by name or a chip file by path, without settings. */
export const readChip = (name: string, files: Files): Chip =>
  files.exists(name) ? loadChip(utf8.decode(files.read(name)), name) : chipPreset(name);

/**
 * The chip a run asks for: preset or file, then `--set`, then `--device`. Throws InputError with every mistake. Numbers of the
 * cell that nobody measured count among the assumptions.
 */
export function resolveChip(name: string, settings: readonly string[], files: Files, device?: string): ResolvedChip {
  const changes = [...settings, ...(device === undefined ? [] : [`device=${device}`])].map((change) =>
    inlineDevice(change, files),
  );
  const { chip: source } = varyChip(readChip(name, files), changes);
  const cell = deviceNamed(source.description.device, device === undefined ? `chip ${name}` : '--device');
  const assumed = cell.parameters
    .filter(({ tag }) => tag === 'assumed')
    .map(({ name: parameter, value, unit, source: origin }) => ({
      path: `device.${parameter}`,
      value: `${value} ${unit}`.trim(),
      source: origin,
    }));
  return { chip: source.description, source, assumptions: [...assumptionsOf(source), ...assumed] };
}
