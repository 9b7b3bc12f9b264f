import { inputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { CellModel } from './cell-model.ts';
import { cmoHfox } from './cmo-hfox.ts';
import { ideal } from './ideal.ts';

/** Every cell technology there is, in the order they are listed to users. */
export const devices: readonly CellModel[] = [cmoHfox, ideal];

/** The cell of that name; an InputError naming the nearest one when there is none. `file` is where the name was written. */
export function deviceNamed(name: string, file = '--device'): CellModel {
  const found = devices.find((device) => device.kind === name);
  if (found !== undefined) return found;
  const names = devices.map((device) => device.kind);
  throw inputError(file, `device ${JSON.stringify(name)}`, `one of ${names.join(', ')}`, nearestName(name, names));
}
