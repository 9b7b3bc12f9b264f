import type { CellModel } from '../device/cell-model.ts';
import { deviceNamed } from '../device/devices.ts';
import { parseDevice } from '../device/user-device.ts';
import type { Files } from '../network/data/files.ts';
import { readText } from './read-text.ts';

/** A cell by name, or by the path of a device file. Throws InputError; `option` says where the name was written. */
export const readDevice = (files: Files, name: string, option: string): CellModel =>
  files.exists(name) ? parseDevice(readText(files, name), name) : deviceNamed(name, option);
