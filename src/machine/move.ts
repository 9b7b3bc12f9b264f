import { formatBytes } from '../../isa/limits.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation, Window } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { loadFloats, storeFloats } from './formats.ts';
import { describe, numberOf, spmAddress, spmPointer } from './memory.ts';
import { functionOf } from './table-functions.ts';
import { trap } from './trap.ts';
import { checkPixels, mapElements, windowElements, windowRows } from './windows.ts';

/** Bytes of `count` elements at an operand, in CSR FORMAT. */
function bytesAt(context: MachineContext, op: IssuedOperation, name: 'd' | 'a', count: number): Uint8Array {
  return context.kernels.u8(
    spmPointer(context.scratchpad, op, spmAddress(op, name), count, op.format),
    count * formatBytes[op.format],
  );
}

function windowOf(op: IssuedOperation): Window {
  if (op.a.kind === 'window') return op.a.window;
  throw trap(op, `operand A is ${describe(op.a)}; want a window`);
}

/** Repeats one row. */
function broadcast(context: MachineContext, op: IssuedOperation): void {
  const bytes = op.length * formatBytes[op.format];
  const out = bytesAt(context, op, 'd', op.rows * op.length);
  out.set(bytesAt(context, op, 'a', op.length));
  // what is there is doubled: many short rows cost few copies
  for (let done = bytes; done < out.length; done *= 2) out.copyWithin(done, 0, Math.min(done, out.length - done));
}

/** Row `r` of `out` is `length` elements taken `pitch` elements after those of row r - 1. */
function copyRows(context: MachineContext, op: IssuedOperation, pitch: number): void {
  const size = formatBytes[op.format];
  const { length, rows } = op;
  const source = bytesAt(context, op, 'a', (rows - 1) * pitch + length).slice();
  const out = bytesAt(context, op, 'd', rows * length);
  for (let row = 0; row < rows; row++)
    out.set(source.subarray(row * pitch * size, (row * pitch + length) * size), row * length * size);
}

/** The other way round: row `r` of A goes `pitch` elements after row r - 1; what lies between stays. */
function spreadRows(context: MachineContext, op: IssuedOperation, pitch: number): void {
  const size = formatBytes[op.format];
  const { length, rows } = op;
  const source = bytesAt(context, op, 'a', rows * length).slice();
  const out = bytesAt(context, op, 'd', (rows - 1) * pitch + length);
  for (let row = 0; row < rows; row++)
    out.set(source.subarray(row * length * size, (row + 1) * length * size), row * pitch * size);
}

/** Element (i, j) of ROWS x length goes to (j, i). */
function transpose(context: MachineContext, op: IssuedOperation): void {
  const size = formatBytes[op.format];
  const { length, rows } = op;
  const source = bytesAt(context, op, 'a', rows * length).slice();
  const out = bytesAt(context, op, 'd', rows * length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < length; j++) {
      for (let byte = 0; byte < size; byte++) out[(j * rows + i) * size + byte] = source[(i * length + j) * size + byte]!;
    }
  }
}

/** `length` im2col rows of the window under A. */
function gatherWindow(context: MachineContext, op: IssuedOperation): void {
  const window = windowOf(op);
  const width = windowElements(window);
  const rows = windowRows(context, op, window, op.format, 1, width);
  const count = op.length * width;
  storeFloats(context.kernels, spmPointer(context.scratchpad, op, spmAddress(op, 'd'), count, op.format), rows, count, op.format);
}

/** Adds `length` im2col rows, which lie where the window's generator points, into a map of the window's shape at D. */
function scatterWindow(context: MachineContext, op: IssuedOperation): void {
  const { kernels, scratchpad } = context;
  const window = windowOf(op);
  checkPixels(op, window);
  const {
    height,
    width,
    channels,
    kernelHeight,
    kernelWidth,
    strideY,
    strideX,
    padTop,
    padLeft,
    dilation,
    outputHeight,
    outputWidth,
  } = window;
  const [given, all] = [op.length * windowElements(window), outputHeight * outputWidth * windowElements(window)];
  const columns = kernels.allocate(4 * all);
  const source = loadFloats(kernels, spmPointer(scratchpad, op, window.address, given, op.format), given, op.format);
  kernels.f32(columns, given).set(kernels.f32(source, given));
  const count = mapElements(window);
  const target = spmPointer(scratchpad, op, spmAddress(op, 'd'), count, op.format);
  const map = loadFloats(kernels, target, count, op.format);
  kernels.col2im(
    map,
    columns,
    height,
    width,
    channels,
    kernelHeight,
    kernelWidth,
    strideY,
    strideX,
    padTop,
    padLeft,
    dilation,
    outputHeight,
    outputWidth,
  );
  storeFloats(kernels, target, map, count, op.format);
}

const moves: Readonly<Record<string, (context: MachineContext, op: IssuedOperation) => void>> = {
  copy: (context, op) => void bytesAt(context, op, 'd', op.length).set(bytesAt(context, op, 'a', op.length)),
  strided: (context, op) => copyRows(context, op, numberOf(op, 'b', 0) || op.length),
  spread: (context, op) => spreadRows(context, op, numberOf(op, 'b', 0) || op.length),
  im2col: gatherWindow,
  col2im: scatterWindow,
  transpose,
  broadcast,
  zero: (context, op) => void bytesAt(context, op, 'd', op.length).fill(0),
};

/** MOV: rearranges scratchpad data. Source and destination may overlap. */
export function move(context: MachineContext, op: IssuedOperation): Activity {
  const mark = context.kernels.mark();
  moves[functionOf(op)]!(context, op);
  context.kernels.release(mark);
  return idleActivity;
}
