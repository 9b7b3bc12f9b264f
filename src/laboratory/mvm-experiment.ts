import type { ChipDescription } from '../chip/description.ts';
import { chipPreset } from '../chip/presets.ts';
import { varyChip } from '../chip/vary.ts';
import { type Compensation, emitCorrection } from '../compiler/compensation.ts';
import type { CellModel } from '../device/cell-model.ts';
import { createProgramBuilder } from '../isa/builder.ts';
import { agu, literal, register, spm } from '../isa/operands.ts';
import type { Program } from '../isa/program.ts';
import { createMachine } from '../machine/machine.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Stream } from '../numeric/philox.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import { createSequencer } from '../sequence/sequencer.ts';

/** Random matrix-vector products on one tile, as the published MVM error studies do. */
export interface MvmExperiment {
  readonly size: number;
  readonly vectors: number;
  readonly device: CellModel;
  /** Chip settings on top of preset `ideal`. */
  readonly settings: readonly string[];
  readonly tolerance: number;
  /** Retention times, s, ascending; 0 = right after programming. */
  readonly ages: readonly number[];
  /** Correction of drift from calibration reads at every age; those of the first age are what later ones are compared with. */
  readonly compensation?: Compensation;
}

const addressOf = { inputs: 0 } as const;

/** Chip of an experiment: one tile large enough. */
export function experimentChip({ size, settings }: MvmExperiment): ChipDescription {
  const base = [`tile.rows=${size}`, `tile.columns=${2 * size + 1}`, 'grid.rows=1', 'grid.columns=1'];
  return varyChip(chipPreset('ideal'), [...base, ...settings]).chip.description;
}

/** Programs the weights, then per age reads all vectors: outputs lie one age after the other. */
function buildProgram(
  experiment: MvmExperiment,
  weights: Float32Array,
  inputs: Float32Array,
): { program: Program; outputs: number } {
  const { size, ages, tolerance, compensation = 'none' } = experiment;
  const vectors = inputs.length / size;
  const builder = createProgramBuilder('mvm-experiment.oasm');
  builder.spm('inputs', vectors * size * 4);
  const outputs = builder.spm('outputs', ages.length * vectors * size * 4);
  const dram = (name: string, values: Float32Array, id: number): void => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    builder.agu(id, { space: 'dram', base: builder.dram(name, bytes.length, bytes) });
  };
  dram('weights', weights, 0);
  dram('input_values', inputs, 1);
  const load = (id: number, value: number): void => builder.emit('SETR', { fn: 'lit', d: register(id), ...literal(value) });
  builder.group({ id: 0, firstTile: 0, rowBlocks: 1, columnBlocks: 1, rows: size, columns: size });
  load(1, tolerance);
  builder.csr(0, 'PROGRAM_TOLERANCE', register(1));
  // Per-read noise and converter mismatch are not part of the published study.
  builder.csr(0, 'NOISE_ON', 0);
  builder.emit('DLD', { d: spm(addressOf.inputs), a: agu(1), length: vectors * size * 4 });
  builder.emit('PRG', { fn: 'verify', unit: 0, a: agu(0), length: size });
  ages.forEach((age, index) => {
    const more = age - (ages[index - 1] ?? 0);
    if (more > 0) {
      load(1, more);
      builder.emit('DLY', { flags: ['AGE'], a: register(1) });
    }
    emitCorrection(builder, compensation, [{ group: 0, rows: size }]);
    builder.emit('MVM', { d: spm(outputs + index * vectors * size * 4), a: spm(addressOf.inputs), unit: 0, length: vectors });
  });
  builder.emit('HALT');
  return { program: builder.build(), outputs };
}

/** Root-mean-square error of y = W x per age, in weight x input units, for one random matrix with entries in +-1. */
export function mvmErrors(experiment: MvmExperiment, chip: ChipDescription, stream: Stream, chipSeed: number): readonly number[] {
  const { size, vectors, ages, device } = experiment;
  const symmetric = (): number => 2 * stream.uniform() - 1;
  const weights = Float32Array.from({ length: size * size }, symmetric);
  const inputs = Float32Array.from({ length: vectors * size }, symmetric);
  const { program, outputs } = buildProgram(experiment, weights, inputs);
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed: chipSeed, chipSeed });
  const sequencer = createSequencer({
    instructions: decodeProgram(program.words),
    regions: [],
    groupDefaults: groupDefaults(chip),
    format: chip.vector.format,
    special: machine.special,
  });
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) machine.execute(operation);
  const exact = exactProducts(weights, inputs, size, vectors);
  const bytes = machine.readSpm(outputs, ages.length * inputs.length * 4);
  const simulated = new Float32Array(bytes.slice().buffer);
  return ages.map((_, age) => {
    const from = age * inputs.length;
    let squares = 0;
    for (let index = 0; index < exact.length; index++) squares += (simulated[from + index]! - exact[index]!) ** 2;
    return Math.sqrt(squares / exact.length);
  });
}

function exactProducts(weights: Float32Array, inputs: Float32Array, size: number, vectors: number): Float64Array {
  const products = new Float64Array(vectors * size);
  for (let vector = 0; vector < vectors; vector++)
    for (let row = 0; row < size; row++) {
      const input = inputs[vector * size + row]!;
      for (let column = 0; column < size; column++) products[vector * size + column]! += input * weights[row * size + column]!;
    }
  return products;
}
