import fc from 'fast-check';
import { createProgramBuilder, type ProgramBuilder } from '../../src/isa/builder.ts';
import { agu, float, integer, register, window } from '../../src/isa/operands.ts';
import { idleActivity } from '../../src/sequence/activity.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createSequencer, type LoopControl } from '../../src/sequence/sequencer.ts';
import type { SourceSums } from '../../src/timing/running-sums.ts';
import type { IssuedWord } from '../../src/timing/word.ts';
import { groupCsrs, regions } from './operations.ts';

/** One word, or a loop over words. Areas are numbers 0..9; their generators walk with the loops. */
export type Piece =
  | { readonly kind: 'read' | 'back' | 'patch'; readonly from: number; readonly to: number; readonly length: number }
  | { readonly kind: 'vector' | 'load' | 'store'; readonly from: number; readonly to: number; readonly length: number }
  | { readonly kind: 'update' | 'transfer' | 'accumulate'; readonly from: number; readonly to: number; readonly length: number }
  | { readonly kind: 'fence' | 'wait' | 'rows' | 'count'; readonly length: number }
  | { readonly kind: 'loop'; readonly trips: number; readonly body: readonly Piece[] };

/** How the generator of an area walks. */
export interface Area {
  readonly stride: number;
  readonly inner: number;
  readonly copies: number;
}

export interface LoopProgram {
  readonly areas: readonly Area[];
  readonly pieces: readonly Piece[];
}

/** A phase and a layer of `regions`, by depth. */
const regionIds = ['phase', 'layer'].map((kind) => regions.find((region) => region.kind === kind)!.id);
const areaBytes = 1 << 15;
const areas = 10;
const dramFirst = 20;

const area = fc.nat(areas - 1);
const word = fc.oneof(
  fc.record({
    kind: fc.constantFrom('read', 'back', 'patch', 'update', 'transfer', 'accumulate'),
    ...{ from: area, to: area, length: fc.integer({ min: 1, max: 20 }) },
  }),
  fc.record({ kind: fc.constantFrom('vector', 'load', 'store'), from: area, to: area, length: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ kind: fc.constantFrom('fence', 'wait', 'rows', 'count'), length: fc.integer({ min: 1, max: 9 }) }),
);

const loopOf = (body: fc.Arbitrary<readonly Piece[]>, most: number): fc.Arbitrary<Piece> =>
  fc.record({ kind: fc.constant('loop' as const), trips: fc.integer({ min: 1, max: most }), body });
const words = fc.array(word as fc.Arbitrary<Piece>, { minLength: 1, maxLength: 4 });
const nest = fc
  .tuple(words, loopOf(words, 14), words)
  .map(([before, inner, after]) => [...before.slice(1), inner, ...after.slice(1)] as readonly Piece[]);

/** Programs of loops over every kind of word whose time the machine knows, two levels deep. */
export const loopPrograms: fc.Arbitrary<LoopProgram> = fc.record({
  areas: fc.array(
    fc.record({
      stride: fc.constantFrom(0, 0, 64, 256, 100, 784, 1024),
      inner: fc.constantFrom(0, 0, 0, 32, 100, 256),
      copies: fc.constantFrom(0, 0, 2, 3),
    }),
    { minLength: areas, maxLength: areas },
  ),
  pieces: fc.array(loopOf(fc.oneof(words, nest), 60), { minLength: 1, maxLength: 2 }),
});

const csrs = { ...groupCsrs, transferReads: 2, mapping: 'digital-offset' as const };

function emitWord(builder: ProgramBuilder, piece: Exclude<Piece, { kind: 'loop' }>): void {
  const { kind, length } = piece;
  const [from, to] = 'from' in piece ? [agu(piece.from), agu(piece.to)] : [agu(0), agu(1)];
  switch (kind) {
    case 'read':
      builder.emit('MVM', { flags: length % 3 === 0 ? ['ACC'] : [], unit: length % 2, a: from, d: to, length });
      break;
    case 'back':
      builder.emit('MVT', { unit: 0, a: from, d: to, length });
      break;
    case 'patch':
      builder.emit('MVM', { unit: 2, a: window(1), d: to, length: 3 * length });
      break;
    case 'vector':
      builder.emit('VEC', { fn: 'add', unit: length % 2, a: from, b: from, d: to, length });
      break;
    case 'load':
      builder.emit('DLD', { unit: length % 2, a: agu(dramFirst + ('from' in piece ? piece.from : 0)), d: to, length });
      break;
    case 'store':
      builder.emit('DST', { a: from, d: agu(dramFirst + ('to' in piece ? piece.to : 0)), length });
      break;
    case 'update':
      builder.emit('OPU', { fn: 'stochastic', unit: 3, d: float(0.1), a: from, b: to, length });
      break;
    case 'transfer':
      builder.emit('XFR', { fn: 'tt2', unit: 3, d: register(2), a: agu(30 + (length % 2)), b: integer(4), length });
      break;
    case 'accumulate':
      builder.emit('THA', { fn: 'to-i8', a: from, d: to, b: float(0.5), length });
      break;
    case 'fence':
      builder.emit('FENCE');
      break;
    case 'wait':
      builder.emit('DLY', { a: float(length * 5) });
      break;
    case 'rows':
      builder.csr('global', 'ROWS', length);
      break;
    case 'count':
      builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(3), a: integer(length) });
      break;
  }
}

