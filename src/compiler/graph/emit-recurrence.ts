import { formatBytes } from '../../../isa/limits.ts';
import type { Operand } from '../../isa/instruction.ts';
import { agu, integer } from '../../isa/operands.ts';
import { loopLevels } from '../emission.ts';
import { constantOperand, type GraphEmission, operandOf, type SampleMode, setRows, takeGenerator } from './graph-emission.ts';
import type { Step, StepOperation } from './steps.ts';

type Of<K extends StepOperation['kind']> = Extract<StepOperation, { kind: K }>;

/**
 * A sequence of one image in a hardware loop. All inputs are put into their rows at once; every step multiplies its row with the matrix
 * of all gates and writes its state into the row of the next step.
 */
export function emitLstm(emission: GraphEmission, step: Step, operation: Of<'lstm'>, mode: SampleMode): void {
  const { builder, schedule, format, matrices } = emission;
  const { matrix, lstm, steps, bias } = operation;
  const { inputs, units, reverse } = lstm;
  const [sequence, joined, gates, cell, squashed] = step.reads as readonly [string, string, string, string, string];
  const bytes = formatBytes[format];
  const width = inputs + units;
  const at = (name: string, offset = 0): Operand => operandOf(emission, name, mode, offset);
  const rowAt = (row: number): number => row * width;
  /** Rows lie in time: the reversed loop walks them from the last. */
  const [firstRow, next] = reverse ? [steps, -1] : [0, 1];
  const walk = (offset: number): Operand => {
    const id = takeGenerator(emission);
    const base = schedule.areas.get(joined)!.address + offset * bytes;
    builder.agu(id, { space: 'spm', base, strides: [{ level: loopLevels.step, bytes: next * width * bytes }] });
    return agu(id);
  };
  const fill = (target: Operand, constant: number | undefined): void => {
    if (constant === undefined) builder.emit('MOV', { fn: 'zero', d: target, length: units });
    else builder.emit('MOV', { fn: 'copy', d: target, a: constantOperand(emission, constant), length: units });
  };
  setRows(emission, steps);
  const placed = at(joined, rowAt(reverse ? 1 : 0));
  builder.emit('MOV', { fn: 'spread', d: placed, a: at(sequence), b: integer(width), length: inputs });
  fill(at(joined, rowAt(firstRow) + inputs), operation.hidden);
  fill(at(cell), operation.cell);
  const [row, state] = [walk(rowAt(firstRow)), walk(rowAt(firstRow + next) + inputs)];
  const { group } = matrices.find(({ stage }) => stage === matrix)!;
  const gate = (index: number): Operand => at(gates, index * units);
  builder.loop(loopLevels.step, steps, () => {
    builder.emit('MOV', { fn: 'copy', d: gate(0), a: constantOperand(emission, bias), length: 4 * units });
    builder.emit('MVM', { flags: ['ACC'], d: gate(0), a: row, unit: group, length: 1 });
    builder.emit('ACT', { fn: 'sigmoid', d: gate(0), a: gate(0), length: 3 * units });
    builder.emit('ACT', { fn: 'tanh', d: gate(3), a: gate(3), length: units });
    builder.emit('VEC', { fn: 'mul', d: at(cell), a: at(cell), b: gate(1), length: units });
    builder.emit('VEC', { fn: 'mac', d: at(cell), a: gate(0), b: gate(3), length: units });
    builder.emit('ACT', { fn: 'tanh', d: at(squashed), a: at(cell), length: units });
    builder.emit('VEC', { fn: 'mul', d: state, a: gate(2), b: at(squashed), length: units });
  });
  const made = at(joined, rowAt(reverse ? 0 : 1) + inputs);
  builder.emit('MOV', { fn: 'strided', d: at(step.writes), a: made, b: integer(width), length: units });
}

/** One word a product; the products of an image follow one another. */
export function emitProducts(emission: GraphEmission, step: Step, operation: Of<'product'>, mode: SampleMode): void {
  const { builder } = emission;
  const { times, rows, inner, columns, transposed } = operation;
  const [left, right] = step.reads as readonly [string, string];
  setRows(emission, rows);
  builder.csr('global', 'COLUMNS', columns);
  for (let at = 0; at < times; at++)
    builder.emit('MMD', {
      flags: transposed ? ['T'] : [],
      d: operandOf(emission, step.writes, mode, at * rows * columns),
      a: operandOf(emission, left, mode, at * rows * inner),
      b: operandOf(emission, right, mode, at * inner * columns),
      length: inner,
    });
}
