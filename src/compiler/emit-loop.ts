import type { ProgramBuilder } from '../isa/builder.ts';
import { literal, register } from '../isa/operands.ts';

/** A hardware loop whose counter starts at `first`. */
export function loopFrom(builder: ProgramBuilder, level: number, first: number, trips: number, body: () => void): void {
  builder.openLoop(level, trips, first);
  body();
  builder.closeLoop();
}

/** Loads a full f32 literal into a register: scales and times must not lose bits to a 24-bit immediate. */
export function loadLiteral(builder: ProgramBuilder, id: number, value: number): void {
  builder.emit('SETR', { fn: 'lit', d: register(id), ...literal(value) });
}
