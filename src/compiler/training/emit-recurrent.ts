import { limits } from '../../../isa/limits.ts';
import type { Operand } from '../../isa/instruction.ts';
import { agu, float, integer, spm } from '../../isa/operands.ts';
import { type RecurrentAreas, recurrentGenerators, recurrentStage } from './recurrent-areas.ts';
import { floatBytes } from './training-layout.ts';
import { type TrainingEmission, trainingLoops } from './training-program.ts';

/** What the words of one recurrence share: sizes, places, and walks through time. */
function recurrenceOf(emission: TrainingEmission, count: number, backwards: boolean) {
  const stage = recurrentStage(emission.stages)!;
  const areas = emission.recurrent as RecurrentAreas;
  const { steps, inputs, units } = stage.recurrent;
  const state = count * units;
  const { group } = emission.matrices.find((matrix) => matrix.stage === stage)!;
  let taken = 0;
  /** An area of which every step has its own `floats`, `offset` floats on; backwards the last step comes first. */
  const walk = (area: keyof RecurrentAreas, floats: number, offset = 0): Operand => {
    const id = recurrentGenerators.first + taken++;
    const bytes = floats * floatBytes;
    const base = areas[area] + offset * floatBytes + (backwards ? (steps - 1) * bytes : 0);
    const strides = [{ level: trainingLoops.image, bytes: backwards ? -bytes : bytes }];
    emission.builder.agu(id, { space: 'spm', base, strides });
    return agu(id);
  };
  const at = (area: keyof RecurrentAreas, offset = 0): Operand => spm(areas[area] + offset * floatBytes);
  return { ...{ stage, steps, inputs, units, width: inputs + units, state, group }, walk, at };
}

/** Behind a walk, in floats. */
const behind = (operand: Operand, floats: number): Operand => agu(operand.value % limits.aguCount, floats * floatBytes);

/**
 * A batch of sequences, all of them a step further at a time: input and state of a step lie side by side, so that the matrix takes both
 * and the update takes all steps at once. Sums come sample by sample; their functions work gate by gate.
 */
export function emitRecurrentForward(emission: TrainingEmission, output: Operand, count: number): void {
  const { builder, inputBatch, train, biasBase, biasOffsets } = emission;
  const { steps, inputs, units, width, state, group, walk, at } = recurrenceOf(emission, count, false);
  builder.csr('global', 'FORMAT', 'u8');
  builder.emit('QNT', {
    ...{ fn: 'to-f32', d: at('sequence'), a: inputBatch, b: float(train.unit), length: count * steps * inputs },
  });
  builder.csr('global', 'FORMAT', 'f32');
  builder.emit('MOV', { fn: 'zero', d: at('joined'), length: count * width });
  builder.emit('MOV', { fn: 'zero', d: at('cells'), length: state });
  const [input, joined] = [walk('sequence', inputs), walk('joined', count * width)];
  const next = walk('joined', count * width, count * width + inputs);
  const [gates, cell, nextCell] = [walk('gates', 4 * state), walk('cells', state), walk('cells', state, state)];
  const squashed = walk('squashed', state);
  const gate = (index: number): Operand => (index === 0 ? gates : behind(gates, index * state));
  const bias = biasOffsets.get(group);
  builder.loop(trainingLoops.image, steps, () => {
    builder.emit('MOV', { fn: 'strided', d: at('scratch'), a: input, b: integer(steps * inputs), length: inputs });
    builder.emit('MOV', { fn: 'spread', d: joined, a: at('scratch'), b: integer(width), length: inputs });
    if (bias !== undefined) builder.emit('MOV', { fn: 'broadcast', d: at('sums'), a: spm(biasBase + bias), length: 4 * units });
    builder.emit('MVM', { flags: bias === undefined ? [] : ['ACC'], d: at('sums'), a: joined, unit: group, length: count });
    for (let index = 0; index < 4; index++)
      builder.emit('MOV', { fn: 'strided', d: gate(index), a: at('sums', index * units), b: integer(4 * units), length: units });
    builder.emit('ACT', { fn: 'sigmoid', d: gate(0), a: gate(0), length: 3 * state });
    builder.emit('ACT', { fn: 'tanh', d: gate(3), a: gate(3), length: state });
    builder.emit('VEC', { fn: 'mul', d: nextCell, a: gate(1), b: cell, length: state });
    builder.emit('VEC', { fn: 'mac', d: nextCell, a: gate(0), b: gate(3), length: state });
    builder.emit('ACT', { fn: 'tanh', d: squashed, a: nextCell, length: state });
    builder.emit('VEC', { fn: 'mul', d: at('scratch'), a: gate(2), b: squashed, length: state });
    builder.emit('MOV', { fn: 'spread', d: next, a: at('scratch'), b: integer(width), length: units });
  });
  const last = at('joined', steps * count * width + inputs);
  builder.emit('MOV', { fn: 'strided', d: output, a: last, b: integer(width), length: units });
}

/** From the gradient of the last state to the gradients of all sums (Werbos 1990), step by step from the last. */
export function emitRecurrentBackward(emission: TrainingEmission, gradient: Operand, count: number): void {
  const { builder } = emission;
  const { steps, inputs, units, width, state, group, walk, at } = recurrenceOf(emission, count, true);
  const [gates, deltas] = [walk('gates', 4 * state), walk('deltas', 4 * state)];
  const [cell, squashed] = [walk('cells', state), walk('squashed', state)];
  const gate = (index: number): Operand => (index === 0 ? gates : behind(gates, index * state));
  const vec = (fn: 'mul' | 'add', d: Operand, a: Operand, b: Operand): void =>
    void builder.emit('VEC', { fn, d, a, b, length: state });
  const [product, cellDelta, stateDelta] = [at('scratch'), at('cellDelta'), at('stateDelta')];
  /** Gradient of a gate's sum from that of the gate, which lies in `scratch`. */
  const through = (fn: 'sigmoid' | 'tanh', index: number): void =>
    void builder.emit('ACT', {
      ...{ fn, flags: ['DER', 'OUT'], d: at('gateDeltas', index * state), a: gate(index), b: product, length: state },
    });
  builder.emit('MOV', { fn: 'copy', d: stateDelta, a: gradient, length: state });
  builder.emit('MOV', { fn: 'zero', d: cellDelta, length: state });
  builder.loop(trainingLoops.image, steps, () => {
    vec('mul', product, stateDelta, squashed);
    through('sigmoid', 2);
    vec('mul', product, stateDelta, gate(2));
    builder.emit('ACT', { fn: 'tanh', flags: ['DER', 'OUT'], d: product, a: squashed, b: product, length: state });
    vec('add', cellDelta, cellDelta, product);
    vec('mul', product, cellDelta, gate(3));
    through('sigmoid', 0);
    vec('mul', product, cellDelta, cell);
    through('sigmoid', 1);
    vec('mul', product, cellDelta, gate(0));
    through('tanh', 3);
    vec('mul', cellDelta, cellDelta, gate(1));
    for (let index = 0; index < 4; index++)
      builder.emit('MOV', {
        ...{ fn: 'spread', d: index === 0 ? deltas : behind(deltas, index * units), a: at('gateDeltas', index * state) },
        ...{ b: integer(4 * units), length: units },
      });
    builder.emit('MVT', { d: at('back'), a: deltas, unit: group, length: count });
    builder.emit('MOV', { fn: 'strided', d: stateDelta, a: at('back', inputs), b: integer(width), length: units });
  });
}