function emitPiece(builder: ProgramBuilder, piece: Piece, level: number): void {
  if (piece.kind === 'loop')
    builder.loop(level, piece.trips, () => {
      const body = (): void => {
        for (const each of piece.body) emitPiece(builder, each, level + 1);
      };
      // Half of them in a layer or phase of their own.
      if (piece.trips % 2 === 0) builder.scope(regionIds[level]!, body);
      else body();
    });
  else emitWord(builder, piece);
}

/** Pulses and heat as a run without values declares them: they follow from the word alone. */
function activityOf({ mnemonic, length }: IssuedOperation) {
  if (mnemonic === 'OPU')
    return { ...idleActivity, pulseSlots: new Float64Array(length).fill(5), pulseJoules: length * 1.3e-12, linePulses: 3 };
  if (mnemonic === 'XFR') return { ...idleActivity, pulseSlots: new Float64Array(length).fill(1), readJoules: 7e-13 };
  return mnemonic === 'MVM' ? { ...idleActivity, readJoules: length * 3e-12 } : idleActivity;
}

const map = { height: 9, width: 9, channels: 4, kernelHeight: 3, kernelWidth: 3, strideY: 1, strideX: 1 };

/** The words of a program, with loop control and one sum: the operations that carried a group. */
export function loopSource({ areas: walks, pieces }: LoopProgram): {
  readonly next: () => IssuedWord | undefined;
  readonly loops: LoopControl | undefined;
  readonly sums: SourceSums;
  readonly withGroup: () => number;
} {
  const builder = createProgramBuilder('loops.oasm');
  builder.group({ id: 0, firstTile: 0, rowBlocks: 1, columnBlocks: 1, rows: 100, columns: 60 });
  builder.group({ id: 1, firstTile: 8, rowBlocks: 2, columnBlocks: 1, rows: 300, columns: 100 });
  builder.group({ id: 2, firstTile: 16, rowBlocks: 1, columnBlocks: 1, rows: 36, columns: 20, replicas: 2 });
  builder.group({ id: 3, firstTile: 24, rowBlocks: 1, columnBlocks: 1, rows: 64, columns: 32 });
  builder.group({ id: 4, firstTile: 30, rowBlocks: 1, columnBlocks: 1, rows: 64, columns: 32 });
  walks.forEach(({ stride, inner, copies }, at) => {
    const strides = [stride === 0 ? [] : [{ level: 0, bytes: stride }], inner === 0 ? [] : [{ level: 1, bytes: inner }]].flat();
    const modulus = copies * Math.max(stride, inner);
    builder.agu(at, { space: 'spm', base: at * areaBytes, strides, modulus });
    builder.agu(dramFirst + at, { space: 'dram', base: at * areaBytes, strides });
  });
  builder.agu(30, { space: 'spm', base: areas * areaBytes });
  builder.agu(31, { space: 'dram', base: 64 * areaBytes });
  builder.window(1, { agu: 1, ...map, padTop: 1, padLeft: 1, padBottom: 1, padRight: 1, dilation: 1 });
  for (const piece of pieces) emitPiece(builder, piece, 0);
  builder.emit('HALT');
  const program = builder.build();
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions, groupDefaults: csrs, format: 'f32' },
    ...{ scopes: program.scopes, special: undefined, watchAccesses: true },
  });
  let grouped = 0;
  return {
    next: () => {
      const operation = sequencer.next();
      if (operation === undefined) return undefined;
      if (operation.group !== undefined) grouped++;
      return { operation, activity: activityOf(operation) };
    },
    loops: sequencer.loops,
    sums: {
      read: () => [grouped],
      add: ([delta], times) => {
        grouped += times * (delta ?? 0);
      },
    },
    withGroup: () => grouped,
  };
}
