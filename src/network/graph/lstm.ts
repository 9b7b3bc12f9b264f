import type { Kernels } from '../../numeric/kernels.ts';
import type { Lstm } from './graph.ts';
import { linear } from './matrix-operations.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What one sequence makes: hidden states [steps x units], and the vectors [steps x (inputs + units)] that met the matrix. */
export interface LstmTrace {
  readonly hidden: Float32Array;
  readonly joined: Float32Array;
}

/** One sequence of rows of `inputs`. */
export function lstm(kernels: Kernels, operation: Lstm, input: Float32Array): LstmTrace {
  const { inputs, units, weights, bias, reverse } = operation;
  const steps = input.length / inputs;
  const width = inputs + units;
  const matrix = { kind: 'linear', inputs: width, outputs: 4 * units, weights, bias } as const;
  const [hidden, joined] = [new Float32Array(steps * units), new Float32Array(steps * width)];
  const cell = Float32Array.from(operation.cell ?? new Float32Array(units));
  let before = operation.hidden ?? new Float32Array(units);
  for (let step = 0; step < steps; step++) {
    const at = reverse ? steps - 1 - step : step;
    const row = joined.subarray(step * width, (step + 1) * width);
    row.set(input.subarray(at * inputs, (at + 1) * inputs));
    row.set(before, inputs);
    const gates = linear(kernels, matrix, row);
    const gate = (index: number, unit: number): number => gates[index * units + unit]!;
    before = hidden.subarray(at * units, (at + 1) * units);
    for (let unit = 0; unit < units; unit++) {
      cell[unit] = sigmoid(gate(1, unit)) * cell[unit]! + sigmoid(gate(0, unit)) * Math.tanh(gate(3, unit));
      before[unit] = sigmoid(gate(2, unit)) * Math.tanh(cell[unit]!);
    }
  }
  return { hidden, joined };
}
