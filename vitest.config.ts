import { defineConfig } from 'vitest/config';

// One module graph a worker: no test keeps state in a module, and loading the graph anew for each file took 40 % of the suite.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, pool: 'threads', isolate: false, maxWorkers: 2 },
});
