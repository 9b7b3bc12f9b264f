import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import { inputError } from '../config/issue.ts';
import type { OutputFiles } from './io.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a directory',
  EACCES: 'a file without permission',
  EPERM: 'a file without permission',
  ENOTDIR: 'a path through something that is not a directory',
  ENOSPC: 'a full disk',
  EROFS: 'a read-only file system',
};

/** What the operating system said, in words; anything unknown keeps its own message. */
function refusal(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw inputError(path, refusal(error), 'a readable file');
  }
}

function list(directory: string): readonly string[] {
  return existsSync(directory) && statSync(directory).isDirectory() ? readdirSync(directory).sort() : [];
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // A path through a file, or one that may not be looked at.
    return false;
  }
}

function write(path: string, bytes: Uint8Array | string): void {
  const partial = `${path}.${hostname()}.${process.pid}.${threadId}.partial`;
  try {
    try {
      writeFileSync(partial, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // Made only when it is missing: sweeps write thousands of files into the same folders.
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(partial, bytes);
    }
    renameSync(partial, path);
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    throw inputError(path, refusal(error), 'a place that can be written');
  }
}

/** Looks at the path itself, or at the nearest folder above it that exists; touches nothing. */
function mustBeWritable(path: string): void {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw inputError(path, refusal(error), 'a place that can be written');
  }
  if (!statSync(folder).isDirectory())
    throw inputError(path, `a path through ${folder}, which is a file`, 'a place that can be written');
  if (existsSync(path) && !exists(path)) throw inputError(path, 'a directory', 'a file that can be written');
}

/** The file system. Reading or writing what cannot be is bad input: one InputError that names the path. */
export const nodeFiles: OutputFiles = { list, read, exists, write, mustBeWritable };
