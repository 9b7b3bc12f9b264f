import { formatBytes } from '../../isa/limits.ts';
import { idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { Peers } from '../sequence/message-box.ts';
import type { Handler, MachineContext } from './context.ts';
import { loadFloats, storeFloats } from './formats.ts';
import { numberOf, spmAddress, spmPointer } from './memory.ts';
import { flagOf } from './table-functions.ts';
import { trap } from './trap.ts';

function peersOf({ peers }: MachineContext, op: IssuedOperation): Peers {
  if (peers === undefined) throw trap(op, 'needs other controllers; this program runs alone');
  return peers;
}

/** SEND: the payload as it is now, for whom it names. */
export const sendMessage: Handler = (context, op) => {
  const { own, box } = peersOf(context, op);
  const pointer = spmPointer(context.scratchpad, op, spmAddress(op, 'a'), op.length, 'u8');
  box.send(own, op.unit, numberOf(op, 'b', 0), context.kernels.u8(pointer, op.length).slice());
  return idleActivity;
};

/** The message a RECV takes. Traps where it has another length; RangeError when it has not come. */
export function takeMessage({ own, box }: Peers, op: IssuedOperation): Uint8Array {
  const tag = numberOf(op, 'b', 0);
  const message = box.take(op.unit, own, tag);
  if (message === undefined) throw new RangeError(`message of controller ${op.unit} with tag ${tag} has not come; want to wait`);
  if (message.length !== op.length)
    throw trap(op, `expects ${op.length} bytes; the message of controller ${op.unit} with tag ${tag} has ${message.length}`);
  return message;
}

/** RECV: the oldest message of a controller and tag, over what is there or added to it. */
export const receiveMessage: Handler = (context, op) => {
  const message = takeMessage(peersOf(context, op), op);
  if (flagOf(op, 'ACC')) addMessage(context, op, message);
  else context.kernels.u8(spmPointer(context.scratchpad, op, spmAddress(op, 'd'), op.length, 'u8'), op.length).set(message);
  return idleActivity;
};

function addMessage(context: MachineContext, op: IssuedOperation, message: Uint8Array): void {
  const { kernels, scratchpad } = context;
  const { format, length } = op;
  if (format !== 'f32' && format !== 'bf16') throw trap(op, `adds in FORMAT ${format}; want f32 or bf16`);
  const count = length / formatBytes[format];
  if (!Number.isInteger(count)) throw trap(op, `adds ${length} bytes; want whole elements of ${format}`);
  const mark = kernels.mark();
  const pointer = spmPointer(scratchpad, op, spmAddress(op, 'd'), count, format);
  const raw = kernels.allocate(length);
  const sum = kernels.allocate(4 * count);
  kernels.u8(raw, length).set(message);
  const [own, other] = [pointer, raw].map((from) => loadFloats(kernels, from, count, format));
  const [mine, theirs, out] = [own!, other!, sum].map((from) => kernels.f32(from, count));
  for (let at = 0; at < count; at++) out![at] = mine![at]! + theirs![at]!;
  storeFloats(kernels, pointer, sum, count, format);
  kernels.release(mark);
}
