import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot, workloadsFolder } from '../../src/cli/locate.ts';

test('finds the folder of the package, with its workloads', () => {
  expect(existsSync(join(packageRoot, 'package.json'))).toBe(true);
  expect(existsSync(join(workloadsFolder, 'networks'))).toBe(true);
});
