import { type Format, formatBytes } from '../../isa/limits.ts';
import type { Interval } from './issued-operation.ts';
import { box, type Extents, groupOf, input, type Located, map, none, windowElements } from './operand-boxes.ts';
import { operandRows } from './operand-rows.ts';
import { functionCode, hasFlag } from './table-lookup.ts';
import { accumulateExtents, emitExtents, pulseExtents, transferExtents, updateExtents } from './training-extents.ts';

function mvm(op: Located): Extents {
  const group = groupOf(op);
  const { columns, csrs } = group;
  const rows = operandRows(group);
  const outBytes = op.mnemonic === 'MVM' && hasFlag('MVM', 'RAW', op.flags) ? 4 : formatBytes[csrs.outFormat];
  const inBytes = formatBytes[csrs.inFormat];
  const [inputs, outputs] = op.mnemonic === 'MVT' ? [columns, rows] : [rows, columns];
  const writes = box(op.d, op.length * outputs * outBytes);
  const accumulated = hasFlag(op.mnemonic as 'MVM' | 'MVT', 'ACC', op.flags) ? writes : [];
  return { reads: [...input(op.a, inBytes, op.length * inputs * inBytes), ...accumulated], writes };
}

function dma(op: Located): Extents {
  const rows = Math.max(op.fn, 1);
  const pitch = op.b.kind === 'value' && op.b.value !== 0 ? op.b.value : op.length;
  const packed = rows * op.length;
  const spread = (rows - 1) * pitch + op.length;
  if (op.mnemonic === 'DLD') return { reads: box(op.a, spread), writes: box(op.d, packed) };
  const writes = box(op.d, spread);
  return { reads: [...box(op.a, packed), ...(hasFlag('DST', 'A', op.flags) ? writes : [])], writes };
}

function move(op: Located): Extents {
  const bytes = formatBytes[op.format];
  const { length, rows } = op;
  switch (op.fn) {
    case functionCode('MOV', 'copy'):
      return { reads: box(op.a, length * bytes), writes: box(op.d, length * bytes) };
    case functionCode('MOV', 'strided'): {
      const pitch = op.b.kind === 'value' && op.b.value !== 0 ? op.b.value : length;
      return { reads: box(op.a, ((rows - 1) * pitch + length) * bytes), writes: box(op.d, rows * length * bytes) };
    }
    case functionCode('MOV', 'spread'): {
      const pitch = op.b.kind === 'value' && op.b.value !== 0 ? op.b.value : length;
      return { reads: box(op.a, rows * length * bytes), writes: box(op.d, ((rows - 1) * pitch + length) * bytes) };
    }
    case functionCode('MOV', 'im2col'): {
      if (op.a.kind !== 'window') return none;
      return { reads: map(op.a.window, bytes), writes: box(op.d, length * windowElements(op.a) * bytes) };
    }
    case functionCode('MOV', 'col2im'): {
      if (op.a.kind !== 'window') return none;
      const { height, width, channels, address } = op.a.window;
      const writes = box(op.d, height * width * channels * bytes);
      const columns: Interval = { space: 'spm', from: address, to: address + length * windowElements(op.a) * bytes };
      return { reads: [columns, ...writes], writes };
    }
    case functionCode('MOV', 'transpose'):
      return { reads: box(op.a, rows * length * bytes), writes: box(op.d, rows * length * bytes) };
    case functionCode('MOV', 'broadcast'):
      return { reads: box(op.a, length * bytes), writes: box(op.d, rows * length * bytes) };
    default:
      return { reads: [], writes: box(op.d, length * bytes) };
  }
}

function vector(op: Located): Extents {
  const bytes = formatBytes[op.format];
  const elements = op.length * (hasFlag('VEC', 'ROW', op.flags) ? op.rows : 1);
  const right = hasFlag('VEC', 'ROW', op.flags) ? op.length : elements;
  const writes = box(op.d, elements * bytes);
  const readsOwn =
    op.fn === functionCode('VEC', 'mac') || op.fn === functionCode('VEC', 'axpy') || op.fn === functionCode('VEC', 'select');
  return { reads: [...box(op.a, elements * bytes), ...box(op.b, right * bytes), ...(readsOwn ? writes : [])], writes };
}

/** Entries of the table ACT.lut reads. */
export const lookupTableEntries = 256;

function activation(op: Located): Extents {
  const bytes = formatBytes[op.format];
  const second = op.fn === functionCode('ACT', 'lut') ? lookupTableEntries : op.length;
  return { reads: [...box(op.a, op.length * bytes), ...box(op.b, second * bytes)], writes: box(op.d, op.length * bytes) };
}

