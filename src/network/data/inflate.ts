import { gunzipSync } from 'node:zlib';
import { inputError } from '../../config/issue.ts';

/** More than any data set read here needs; a larger result is a mistake or a bomb. */
const largestBytes = 2 ** 30;

/** Unpacks gzip (recognised by its magic, not by the name) and passes anything else through. Throws InputError naming `file`. */
export function inflate(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes.length === 0) throw inputError(file, 'an empty file', 'data');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: largestBytes });
    return new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw inputError(file, `gzip data that do not unpack (${reason})`, 'a complete gzip file of at most 1 GiB unpacked');
  }
}
