import { inputError } from '../config/issue.ts';
import type { Files } from '../network/data/files.ts';

/** A UTF-8 file as text, without byte-order mark. Throws InputError when the bytes are no text. */
export function readText(files: Files, path: string): string {
  const bytes = files.read(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw inputError(path, 'bytes that are not UTF-8 text', 'a text file');
  }
}
