import type { Files } from '../network/data/files.ts';
import { digestOf, type ItemResult, isRetryable, readResult, type SealedResult } from './item-result.ts';

/** Files a sweep may also write; the whole file appears at once. */
export interface SweepFiles extends Files {
  write(path: string, bytes: Uint8Array | string): void;
}

/** The same item gave two results: somewhere a number depends on more than the item says. */
export class DeterminismError extends Error {
  override readonly name = 'DeterminismError';
  readonly id: string;
  constructor(id: string, digests: readonly string[]) {
    const short = digests.map((digest) => digest.slice(0, 12)).join(' and ');
    super(
      `item ${id.slice(0, 12)} has two results, with digests ${short}: the same configuration, seed and version must give the same bytes`,
    );
    this.id = id;
  }
}

export interface ResultStore {
  /** The valid result of an item; undefined when there is none or its file is damaged. */
  read(id: string): ItemResult | undefined;
  /** Keeps a result. @throws DeterminismError when another one is there already; both are then on disk. */
  write(sealed: SealedResult): void;
  /** Ids of which a file lies there, and the conflicts found earlier, ascending. */
  list(): { readonly ids: readonly string[]; readonly conflicts: readonly string[] };
}

const pattern = /^([0-9a-f]{64})(\.[0-9a-f]{12})?\.json$/;
const utf8 = new TextDecoder();

/** Results of one folder, a small file each, spread over 256 folders. Any number of processes may read and write it. */
export function openStore(files: SweepFiles, folder: string): ResultStore {
  const placeOf = (id: string): string => `${folder}/results/${id.slice(0, 2)}`;
  const pathOf = (id: string): string => `${placeOf(id)}/${id}.json`;
  const known = new Map<string, ItemResult>();

  const fromDisk = (id: string): ItemResult | undefined => {
    const path = pathOf(id);
    return files.exists(path) ? readResult(utf8.decode(files.read(path)), id) : undefined;
  };
  const read = (id: string): ItemResult | undefined => {
    const result = known.get(id) ?? fromDisk(id);
    if (result !== undefined) known.set(id, result);
    return result;
  };
  const write = ({ result, digest: own, text }: SealedResult): void => {
    const { id } = result;
    const there = fromDisk(id);
    const other = there === undefined ? undefined : digestOf(there);
    if (own !== other) {
      if (there !== undefined && isRetryable(result)) return;
      if (there !== undefined && !isRetryable(there)) {
        files.write(`${placeOf(id)}/${id}.${own.slice(0, 12)}.json`, text);
        throw new DeterminismError(id, [other!, own]);
      }
      files.write(pathOf(id), text);
    }
    known.set(id, result);
  };
  const list = (): { ids: string[]; conflicts: string[] } => {
    const ids: string[] = [];
    const conflicts: string[] = [];
    for (const place of [...files.list(`${folder}/results`)].sort()) {
      for (const name of [...files.list(`${folder}/results/${place}`)].sort()) {
        const match = pattern.exec(name);
        if (match === null) continue;
        if (match[2] === undefined) ids.push(match[1]!);
        else conflicts.push(match[1]!);
      }
    }
    return { ids, conflicts };
  };
  return { read, write, list };
}
