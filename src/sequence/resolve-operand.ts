import { registerIds } from '../../isa/limits.ts';
import type { Instruction } from '../isa/codec.ts';
import { readFloatImmediate, readIntegerImmediate, unpackAguOperand } from '../isa/immediates.ts';
import { addressAt } from './address-generators.ts';
import type { ResolvedOperand } from './issued-operation.ts';
import { type OperandReading, operandImmediate } from './operand-immediate.ts';
import { generatorOf, isSpecial, readFloat, readInteger, type SequencerState, windowOf } from './sequencer-state.ts';

const nothing: ResolvedOperand = { kind: 'none' };

function resolveRegister(state: SequencerState, id: number, reading: OperandReading): ResolvedOperand {
  if (id >= registerIds.firstWindow) return { kind: 'window', window: windowOf(state, id - registerIds.firstWindow) };
  if (reading === 'register' || isSpecial(id)) return { kind: 'register', id };
  return { kind: 'value', value: reading === 'float' ? readFloat(state, id) : readInteger(state, id) };
}

/** Address, value or window an operand field stands for at this moment. */
export function resolveOperand(state: SequencerState, instruction: Instruction, field: 'd' | 'a' | 'b'): ResolvedOperand {
  const operand = instruction[field];
  const reading = operandImmediate(instruction.mnemonic, field);
  if (reading === undefined) return nothing;
  switch (operand.kind) {
    case 'spm':
      return { kind: 'spm', address: operand.value };
    case 'agu': {
      const { id, offset } = unpackAguOperand(operand.value);
      const generator = generatorOf(state, id);
      return { kind: generator.space, address: addressAt(generator, state.loops.counters) + offset };
    }
    case 'imm': {
      if (reading === 'none' || reading === 'register') return nothing;
      return {
        kind: 'value',
        value: reading === 'float' ? readFloatImmediate(operand.value) : readIntegerImmediate(operand.value),
      };
    }
    case 'reg':
      return resolveRegister(state, operand.value, reading);
  }
}
