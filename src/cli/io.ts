import type { Files } from '../network/data/files.ts';

/** Files the command line may also write. Paths are the user's, relative to the working directory. */
export interface OutputFiles extends Files {
  /** Makes the folders on the way and puts the whole file in place at once: a reader never sees half of it. */
  write(path: string, bytes: Uint8Array | string): void;
  /** Throws InputError when `write` to the path is bound to fail; to be asked before hours of work. */
  mustBeWritable(path: string): void;
}

/** Everything outside the process that a command may touch: tests pass their own. */
export interface Io {
  /** Results. */
  stdout(text: string): void;
  /** Everything else. */
  stderr(text: string): void;
  /** The terminal that progress bars are drawn on; undefined when stderr is not one. */
  readonly progressTerminal: NodeJS.WriteStream | undefined;
  /** Width of the terminal that stdout is; undefined when it is none. */
  readonly stdoutColumns: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly files: OutputFiles;
  /** Milliseconds, for elapsed times only. */
  now(): number;
  /** Calendar day, YYYY-MM-DD: kept with long results, never part of a report. */
  today(): string;
  /** The lines of stdin as they come; absent: there is no stdin. */
  inputLines?(): AsyncIterable<string>;
  /** Calls the listener once when the process is asked to end (SIGINT, SIGTERM); gives back what stops listening. Absent: never asked. */
  onStop?(listener: () => void): () => void;
  /** The bytes at a URL. Throws an Error whose message says why not. */
  download(url: string): Promise<Uint8Array>;
}
