/** A value that was read, and where: the names of members on the way. `names`: which members there are was asked. */
interface ReadValue {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly names: boolean;
}

/** What was read of an object. */
export interface Reads {
  /** Would a reader of `other` have met the same values? */
  readonly agreeWith: (other: object) => boolean;
}

const memberNames = (value: object): string => Object.keys(value).join('\n');

/**
 * A stand-in for plain data that notes what is read of it. A function that looks at nothing else gives the same for every object that
 * agrees with its reads.
 */
export function watchReads<T extends object>(given: T): { readonly watched: T; readonly reads: Reads } {
  const seen = new Map<string, ReadValue>();
  const note = (path: readonly string[], value: unknown, names: boolean): void => {
    const key = `${names}\n${path.join('\n')}`;
    if (!seen.has(key)) seen.set(key, { path, value, names });
  };
  // By place and not by object: one object at two places may be two objects elsewhere.
  const standIns = new Map<string, object>();

  function standInFor(value: object, path: readonly string[]): object {
    const place = path.join('\n');
    const known = standIns.get(place);
    if (known !== undefined) return known;
    // The target is a copy, as a proxy of a frozen object may not answer with stand-ins for its members.
    const made = new Proxy(Array.isArray(value) ? [...value] : { ...value }, {
      get(target, name, receiver) {
        const found: unknown = Reflect.get(target, name, receiver);
        if (typeof name === 'symbol' || typeof found === 'function') return found;
        const inner = [...path, name];
        if (typeof found === 'object' && found !== null) return standInFor(found, inner);
        note(inner, found, false);
        return found;
      },
      has(target, name) {
        note(path, memberNames(target), true);
        return Reflect.has(target, name);
      },
      ownKeys(target) {
        note(path, memberNames(target), true);
        return Reflect.ownKeys(target);
      },
      set() {
        throw new TypeError(`${path.join('.')} is written; want data that is only read`);
      },
    });
    standIns.set(place, made);
    return made;
  }

  const agreeWith = (other: object): boolean => {
    for (const { path, value, names } of seen.values()) {
      let at: unknown = other;
      for (const name of path) at = (at as Record<string, unknown> | null | undefined)?.[name];
      if (!names) {
        if (!Object.is(at, value)) return false;
      } else if (typeof at !== 'object' || at === null || memberNames(at) !== value) return false;
    }
    return true;
  };
  return { watched: standInFor(given, []) as T, reads: { agreeWith } };
}
