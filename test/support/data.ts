import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Files } from '../../src/network/data/files.ts';

/** Files of this machine, for tests that measure on real data. */
export const diskFiles: Files = {
  list: (directory) => (existsSync(directory) ? readdirSync(directory) : []),
  read: (path) => new Uint8Array(readFileSync(path)),
  exists: existsSync,
};

/**
 * Folder of a real data set (`mnist`, `fashion-mnist`, `cifar10-subset`) under OHMIC_DATA; undefined, with a line that says so, when the
 * variable is unset or the folder absent. Use with `it.skipIf(folder === undefined)`.
 */
export function realData(name: string): string | undefined {
  const root = process.env.OHMIC_DATA;
  const folder = root === undefined ? undefined : `${root}/${name}`;
  if (folder !== undefined && existsSync(folder)) return folder;
  console.log(`skipped: ${name} tests need OHMIC_DATA, a folder that holds ${name}/ (it is ${root ?? 'not set'})`);
  return undefined;
}
