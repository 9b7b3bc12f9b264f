import { inputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { CellModel } from './cell-model.ts';
import { cmoHfox, cmoHfoxFast } from './cmo-hfox.ts';
import { cmoHfoxCompact } from './cmo-hfox-compact.ts';
import { hfox1t1r } from './hfox-1t1r.ts';
import { ideal } from './ideal.ts';
import { neurram } from './neurram.ts';
import { pcm } from './pcm.ts';
import { trainingCells } from './pulsed/training-cells.ts';
import { taoxBulk } from './taox-bulk.ts';
import { parseDevice } from './user-device.ts';

/** Every cell technology there is, in the order they are listed to users. */
export const devices: readonly CellModel[] = [
  cmoHfox,
  ideal,
  cmoHfoxFast,
  cmoHfoxCompact,
  hfox1t1r,
  taoxBulk,
  neurram,
  pcm,
  ...trainingCells,
];

/** A cell may be given inline: the text of a device file, which has several lines. */
export const isInlineDevice = (name: string): boolean => name.includes('\n');

/** Inline cells by their text: programming ensembles are simulated once for each. */
const inlineDevices = new Map<string, CellModel>();

/**
 * The cell of that name, or the one an inline device file describes. Throws InputError naming the nearest name when there is none,
 * or the mistakes of the file. `file` is where the name was written.
 */
export function deviceNamed(name: string, file = '--device'): CellModel {
  if (isInlineDevice(name)) {
    const device = inlineDevices.get(name) ?? parseDevice(name, file);
    inlineDevices.set(name, device);
    return device;
  }
  const found = devices.find((device) => device.kind === name);
  if (found !== undefined) return found;
  const names = devices.map((device) => device.kind);
  throw inputError(
    file,
    `device ${JSON.stringify(name)}`,
    `a device file or one of ${names.join(', ')}`,
    nearestName(name, names),
  );
}
