import { cpus } from 'node:os';
import { benchColdStart } from './cold-start.ts';
import { benchEndToEnd } from './end-to-end.ts';
import { benchEvents } from './events.ts';
import { benchGemm } from './gemm.ts';
import { benchMvm } from './mvm.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is measured, against which target (one core unless said). */
const parts: readonly (readonly [string, (print: (line: string) => void) => void])[] = [
  ['GEMM and random kernels (target 24 GFLOP/s: a quarter of OpenBLAS here)', benchGemm],
  ['Tile MVM (target 4.4 us a vector at 256x256, batch 32 and more: 1.5x aihwkit)', benchMvm],
  ['Timing machine (targets 5 M events/s, 0.3 M macro-instructions/s)', benchEvents],
  ['End to end (target: the main job below 40 s)', benchEndToEnd],
  ['Cold start (target: help below 300 ms)', benchColdStart],
];

/** Names given on the command line choose parts by their first word. */
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
print(`ohmic benchmarks: node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [title, bench] of parts) {
  if (wanted.length > 0 && !wanted.some((word) => title.toLowerCase().startsWith(word))) continue;
  print(`\n${title}`);
  bench(print);
}
