import { hashOf } from '../config/hash.ts';
import type { ProgrammedCells } from '../device/shared-programming.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import { evaluate } from '../network/evaluate.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { SharedWork } from '../simulate/shared-work.ts';
import { semantics } from '../simulate/version.ts';
import { readReference, type ScoredReference, writeReference } from './reference-file.ts';
import type { SweepFiles } from './result-store.ts';
import { type Reads, watchReads } from './watch-reads.ts';

/** References kept in memory; weights of a small network are a megabyte. */
const keptReferences = 4;
/** Results by what they read: programs hold the weights in DRAM, so not many of them. */
const keptByReads = 24;
/** Files of which the meaning is kept. */
const keptTexts = 32;

/** Bytes of programmed cells kept, six a cell: 20 million cells. Assumed. */
const keptCellBytes = 128 * 2 ** 20;

/** Keeps the programmed cells used last, up to `most` bytes. */
function createCellStore(most: number) {
  const kept = new Map<string, ProgrammedCells>();
  let bytes = 0;
  const bytesOf = ({ writtenS, outcome }: ProgrammedCells): number => writtenS.byteLength + outcome.pulses.byteLength;
  return (key: string, make: () => ProgrammedCells): ProgrammedCells => {
    const known = kept.get(key);
    const cells = known ?? make();
    if (known === undefined) bytes += bytesOf(cells);
    kept.delete(key);
    kept.set(key, cells);
    for (const [oldest, old] of kept) {
      if (bytes <= most) break;
      kept.delete(oldest);
      bytes -= bytesOf(old);
    }
    return cells;
  };
}

/** Drops the oldest entry of a map that has grown past `most`. */
function dropOldest(map: Map<string, unknown>, most: number): void {
  const oldest = map.keys().next().value;
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

/** One result and what it rests on. */
interface ByReads {
  readonly owner: object;
  readonly key: string;
  readonly reads: Reads;
  readonly result: unknown;
}

/**
 * Work that items share: data sets stay in memory, trained references also in `folder`, where other workers find them. A damaged
 * file is trained anew; a folder that cannot be written costs time only.
 */
export function createSharedWork(files: SweepFiles, folder: string, cellBytes = keptCellBytes): SharedWork {
  const sets = new Map<string, DataSplit>();
  const references = new Map<string, ScoredReference>();
  const made = new WeakMap<object, Map<string, unknown>>();

  const fetch = (path: string): ScoredReference | undefined => (files.exists(path) ? readReference(files.read(path)) : undefined);
  const keep = (path: string, reference: ScoredReference): void => {
    try {
      files.write(path, writeReference(reference));
    } catch {
      // The next worker trains for itself.
    }
  };
  const remember = (name: string, reference: ScoredReference): void => {
    references.delete(name);
    references.set(name, reference);
    dropOldest(references, keptReferences);
  };
  const once = <T>(owner: object, key: string, make: () => T): T => {
    const own = made.get(owner) ?? new Map<string, unknown>();
    made.set(owner, own);
    if (!own.has(key)) own.set(key, make());
    return own.get(key) as T;
  };
  const texts = new Map<string, unknown>();
  /** Latest used last. */
  const byReads: ByReads[] = [];
  const fromReads = <G extends object, T>(owner: object, key: string, given: G, make: (given: G) => T): T => {
    const at = byReads.findLastIndex((entry) => entry.owner === owner && entry.key === key && entry.reads.agreeWith(given));
    const [known] = at < 0 ? [] : byReads.splice(at, 1);
    if (known !== undefined) {
      byReads.push(known);
      return known.result as T;
    }
    const { watched, reads } = watchReads(given);
    const result = make(watched);
    byReads.push({ owner, key, reads, result });
    if (byReads.length > keptByReads) byReads.shift();
    return result;
  };

  return {
    data: (name, make) => {
      const known = sets.get(name) ?? make();
      sets.set(name, known);
      return known;
    },
    reference: (key, test, make) => {
      const name = hashOf({ semantics, key });
      const path = `${folder}/reference-${name.slice(0, 24)}.bin`;
      const known = references.get(name) ?? fetch(path);
      const reference = known ?? { ...make(), test: test.digest };
      if (known === undefined) keep(path, reference);
      remember(name, reference);
      const { parameters } = reference;
      if (reference.test === test.digest) return reference;
      const accuracy = once(
        parameters,
        `accuracy on ${test.digest}`,
        () => evaluate(createKernels(), key.network, parameters, test).accuracy,
      );
      return { parameters, accuracy };
    },
    once,
    fromReads,
    programmed: createCellStore(cellBytes),
    text: <T>(file: string, text: string, make: () => T): T => {
      const name = `${file}\n${text}`;
      const known = texts.has(name) ? (texts.get(name) as T) : make();
      texts.set(name, known);
      dropOldest(texts, keptTexts);
      return known;
    },
  };
}
