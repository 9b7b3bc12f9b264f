import type { Kernels } from '../numeric/kernels.ts';
import type { Layer } from './layer-graph.ts';
import type { ResidentLayer } from './resident-parameters.ts';

export type LstmLayer = Extract<Layer, { kind: 'lstm' }>;

/** Kernel memory that one recurrent layer keeps of a batch, time-major: what its way back needs. */
export interface LstmSpace {
  /** [(steps + 1) x count x (inputs + units)]: input and state that meet the matrix; the last row holds the last state alone. */
  readonly joined: number;
  /** [steps x count x 4 units], after their functions: input, forget, output gate, candidate. */
  readonly gates: number;
  /** [(steps + 1) x count x units]: cell before each step, and after the last. */
  readonly cells: number;
  /** Gradient of the gates before their functions, like `gates`; present for a backward pass. */
  readonly deltas: number;
  /** [count x (inputs + units)] of one step on its way back. */
  readonly back: number;
}

export function allocateLstm(kernels: Kernels, { inputs, units, steps }: LstmLayer, batch: number): LstmSpace {
  const width = inputs + units;
  const allocate = (count: number): number => kernels.allocate(4 * batch * count);
  return {
    joined: allocate((steps + 1) * width),
    gates: allocate(steps * 4 * units),
    cells: allocate((steps + 1) * units),
    deltas: allocate(steps * 4 * units),
    back: allocate(width),
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** `input` holds count x (steps x inputs), `output` count x units: the last hidden state. Weights lie packed at `packed`. */
export function forwardLstm(
  kernels: Kernels,
  { inputs, units, steps }: LstmLayer,
  space: LstmSpace,
  { outputs, bias }: ResidentLayer,
  packed: number,
  places: { readonly input: number; readonly output: number; readonly count: number },
): void {
  const { input, output, count } = places;
  const width = inputs + units;
  kernels.f32(space.joined, (steps + 1) * count * width).fill(0);
  kernels.f32(space.cells, count * units).fill(0);
  for (let step = 0; step < steps; step++) {
    const row = space.joined + 4 * step * count * width;
    const joined = kernels.f32(row, 2 * count * width);
    const sequence = kernels.f32(input, count * steps * inputs);
    for (let sample = 0; sample < count; sample++) {
      const from = (sample * steps + step) * inputs;
      joined.set(sequence.subarray(from, from + inputs), sample * width);
    }
    const gatesAt = space.gates + 4 * step * count * outputs;
    kernels.gemm(gatesAt, row, packed, count, width, outputs, outputs, width, false);
    kernels.addRows(gatesAt, gatesAt, bias, count, outputs);
    const gates = kernels.f32(gatesAt, count * outputs);
    const cells = kernels.f32(space.cells + 4 * step * count * units, 2 * count * units);
    for (let sample = 0; sample < count; sample++)
      for (let unit = 0; unit < units; unit++) {
        const at = sample * outputs + unit;
        for (let gate = 0; gate < 3; gate++) gates[at + gate * units] = sigmoid(gates[at + gate * units]!);
        gates[at + 3 * units] = Math.tanh(gates[at + 3 * units]!);
        const here = sample * units + unit;
        const cell = gates[at + units]! * cells[here]! + gates[at]! * gates[at + 3 * units]!;
        cells[count * units + here] = cell;
        joined[(count + sample) * width + inputs + unit] = gates[at + 2 * units]! * Math.tanh(cell);
      }
  }
  const last = kernels.f32(space.joined + 4 * steps * count * width, count * width);
  const out = kernels.f32(output, count * units);
  for (let sample = 0; sample < count; sample++)
    out.set(last.subarray(sample * width + inputs, (sample + 1) * width), sample * units);
}

/**
 * Backpropagation through time (Werbos 1990): from the gradient of the last state to that of all gates before their functions, in
 * `space.deltas`. `packedTurned` holds the packed transpose of the weights.
 */
export function backwardLstm(
  kernels: Kernels,
  { inputs, units, steps }: LstmLayer,
  space: LstmSpace,
  packedTurned: number,
  delta: number,
  count: number,
): void {
  const [width, outputs] = [inputs + units, 4 * units];
  const state = kernels.f32(delta, count * units).slice();
  const carried = new Float32Array(count * units);
  for (let step = steps - 1; step >= 0; step--) {
    const gates = kernels.f32(space.gates + 4 * step * count * outputs, count * outputs);
    const deltas = kernels.f32(space.deltas + 4 * step * count * outputs, count * outputs);
    const cells = kernels.f32(space.cells + 4 * step * count * units, 2 * count * units);
    for (let sample = 0; sample < count; sample++)
      for (let unit = 0; unit < units; unit++) {
        const [at, here] = [sample * outputs + unit, sample * units + unit];
        const [i, f, o, g] = [gates[at]!, gates[at + units]!, gates[at + 2 * units]!, gates[at + 3 * units]!];
        const squashed = Math.tanh(cells[count * units + here]!);
        const cell = carried[here]! + state[here]! * o * (1 - squashed * squashed);
        deltas[at] = cell * g * i * (1 - i);
        deltas[at + units] = cell * cells[here]! * f * (1 - f);
        deltas[at + 2 * units] = state[here]! * squashed * o * (1 - o);
        deltas[at + 3 * units] = cell * i * (1 - g * g);
        carried[here] = cell * f;
      }
    const deltasAt = space.deltas + 4 * step * count * outputs;
    kernels.gemm(space.back, deltasAt, packedTurned, count, outputs, width, width, outputs, false);
    const back = kernels.f32(space.back, count * width);
    for (let sample = 0; sample < count; sample++)
      for (let unit = 0; unit < units; unit++) state[sample * units + unit] = back[sample * width + inputs + unit]!;
  }
}
