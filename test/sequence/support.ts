import { chipPreset } from '../../src/chip/presets.ts';
import { createProgramBuilder, type ProgramBuilder } from '../../src/isa/builder.ts';
import { decodeProgram } from '../../src/sequence/decode-program.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import type { GroupShape, IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createSequencer, type Sequencer, type SequencerInput } from '../../src/sequence/sequencer.ts';

/** Group configuration that chip `ideal` starts with. */
export const defaults = groupDefaults(chipPreset('ideal').description);

export interface Stream {
  readonly operations: readonly IssuedOperation[];
  readonly trapped: Sequencer['trapped'];
}

export type Options = Partial<Pick<SequencerInput, 'special' | 'setSpecial' | 'format'>>;

/** More operations than any test issues: a program that does not end fails instead of hanging. */
const most = 100_000;

/** All operations of a program that `write` makes. */
export function streamOf(write: (builder: ProgramBuilder) => void, options: Options = {}): Stream {
  const builder = createProgramBuilder('test.oasm');
  write(builder);
  const program = builder.build();
  const sequencer = createSequencer({
    instructions: decodeProgram(program.words),
    regions: program.regions,
    scopes: program.scopes,
    groupDefaults: defaults,
    format: 'f32',
    special: undefined,
    ...options,
  });
  const operations: IssuedOperation[] = [];
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) {
    operations.push(operation);
    if (operations.length > most) throw new RangeError(`operations are more than ${most}; want a program that halts`);
  }
  return { operations, trapped: sequencer.trapped };
}

export const only = (stream: Stream, mnemonic: string): readonly IssuedOperation[] =>
  stream.operations.filter((operation) => operation.mnemonic === mnemonic);

/** The one operation of that mnemonic. */
export function single(stream: Stream, mnemonic: string): IssuedOperation {
  const [found, ...more] = only(stream, mnemonic);
  if (found === undefined || more.length > 0)
    throw new RangeError(`${mnemonic} was issued ${more.length + (found === undefined ? 0 : 1)} times; want once`);
  return found;
}

/** A group of 5 inputs and 3 outputs, with configuration to change. */
export const shape = (csrs: Partial<GroupShape['csrs']> = {}): GroupShape => ({
  ...{ id: 0, firstTile: 0, rowBlocks: 1, columnBlocks: 1, replicas: 1, rows: 5, columns: 3, rowOffset: 0, columnOffset: 0 },
  csrs: { ...defaults, ...csrs },
});
