import { instructions, type Mnemonic } from '../../isa/instructions.ts';
import type { InstructionTable } from '../../isa/spec.ts';
import type { ChipDescription } from '../../src/chip/description.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import type { CellModel } from '../../src/device/cell-model.ts';
import { ideal } from '../../src/device/ideal.ts';
import type { Program } from '../../src/isa/program.ts';
import { createMachine, type Machine } from '../../src/machine/machine.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { createStream } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';
import type { Activity } from '../../src/sequence/activity.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import type { GroupCsrs, GroupShape, IssuedOperation, ResolvedOperand } from '../../src/sequence/issued-operation.ts';

/** Parts of a chip that the value machine reads; everything else is filled by the cast. */
export interface ChipOptions {
  readonly rows?: number;
  readonly columns?: number;
  readonly spmBytes?: number;
  readonly array?: Partial<ChipDescription['tile']['array']>;
  readonly adc?: Partial<ChipDescription['tile']['adc']>;
}

export function testChip(options: ChipOptions = {}): ChipDescription {
  const { rows = 256, columns = 256, spmBytes = 1 << 20, array = {}, adc = {} } = options;
  const tile = {
    rows,
    columns,
    array: { readV: 0.2, accessOhm: 0, lineOhmPerCell: 0.35, parallelWrites: 4, readNoiseFraction: 0, irDrop: 'off', ...array },
    input: { coding: 'pulse-width', bits: 8, stepS: 2e-9 },
    adc: { offsetLsb: 0, gainError: 0, inlLsb: 0, noiseLsb: 0, range: 10, bits: 8, ...adc },
  };
  return { name: 'test', scratchpad: { bytes: spmBytes }, tile } as unknown as ChipDescription;
}

/** Ideal converters and pairs of cells, numbers as they are. */
export const idealCsrs: GroupCsrs = {
  ...groupDefaults(chipPreset('ideal').description),
  dacMode: 'pulse-width',
  noiseManagement: 'abs-max',
  boundManagement: 0,
  irDrop: 'off',
};

export function testGroup(
  rows: number,
  columns: number,
  options: Partial<Omit<GroupShape, 'csrs'>> = {},
  csrs: Partial<GroupCsrs> = {},
): GroupShape {
  const position = { firstTile: 0, rowBlocks: 1, columnBlocks: 1, replicas: 1, rowOffset: 0, columnOffset: 0 };
  return { id: 0, rows, columns, ...position, ...options, csrs: { ...idealCsrs, ...csrs } };
}

export const none: ResolvedOperand = { kind: 'none' };
export const spm = (address: number): ResolvedOperand => ({ kind: 'spm', address });
export const dram = (address: number): ResolvedOperand => ({ kind: 'dram', address });
export const value = (number: number): ResolvedOperand => ({ kind: 'value', value: number });

type Operation = Partial<Omit<IssuedOperation, 'mnemonic' | 'fn' | 'flags'>> & {
  readonly fn?: string | number;
  readonly flags?: readonly string[];
};

/** An issued operation with functions and flags by their names in the table. */
export function operation(mnemonic: Mnemonic, { fn = 0, flags = [], ...fields }: Operation): IssuedOperation {
  const row = (instructions as InstructionTable)[mnemonic]!;
  const code = typeof fn === 'number' ? fn : row.functions![fn]!;
  const bits = flags.reduce((sum, flag) => sum | (1 << row.flags![flag]!.bit), 0);
  const rest = {
    sequence: 1,
    word: 7,
    unit: 0,
    length: 1,
    d: none,
    a: none,
    b: none,
    group: undefined,
    format: 'f32',
    rows: 1,
  } as const;
  return { ...rest, reads: [], writes: [], layer: -1, phase: -1, ...fields, mnemonic, fn: code, flags: bits };
}

export const emptyProgram: Program = {
  words: new Uint32Array(0),
  symbols: [],
  regions: [],
  data: [],
  sourceName: 'test',
  lines: [],
};

const bytesOf = (values: ArrayLike<number>): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

/** A machine with shorthand for tests. */
export interface Bench {
  readonly machine: Machine;
  put(address: number, values: ArrayLike<number>): void;
  floats(address: number, count: number): Float32Array;
  /** Programs a group to row-major weights. */
  program(group: GroupShape, weights: ArrayLike<number>, flags?: readonly string[]): Activity;
  /** y = W x (or W^T x) for the vectors of x, one after the other. */
  multiply(
    group: GroupShape,
    x: ArrayLike<number>,
    options?: { mnemonic?: 'MVM' | 'MVT'; sequence?: number },
  ): { y: Float32Array; activity: Activity };
}

interface BenchOptions {
  readonly chip?: ChipDescription;
  readonly device?: CellModel;
  readonly seed?: number;
  readonly chipSeed?: number;
  readonly program?: Program;
}

export function testBench({
  chip = testChip(),
  device = ideal,
  seed = 1,
  chipSeed = 1,
  program = emptyProgram,
}: BenchOptions = {}): Bench {
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed });
  const floats = (address: number, count: number) => new Float32Array(machine.readSpm(address, 4 * count).buffer);
  return {
    machine,
    put: (address, values) => machine.writeSpm(address, bytesOf(values)),
    floats,
    program: (group, weights, flags = []) => {
      machine.writeDram(0, bytesOf(weights));
      return machine.execute(operation('PRG', { fn: 'verify', flags, group, a: dram(0), length: group.rows }));
    },
    multiply: (group, x, { mnemonic = 'MVM', sequence = 1 } = {}) => {
      const [inputs, outputs] = mnemonic === 'MVM' ? [group.rows, group.columns] : [group.columns, group.rows];
      const n = x.length / inputs;
      machine.writeSpm(0, bytesOf(x));
      const out = 4 * x.length;
      const activity = machine.execute(operation(mnemonic, { group, a: spm(0), d: spm(out), length: n, sequence }));
      return { y: floats(out, n * outputs), activity };
    },
  };
}

/** Uniform numbers in [-1, 1), from a seed. */
export function uniforms(seed: number, count: number): Float32Array {
  const stream = createStream(seed, purposes.sampling);
  return Float32Array.from({ length: count }, () => 2 * stream.uniform() - 1);
}

/** y = W x and sum |w x| per output, in f64. */
export function exactProduct(
  weights: ArrayLike<number>,
  x: ArrayLike<number>,
  rows: number,
  columns: number,
): { y: number[]; magnitude: number[] } {
  const n = x.length / rows;
  const [y, magnitude] = [new Array<number>(n * columns).fill(0), new Array<number>(n * columns).fill(0)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < rows; j++) {
      for (let c = 0; c < columns; c++) {
        const term = weights[j * columns + c]! * x[i * rows + j]!;
        y[i * columns + c]! += term;
        magnitude[i * columns + c]! += Math.abs(term);
      }
    }
  }
  return { y, magnitude };
}

export const rootMeanSquare = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
};
