import { type Format, formatBytes } from '../../isa/limits.ts';
import type { Interval } from './issued-operation.ts';
import { box, type Extents, groupOf, input, type Located } from './operand-boxes.ts';
import { operandRows } from './operand-rows.ts';
import { functionCode, hasFlag } from './table-lookup.ts';

/** Row vectors in IN_FORMAT at A, column vectors in OUT_FORMAT at B; one-hot operands are indices and read nothing. */
function outerOperands(op: Located): Interval[] {
  const group = groupOf(op);
  const { columns, csrs } = group;
  const [rowBytes, columnBytes] = [formatBytes[csrs.inFormat], formatBytes[csrs.outFormat]];
  return [...input(op.a, rowBytes, op.length * operandRows(group) * rowBytes), ...box(op.b, op.length * columns * columnBytes)];
}

export const updateExtents = (op: Located): Extents => ({ reads: outerOperands(op), writes: [] });

export function accumulateExtents(op: Located): Extents {
  const { rows, columns } = groupOf(op);
  const writes = box(op.d, rows * columns * 4);
  return { reads: [...outerOperands(op), ...writes], writes };
}

/** Format of the counts PUL reads. */
export function pulseCountFormat(flags: number): Format {
  if (hasFlag('PUL', 'I32', flags)) return 'i32';
  return hasFlag('PUL', 'I16', flags) ? 'i16' : 'i8';
}

export function pulseExtents(op: Located): Extents {
  const { rows, columns } = groupOf(op);
  const perLine = op.fn === functionCode('PUL', 'column') ? rows : columns;
  return { reads: box(op.a, op.length * perLine * formatBytes[pulseCountFormat(op.flags)]), writes: [] };
}

const countFormats: Readonly<Record<number, Format>> = {
  [functionCode('THA', 'to-i8')]: 'i8',
  [functionCode('THA', 'to-i16')]: 'i16',
  [functionCode('THA', 'to-i32')]: 'i32',
};

/** Format of the counts THA writes. */
export const emittedFormat = (fn: number): Format => countFormats[fn] ?? 'i8';

export function emitExtents(op: Located): Extents {
  const accumulator = box(op.a, op.length * 4);
  return { reads: accumulator, writes: [...box(op.d, op.length * formatBytes[emittedFormat(op.fn)]), ...accumulator] };
}

/** Matrices in the buffer of a transfer rule, one after the other. */
export function transferMatrices(fn: number): number {
  if (fn === functionCode('XFR', 'tt1')) return 0;
  return fn === functionCode('XFR', 'tt4') ? 3 : 1;
}

/** The buffer of a transfer, of which every call touches some rows; undefined where the rule has none. */
export function transferBuffer({ a, fn, group }: Located): Interval | undefined {
  if ((a.kind !== 'spm' && a.kind !== 'dram') || group === undefined || transferMatrices(fn) === 0) return undefined;
  return { space: a.kind, from: a.address, to: a.address + 4 * transferMatrices(fn) * group.rows * group.columns };
}

/** Rows `first` to `first + length - 1`, modulo the rows of the group, in every matrix of the buffer. */
export function transferExtents(op: Located): Extents {
  const { rows, columns } = groupOf(op);
  const { a, d } = op;
  if (a.kind !== 'spm' && a.kind !== 'dram') return { reads: [], writes: [] };
  const first = d.kind === 'value' ? ((d.value % rows) + rows) % rows : 0;
  const length = Math.min(op.length, rows);
  const spans = [[first, Math.min(rows, first + length)] as const, [0, Math.max(0, first + length - rows)] as const];
  const touched: Interval[] = [];
  for (let matrix = 0; matrix < transferMatrices(op.fn); matrix++) {
    for (const [from, to] of spans) {
      const row = a.address + 4 * columns * (matrix * rows + from);
      if (to > from) touched.push({ space: a.kind, from: row, to: row + 4 * columns * (to - from) });
    }
  }
  return { reads: touched, writes: touched };
}