function reduce(op: Located): Extents {
  const stride = op.b.kind === 'value' && op.b.value !== 0 ? op.b.value : 1;
  const bytes = formatBytes[op.format];
  const result = op.fn === functionCode('RED', 'argmax') ? 4 : bytes;
  return { reads: box(op.a, op.rows * op.length * stride * bytes), writes: box(op.d, op.rows * result) };
}

function pool(op: Located): Extents {
  if (op.a.kind !== 'window') return none;
  const bytes = formatBytes[op.format];
  const { height, width, channels, address } = op.a.window;
  const pooled = op.length * channels;
  const index = box(op.b, pooled * 4);
  if (!hasFlag('POOL', 'BWD', op.flags))
    return { reads: map(op.a.window, bytes), writes: [...box(op.d, pooled * bytes), ...index] };
  const gradient: Interval = { space: 'spm', from: address, to: address + pooled * bytes };
  return { reads: [gradient, ...index], writes: box(op.d, height * width * channels * bytes) };
}

function product(op: Located): Extents {
  const { length, rows, columns = 1 } = op;
  const bytes = formatBytes[op.format];
  const writes = box(op.d, rows * columns * bytes);
  const added = hasFlag('MMD', 'ACC', op.flags) ? writes : [];
  return { reads: [...box(op.a, rows * length * bytes), ...box(op.b, length * columns * bytes), ...added], writes };
}

function loss(op: Located): Extents {
  const bytes = formatBytes[op.format];
  return {
    reads: [...box(op.a, op.rows * op.length * bytes), ...box(op.b, op.rows)],
    writes: box(op.d, op.rows * op.length * bytes),
  };
}

const quantised: Readonly<Record<number, Format>> = {
  [functionCode('QNT', 'to-i8')]: 'i8',
  [functionCode('QNT', 'to-i16')]: 'i16',
  [functionCode('QNT', 'to-i32')]: 'i32',
  [functionCode('QNT', 'to-bf16')]: 'bf16',
  [functionCode('QNT', 'to-f32')]: 'f32',
  [functionCode('QNT', 'to-u8')]: 'u8',
  [functionCode('QNT', 'stochastic-i8')]: 'i8',
};

/** Format a QNT function writes; clip keeps the working format. */
export const quantisedFormat = (fn: number, format: Format): Format => quantised[fn] ?? format;

function quantise(op: Located): Extents {
  const target = formatBytes[quantisedFormat(op.fn, op.format)];
  return { reads: box(op.a, op.length * formatBytes[op.format]), writes: box(op.d, op.length * target) };
}

function readWeights(op: Located): Extents {
  const { rows, columns } = groupOf(op);
  const vectorLength = op.fn === functionCode('RDV', 'row') ? columns : rows;
  return { reads: [], writes: box(op.d, op.length * vectorLength * 4) };
}

function calibrate(op: Located): Extents {
  const group = groupOf(op);
  const { rows, columns, csrs } = group;
  const inBytes = formatBytes[csrs.inFormat];
  return {
    reads: input(op.a, inBytes, op.length * operandRows(group) * inBytes),
    writes: box(op.d, (hasFlag('CAL', 'T', op.flags) ? rows : columns) * 4),
  };
}

function program(op: Located): Extents {
  const { rows, columns } = groupOf(op);
  return { reads: box(op.a, rows * columns * 4), writes: box(op.d, 3 * 4) };
}

/**
 * Bytes an operation reads and writes, as exact dense boxes after AGUs and windows are resolved. The hazard scoreboard,
 * the loader's bounds and the traffic of the timing machine all rest on it.
 */
export function extentsOf(op: Located): Extents {
  switch (op.mnemonic) {
    case 'MVM':
    case 'MVT':
      return mvm(op);
    case 'DLD':
    case 'DST':
      return dma(op);
    case 'MOV':
      return move(op);
    case 'VEC':
      return vector(op);
    case 'ACT':
      return activation(op);
    case 'RED':
      return reduce(op);
    case 'POOL':
      return pool(op);
    case 'LOSS':
      return loss(op);
    case 'QNT':
      return quantise(op);
    case 'MMD':
      return product(op);
    case 'RDV':
      return readWeights(op);
    case 'CAL':
      return calibrate(op);
    case 'PRG':
      return program(op);
    case 'SEND':
      return { reads: box(op.a, op.length), writes: [] };
    case 'RECV': {
      const writes = box(op.d, op.length);
      return { reads: hasFlag('RECV', 'ACC', op.flags) ? writes : [], writes };
    }
    case 'OPU':
      return updateExtents(op);
    case 'PUL':
      return pulseExtents(op);
    case 'XFR':
      return transferExtents(op);
    case 'OPD':
      return accumulateExtents(op);
    case 'THA':
      return emitExtents(op);
    default:
      return none;
  }
}
