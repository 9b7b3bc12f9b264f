import type { Files } from '../../src/network/data/files.ts';

/** Files held in memory: paths like `data/train.csv` to their bytes. */
export const memoryFiles = (entries: Readonly<Record<string, Uint8Array>>): Files => ({
  list: (directory) => {
    const prefix = directory.endsWith('/') ? directory : directory + '/';
    return Object.keys(entries)
      .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
      .map((path) => path.slice(prefix.length));
  },
  read: (path) => {
    const bytes = entries[path];
    if (bytes === undefined) throw new RangeError(`${path} is not in memory; want one of ${Object.keys(entries).join(', ')}`);
    return bytes;
  },
  exists: (path) => path in entries,
});
