import { deserialize, serialize } from 'node:v8';
import { sha256 } from '../config/hash.ts';
import { inputError } from '../config/issue.ts';
import type { SavedTraining } from '../simulate/training-simulation.ts';
import type { OutputFiles } from './io.ts';

const nameIn = (folder: string): string => `${folder}/checkpoint.bin`;
const digestBytes = 64;
const text = new TextEncoder();

/** Keeps the last finished part of a training run; the file is whole or the one before. */
export function writeCheckpoint(files: OutputFiles, folder: string, saved: SavedTraining): void {
  const body = serialize(saved);
  const whole = new Uint8Array(digestBytes + body.length);
  whole.set(text.encode(sha256(body)));
  whole.set(body, digestBytes);
  files.write(nameIn(folder), whole);
}

/** The run saved in a folder; undefined when there is none. InputError when the file is damaged. */
export function readCheckpoint(files: OutputFiles, folder: string): SavedTraining | undefined {
  const path = nameIn(folder);
  if (!files.exists(path)) return undefined;
  const whole = files.read(path);
  const body = whole.subarray(digestBytes);
  const digest = new TextDecoder().decode(whole.subarray(0, digestBytes));
  if (digest !== sha256(body))
    throw inputError(path, 'a damaged checkpoint', 'the file as ohmic wrote it; remove it to start again');
  return deserialize(body) as SavedTraining;
}
