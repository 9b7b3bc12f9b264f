import type { CellModel } from '../../src/device/cell-model.ts';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { hfox1t1r } from '../../src/device/hfox-1t1r.ts';
import { characterise, defaultCharacterise } from '../../src/laboratory/characterise.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { silentProgress } from '../../src/simulate/progress.ts';

const kernels = createKernels();

/** Million cells per second that `program` writes, after one round to warm up (and to simulate an ensemble). */
function rate(program: CellModel['program'], cells: number, tolerance: number): number {
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 1, columns: cells, device: 0, event: 0 };
  const mark = kernels.mark();
  const [target, written] = [kernels.allocate(4 * cells), kernels.allocate(4 * cells)];
  kernels.f32(target, cells).forEach((_, cell, goals) => {
    goals[cell] = 10e-6 + (70e-6 * cell) / cells;
  });
  program(kernels, written, target, block, tolerance, 500);
  const start = performance.now();
  const rounds = 3;
  for (let round = 0; round < rounds; round++) program(kernels, written, target, { ...block, event: round + 1 }, tolerance, 500);
  const seconds = (performance.now() - start) / 1000;
  kernels.release(mark);
  return (rounds * cells) / seconds / 1e6;
}

/** Programming and characterisation. */
export function benchDevice(print: (line: string) => void): void {
  const show = (name: string, millions: number): void => print(`  ${name.padEnd(44)} ${millions.toFixed(3)} M cells/s`);
  const simulated = cmoHfox.simulated![0]!;
  show('cmo-hfox, published statistics', rate(cmoHfox.program, 400_000, 0.002));
  show(
    'cmo-hfox, drawn from simulated outcomes',
    rate((...call) => simulated.program('statistical', ...call), 400_000, 0.002),
  );
  for (const tolerance of [0.002, 0.02])
    show(
      `cmo-hfox, pulse by pulse, ${tolerance * 100} %`,
      rate((...call) => simulated.program('pulses', ...call), 10_000, tolerance),
    );
  show(
    'hfox-1t1r, gate ramp, pulse by pulse',
    rate((...call) => hfox1t1r.simulated![0]!.program('pulses', ...call), 20_000, 0.002),
  );
  const start = performance.now();
  characterise(cmoHfox, defaultCharacterise, silentProgress);
  print(`  characterise of 100 000 cells                ${((performance.now() - start) / 1000).toFixed(2)} s`);
}
