import { arrayPass } from './array-pass.ts';
import type { ArrayRead, ReadTally } from './array-read.ts';
import type { MachineContext } from './context.ts';
import { inputScales, scalingCancels } from './input-scaling.ts';

/** Vectors driven together: enough for the GEMM to run at speed, few enough to stay in cache. A multiple of four. */
const batchSize = 128;

/**
 * The analog product of one group with n vectors, in values: y[n x outputs] = W x.
 *
 *   alpha = noise management of x;  x^ = DAC(x / (alpha rho)) on steps of 1 / (2^(b-1) - 1), clipped to +-1
 *   per block of input lines and slot of the input code:  z = W^ x^ - IR drop + N(0, sigma_w |x^|) + ADC noise
 *   z -> ADC: (gain z + offset + INL), rounded to 2 range / (2^b - 2), clipped to +-range
 *   y = alpha rho weightMax (sum of z over blocks, slots, slices - common mode x sum of x^)
 *
 * rho starts at 1 and doubles for vectors of which an output met the range, up to `retries` times (bound management, as
 * aihwkit's ITERATIVE); every pass is heat and counts. x and y are f32 in kernel memory; y is overwritten.
 */
export function readArray(context: MachineContext, read: ArrayRead, x: number, y: number, n: number, tally: ReadTally): void {
  const { inputs, outputs } = read.view;
  for (let first = 0; first < n; first += batchSize) {
    const count = Math.min(batchSize, n - first);
    readBatch(context, read, x + 4 * first * inputs, y + 4 * first * outputs, count, first, tally);
  }
}

function readBatch(
  context: MachineContext,
  read: ArrayRead,
  x: number,
  y: number,
  n: number,
  first: number,
  tally: ReadTally,
): void {
  const { kernels } = context;
  const mark = kernels.mark();
  const [alphaAt, inverse] = [kernels.allocate(4 * n), kernels.allocate(4 * n)];
  inputScales(context, read, alphaAt, x, n);
  const alpha = kernels.f32(alphaAt, n).slice();
  const cancels = scalingCancels(read.csrs);
  const factors = kernels.f32(inverse, n);
  for (let i = 0; i < n; i++) factors[i] = cancels ? 1 : alpha[i] === 0 ? 0 : 1 / alpha[i]!;
  const clipped = new Int32Array(n);
  arrayPass(context, read, { x, inverse, n, first, pass: 0, clipped, unscaled: cancels ? alpha : undefined }, y, tally);
  const retries = tally.retries.subarray(first, first + n);
  repeatClipped(context, read, { x, y, alpha, clipped, retries, first }, tally);
  const worth = kernels.f32(alphaAt, n);
  for (let i = 0; i < n; i++) worth[i] = (cancels ? 1 : alpha[i]! * 2 ** retries[i]!) * read.csrs.weightMax;
  kernels.scaleRows(y, y, alphaAt, n, read.view.outputs);
  kernels.release(mark);
}

interface Finished {
  readonly x: number;
  readonly y: number;
  readonly alpha: Float32Array;
  readonly clipped: Int32Array;
  readonly retries: Uint8Array;
  readonly first: number;
}

/** Bound management: repeats vectors that met the range with half the input, until they fit or no retry is left. */
function repeatClipped(
  context: MachineContext,
  read: ArrayRead,
  { x, y, alpha, clipped, retries, first }: Finished,
  tally: ReadTally,
): void {
  const { kernels } = context;
  const { inputs, outputs } = read.view;
  let open = indicesOf(clipped);
  for (let pass = 1; pass <= read.retries && open.length > 0; pass++) {
    const mark = kernels.mark();
    const n = open.length;
    const [xs, ys, inverse] = [kernels.allocate(4 * n * inputs), kernels.allocate(4 * n * outputs), kernels.allocate(4 * n)];
    const [from, into, factors] = [kernels.f32(x, alpha.length * inputs), kernels.f32(xs, n * inputs), kernels.f32(inverse, n)];
    for (const [k, i] of open.entries()) {
      into.set(from.subarray(i * inputs, (i + 1) * inputs), k * inputs);
      factors[k] = alpha[i] === 0 ? 0 : 1 / (alpha[i]! * 2 ** pass);
      retries[i] = pass;
    }
    const again = new Int32Array(n);
    arrayPass(context, read, { x: xs, inverse, n, first, pass, clipped: again, unscaled: undefined }, ys, tally);
    const [results, all] = [kernels.f32(ys, n * outputs), kernels.f32(y, alpha.length * outputs)];
    for (const [k, i] of open.entries()) all.set(results.subarray(k * outputs, (k + 1) * outputs), i * outputs);
    kernels.release(mark);
    open = open.filter((_, k) => again[k]! > 0);
  }
}

function indicesOf(counts: Int32Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i]! > 0) found.push(i);
  return found;
}
