import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import { describe, numberOf, spmAddress, spmPointer } from './memory.ts';
import { flagOf } from './table-functions.ts';
import { trap } from './trap.ts';

const lastAddress = 2 ** 32;

function dramRows(
  op: IssuedOperation,
  name: 'd' | 'a',
): { readonly address: number; readonly rows: number; readonly pitch: number } {
  const operand = op[name];
  if (operand.kind !== 'dram') throw trap(op, `operand ${name.toUpperCase()} is ${describe(operand)}; want a DRAM address`);
  const rows = Math.max(1, op.fn);
  const pitch = numberOf(op, 'b', 0) || op.length;
  const end = operand.address + (rows - 1) * pitch + op.length;
  if (operand.address < 0 || end > lastAddress || pitch < 0)
    throw trap(op, `moves DRAM bytes ${operand.address} to ${end}; addresses end at ${lastAddress}`);
  return { address: operand.address, rows, pitch };
}

/** DLD: rows of DRAM, `pitch` bytes apart, packed into the scratchpad. */
export function loadFromDram(context: MachineContext, op: IssuedOperation): Activity {
  if (flagOf(op, 'G')) throw trap(op, 'asks for gather, which is reserved for a later version');
  const { address, rows, pitch } = dramRows(op, 'a');
  const target = spmPointer(context.scratchpad, op, spmAddress(op, 'd'), rows * op.length, 'u8');
  const bytes = context.kernels.u8(target, rows * op.length);
  for (let row = 0; row < rows; row++)
    context.dram.read(address + row * pitch, bytes.subarray(row * op.length, (row + 1) * op.length));
  return idleActivity;
}

/** DST: packed scratchpad rows to DRAM; with flag A added to what is there, as f32. */
export function storeToDram(context: MachineContext, op: IssuedOperation): Activity {
  const { address, rows, pitch } = dramRows(op, 'd');
  const add = flagOf(op, 'A');
  if (add && op.length % 4 !== 0) throw trap(op, `adds rows of ${op.length} bytes; want a multiple of 4, whole f32`);
  const source = spmPointer(context.scratchpad, op, spmAddress(op, 'a'), rows * op.length, 'u8');
  for (let row = 0; row < rows; row++) {
    const bytes = context.kernels.u8(source + row * op.length, op.length);
    context.dram.write(address + row * pitch, add ? addedFloats(context, address + row * pitch, bytes) : bytes);
  }
  return idleActivity;
}

function addedFloats(context: MachineContext, address: number, bytes: Uint8Array): Uint8Array {
  const sum = new Float32Array(bytes.length / 4);
  const raw = new Uint8Array(sum.buffer);
  context.dram.read(address, raw);
  const addend = new Float32Array(bytes.slice().buffer);
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + addend[i]!;
  return raw;
}
