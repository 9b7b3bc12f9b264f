import { controlInstructions } from './control-instructions.ts';
import { movementInstructions } from './movement-instructions.ts';
import type { InstructionTable } from './spec.ts';
import { tileInstructions } from './tile-instructions.ts';
import { vectorInstructions } from './vector-instructions.ts';

/**
 * THE instruction table of the ohmic ISA. Codec, assembler, disassembler, loader checks, manual and the dispatch of both
 * machines are derived from these rows; nothing else states an encoding.
 */
export const instructions = {
  ...controlInstructions,
  ...movementInstructions,
  ...tileInstructions,
  ...vectorInstructions,
} as const satisfies InstructionTable;

export type Mnemonic = keyof typeof instructions;
