/** Edits (insert, delete, replace, swap of neighbours) that turn one text into the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = last[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, last[column]! + 1, current[column - 1]! + 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) current[column] = Math.min(current[column]!, beforeLast[column - 2]! + 1);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length]!;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_.-]/g, '');

/**
 * The candidate a reader most likely meant, ignoring case, spaces and hyphens; undefined when none is near. A candidate that
 * begins with the text (or the other way round) counts as near. The first of equals wins.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const offered = plain(candidate);
    const begins = wanted.length >= 2 && offered.length >= 2 && (offered.startsWith(wanted) || wanted.startsWith(offered));
    const distance = begins ? Math.min(editDistance(wanted, offered), 1.5) : editDistance(wanted, offered);
    if (distance > Math.max(1, Math.ceil(Math.max(wanted.length, offered.length) / 3)) || distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}
