import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/cli/locate.ts';

const rounds = 7;

/** Best wall time of a command line in a fresh process, milliseconds; undefined when it fails. */
export function coldStart(words: readonly string[]): number | undefined {
  const main = join(packageRoot, 'dist/src/cli/main.js');
  if (!existsSync(main)) return undefined;
  let best: number | undefined;
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    const { status } = spawnSync(process.execPath, [main, ...words]);
    if (status !== 0) return undefined;
    best = Math.min(best ?? Number.POSITIVE_INFINITY, performance.now() - from);
  }
  return best;
}

/** Prints how long the built command takes to answer. Target: help below 300 ms. */
export function benchColdStart(print: (line: string) => void): void {
  for (const words of [['--help'], ['chip', 'list'], ['run', '--help']]) {
    const best = coldStart(words);
    print(
      `ohmic ${words.join(' ')}`.padEnd(31) +
        (best === undefined ? 'does not run: npm run build first' : `${best.toFixed(0)} ms`),
    );
  }
}
