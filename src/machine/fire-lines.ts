import { purposes } from '../numeric/purposes.ts';
import type { MachineContext } from './context.ts';
import { updateKey } from './pulse-settings.ts';
import type { FiredLines } from './update-cost.ts';

/** Trains of one side of an update, in kernel memory and as views. */
export interface Trains extends FiredLines {
  readonly linesAt: number;
  readonly signsAt: number;
  readonly bitsAt: number;
}

const toMultiple = (count: number, of: number): number => Math.ceil(count / of) * of;

/**
 * Draws Bernoulli trains of `length` slots for the lines of a vector (f32 in kernel memory), with p = min(1, factor |value|), and
 * lists those that fire at least once. Sign 1 is a negative value, or a positive one where `inverted`.
 */
export function fireLines(
  context: MachineContext,
  values: number,
  total: number,
  factor: number,
  length: number,
  address: { readonly side: 0 | 1; readonly sequence: number; readonly vector: number; readonly inverted: boolean },
): Trains {
  const { kernels } = context;
  const words = Math.ceil(length / 32);
  const padded = toMultiple(total, 8);
  const [chancesAt, candidatesAt] = [kernels.allocate(4 * padded), kernels.allocate(4 * padded)];
  const [linesAt, signsAt, drawnAt] = [
    kernels.allocate(4 * padded),
    kernels.allocate(4 * padded),
    kernels.allocate(4 * padded * words),
  ];
  const [from, chances, candidates] = [
    kernels.f32(values, total),
    kernels.f32(chancesAt, padded),
    kernels.i32(candidatesAt, padded),
  ];
  let count = 0;
  for (let line = 0; line < total; line++) {
    const chance = factor * Math.abs(from[line]!);
    chances[count] = chance;
    candidates[count] = line;
    if (chance > 0) count++;
  }
  if (count < padded) chances.fill(0, count);
  const { key0, key1 } = updateKey(context, purposes.bitLines);
  for (let word = 0; word < words; word++) {
    const slots = Math.min(32, length - 32 * word);
    const part = (address.side << 3) | word;
    kernels.trainBits(drawnAt + 4 * padded * word, chancesAt, count, slots, key0, key1, part, address.sequence, address.vector);
  }
  return compact(context, { linesAt, signsAt, drawnAt, candidatesAt, padded, count, words }, values, total, address.inverted);
}

interface Drawn {
  readonly linesAt: number;
  readonly signsAt: number;
  readonly drawnAt: number;
  readonly candidatesAt: number;
  readonly padded: number;
  readonly count: number;
  readonly words: number;
}

/** Keeps the lines that fire; trains of the list are padded to a multiple of four with zeros. */
function compact(context: MachineContext, drawn: Drawn, values: number, total: number, inverted: boolean): Trains {
  const { kernels } = context;
  const { padded, words } = drawn;
  const candidates = kernels.i32(drawn.candidatesAt, padded);
  const bits = kernels.i32(drawn.drawnAt, padded * words);
  const from = kernels.f32(values, total);
  const [lines, signs] = [kernels.i32(drawn.linesAt, padded), kernels.i32(drawn.signsAt, padded)];
  let count = 0;
  for (let i = 0; i < drawn.count; i++) {
    let any = bits[i]!;
    for (let word = 1; word < words; word++) any |= bits[word * padded + i]!;
    if (any === 0) continue;
    const line = candidates[i]!;
    lines[count] = line;
    signs[count] = from[line]! < 0 !== inverted ? 1 : 0;
    for (let word = 0; word < words; word++) bits[word * padded + count] = bits[word * padded + i]!;
    count++;
  }
  // the kernel expects the words of a list right behind each other
  const stride = toMultiple(count, 4);
  for (let word = 0; word < words; word++) {
    if (word > 0) bits.copyWithin(word * stride, word * padded, word * padded + count);
    bits.fill(0, word * stride + count, (word + 1) * stride);
  }
  return { count, lines, signs, bits, stride, linesAt: drawn.linesAt, signsAt: drawn.signsAt, bitsAt: drawn.drawnAt };
}
