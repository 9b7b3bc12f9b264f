import { hashOf } from '../config/hash.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import { evaluate } from '../network/evaluate.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { SharedWork } from '../simulate/shared-work.ts';
import { semantics } from '../simulate/version.ts';
import { readReference, type ScoredReference, writeReference } from './reference-file.ts';
import type { SweepFiles } from './result-store.ts';

/** References kept in memory; weights of a small network are a megabyte. */
const keptReferences = 4;

/**
 * Work that items share: data sets stay in memory, trained references also in `folder`, where other workers find them. A damaged
 * file is trained anew; a folder that cannot be written costs time only.
 */
export function createSharedWork(files: SweepFiles, folder: string): SharedWork {
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
    const oldest = references.keys().next().value;
    if (references.size > keptReferences && oldest !== undefined) references.delete(oldest);
  };
  const once = <T>(owner: object, key: string, make: () => T): T => {
    const own = made.get(owner) ?? new Map<string, unknown>();
    made.set(owner, own);
    if (!own.has(key)) own.set(key, make());
    return own.get(key) as T;
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
  };
}
