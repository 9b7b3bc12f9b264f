/** Reading files as the core sees it: the command line injects Node's, tests inject a map. Nothing below `cli` opens a file. */
export interface Files {
  /** Names (not paths) of the entries of a directory, in any order; empty when there is no such directory. */
  list(directory: string): readonly string[];
  /** The whole file. Throws when it cannot be read; ask `exists` first. */
  read(path: string): Uint8Array;
  exists(path: string): boolean;
}
