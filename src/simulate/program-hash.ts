import { hashOf, sha256 } from '../config/hash.ts';
import type { Program } from '../isa/program.ts';

/**
 * Digest of all a program file says, over its contents and not its compressed bytes, which may differ between versions of
 * the compression library.
 */
export function programHash({ words, symbols, regions, scopes, data, manifest }: Program): string {
  return hashOf({
    words: sha256(littleEndian(words)),
    symbols,
    regions,
    ...(scopes === undefined ? {} : { scopes }),
    data: data.map(({ address, bytes }) => [address, sha256(bytes)]),
    manifest: manifest ?? null,
  });
}

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(4 * index, word, true);
  });
  return bytes;
}
