import { cpus } from 'node:os';
import { benchColdStart } from './cold-start.ts';
import { benchDevice } from './device.ts';
import { benchEndToEnd } from './end-to-end.ts';
import { benchEvents } from './events.ts';
import { benchGemm } from './gemm.ts';
import { benchMvm } from './mvm.ts';
import { benchNetworks } from './networks.ts';
import { benchSweep } from './sweep.ts';
import { benchTraining } from './training.ts';
import { benchUpdate } from './update.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is measured, against which target (one core unless said). */
const parts: readonly (readonly [string, (print: (line: string) => void) => void | Promise<void>])[] = [
  ['GEMM and random kernels (target 24 GFLOP/s: a quarter of OpenBLAS here)', benchGemm],
  ['Tile MVM (target 4.4 us a vector at 256x256, batch 32 and more: 1.5x aihwkit)', benchMvm],
  ['Update of a tile by pulses (target: half the processor time of aihwkit on the same vectors)', benchUpdate],
  ['Training steps (target: half the processor time of aihwkit on the same work)', benchTraining],
  ['Networks: compiled and simulated, 16 images each', benchNetworks],
  ['Timing machine (targets 5 M events/s, 0.3 M macro-instructions/s)', benchEvents],
  ['Device laboratory (targets 1 M cells/s statistical, characterise of 1e5 cells below 10 s)', benchDevice],
  ['End to end (target: the main job below 40 s)', benchEndToEnd],
  ['Sweeps (targets 100 points/s and core, 1.8 x on two processors, 10 000 points below 1 GB)', benchSweep],
  ['Cold start (target: help below 300 ms)', benchColdStart],
];

/** Names given on the command line choose parts by their first word. */
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
print(`ohmic benchmarks: node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [title, bench] of parts) {
  if (wanted.length > 0 && !wanted.some((word) => title.toLowerCase().startsWith(word))) continue;
  print(`\n${title}`);
  await bench(print);
}
