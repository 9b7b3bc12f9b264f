/** Members that open a document, in this order; all others follow by name. */
const leading = ['schema', 'id', 'name'];

const byRank = (a: string, b: string): number => {
  const rank = (key: string) => (leading.includes(key) ? leading.indexOf(key) : leading.length);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
};

function ordered(value: unknown, path: string): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${path} is ${value}; want a finite number, JSON has no other`);
  }
  if (Array.isArray(value)) return value.map((item, index) => ordered(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => byRank(a, b));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member, path === '' ? key : `${path}.${key}`)]));
}

/**
 * A JSON document whose bytes depend on the data alone, not on the order in which members were added; ends with a newline.
 * Throws a RangeError naming the path of a number that JSON cannot hold.
 */
export const asJson = (document: unknown): string => JSON.stringify(ordered(document, ''), undefined, 2) + '\n';
