import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, found upward from this file: two levels from `src/cli`, three from `dist/src/cli`. */
function findPackageRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, 'package.json')) || !existsSync(join(at, 'workloads'))) {
    const above = dirname(at);
    if (above === at) throw new RangeError('no package.json beside workloads above the program; want a complete installation');
    at = above;
  }
  return at;
}

export const packageRoot = findPackageRoot();
export const workloadsFolder = join(packageRoot, 'workloads');
