import type { CellModel } from '../../device/cell-model.ts';
import { ideal } from '../../device/ideal.ts';
import { createPulsed, type PulsedOptions } from '../../device/pulsed/create-pulsed.ts';
import { createProgramBuilder } from '../../isa/builder.ts';
import { agu, float, spm } from '../../isa/operands.ts';
import { moments } from '../../numeric/moments.ts';
import { createStream } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';
import { judge, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { runTraining } from '../training-program.ts';

/** A noise-free cell under soft-bounds or constant pulses. */
const cell = (options: Omit<PulsedOptions, 'law'>): CellModel => ({
  ...ideal,
  kind: 'pulse-row',
  pulsed: createPulsed({ law: 'linear', ...options }),
});

/** Soft bounds with alpha up 0.0745 and alpha down 0.1165. */
const skewed = { granularity: 0.1165, upDown: -(1 - 0.0745 / 0.1165) } as const;
const side = 200;
const pulses = 70;

/** Weights of side x side cells after random single pulses, half of them up. */
function randomPulses(cycleNoise: number, count: number): Float32Array {
  const stream = createStream(12, purposes.sampling);
  const counts = Int8Array.from({ length: count * side * side }, () => (stream.word() & 1 ? 1 : -1));
  const builder = createProgramBuilder('random-pulses.oasm');
  const buffer = builder.spm('counts', side * side);
  builder.agu(0, { space: 'dram', base: builder.dram('zeros', 4 * side * side, new Uint8Array(4 * side * side)) });
  const base = builder.dram('all_counts', counts.length, new Uint8Array(counts.buffer));
  builder.agu(1, { space: 'dram', base, strides: [{ level: 0, bytes: side * side }] });
  builder.csr('all', 'MAPPING', 'digital-offset');
  builder.group({ id: 0, firstTile: 0, rowBlocks: 1, columnBlocks: 1, rows: side, columns: side });
  builder.emit('PRG', { fn: 'verify', unit: 0, a: agu(0), length: side });
  builder.loop(0, count, () => {
    builder.emit('DLD', { d: spm(buffer), a: agu(1), length: side * side });
    builder.emit('PUL', { fn: 'matrix', unit: 0, a: spm(buffer), length: side });
  });
  builder.emit('HALT');
  return runTraining({ program: builder.build(), device: cell({ ...skewed, cycleNoise }), seed: 1, size: side }).weights(0);
}

/** Pulses of every cell of one update at p(x) = 0.3, p(d) = 0.4 and 31 slots; every update on lines of its own. */
function coincidences(updates: number, seed: number): readonly number[] {
  const builder = createProgramBuilder('coincidences.oasm');
  const lines = 32;
  const data = new Float32Array(2 * lines).fill(0.3, 0, lines).fill(0.4, lines);
  const at = builder.spm('operands', 8 * lines);
  builder.agu(0, { space: 'dram', base: builder.dram('zeros', 4 * lines * lines, new Uint8Array(4 * lines * lines)) });
  builder.agu(1, { space: 'dram', base: builder.dram('vectors', 8 * lines, new Uint8Array(data.buffer)) });
  builder.csr('all', 'MAPPING', 'digital-offset');
  for (const name of ['UPDATE_MANAGEMENT', 'LENGTH_MANAGEMENT'] as const) builder.csr('all', name, 0);
  builder.emit('DLD', { d: spm(at), a: agu(1), length: 8 * lines });
  for (let id = 0; id < updates; id++) {
    builder.group({ id, firstTile: 0, rowBlocks: 1, columnBlocks: 1, rows: lines, columns: lines });
    builder.emit('PRG', { fn: 'verify', unit: id, a: agu(0), length: lines });
    // rate = length x unit: the chance of a line is its value
    builder.emit('OPU', { fn: 'stochastic', unit: id, d: float(unit * 31), a: spm(at), b: spm(at + 4 * lines) });
  }
  builder.emit('HALT');
  const device = cell({ granularity: unit, slopeUp: 0, slopeDown: 0, cycleNoise: 0 });
  const machine = runTraining({ program: builder.build(), device, seed, size: lines });
  return Array.from({ length: updates }, (_, id) => [...machine.weights(id)].map((weight) => weight / unit)).flat();
}

const unit = 2 ** -10;

function symmetryRows(): readonly ValidationRow[] {
  const still = moments([...randomPulses(0, pulses)]);
  const noisy = moments([...randomPulses(0.9, pulses)]);
  const early = moments([...randomPulses(0, 10)]).mean;
  const cells = side * side;
  const row = (id: string, name: string, published: number, value: number, standardError: number) =>
    judge({
      ...{ id, name, published, value, standardError },
      unit: 'full-scale weights',
      tolerance: 0.03,
      class: 'in-sample',
      source: 'soft-bounds model, alpha 0.0745 / 0.1165: computed in closed form and by an independent Monte Carlo',
      samples: cells,
    });
  const decay = 1 / (1 - ((still.mean - early) / still.mean) ** (1 / 10));
  return [
    row('V12@mean', 'symmetry point that random pulses settle at', -0.221, still.mean, still.deviation / Math.sqrt(cells)),
    row('V12@deviation', 'spread around it', 0.215, still.deviation, still.deviation / Math.sqrt(2 * cells)),
    row(
      'V12@noise',
      'spread around it with pulse noise of 0.9 steps',
      0.298,
      noisy.deviation,
      noisy.deviation / Math.sqrt(2 * cells),
    ),
    judge({
      ...row('V12@decay', 'inverse of the share of a distance that one random pulse closes', 10.5, decay, 0.05),
      unit: 'pulses',
      tolerance: 0.03,
    }),
  ];
}

function coincidenceRows(): readonly ValidationRow[] {
  const [updates, runs] = [200, 3];
  const { mean, deviation } = moments(Array.from({ length: runs }, (_, run) => coincidences(updates, run + 1)).flat());
  // cells share lines: the mean is that of 32 + 32 lines and 31 slots of each update
  const error = mean * Math.sqrt((0.7 / 0.3 + 0.6 / 0.4) / (32 * 31 * updates * runs));
  const shared = { unit: 'pulses', tolerance: 0.01, class: 'in-sample', samples: runs * updates * 1024 } as const;
  const source = 'binomial law of 31 independent slots at p = 0.12 (Gokmen and Vlasov 2016)';
  return [
    judge({
      ...shared,
      source,
      id: 'V13@mean',
      name: 'mean coincidences of trains',
      published: 3.72,
      value: mean,
      standardError: error,
    }),
    judge({
      ...{ ...shared, source, id: 'V13@variance', name: 'variance of coincidences of trains', published: 3.2736 },
      value: deviation ** 2,
      standardError: error,
    }),
  ];
}

/** Pulses and trains of the update model. */
export const trainingPulseRows: RowFamily = {
  name: 'pulses and trains of updates',
  ids: ['V12', 'V13'],
  measure: () => [...symmetryRows(), ...coincidenceRows()],
};
