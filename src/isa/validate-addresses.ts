import { limits as isaLimits, registerIds } from '../../isa/limits.ts';
import { type AguState, extendAgu, generatorRange, startAgu } from './agu-range.ts';
import { unpackAguOperand } from './immediates.ts';
import type { Instruction } from './instruction.ts';
import { leastBytes } from './operand-bytes.ts';
import { unpackWindow, type WindowFields } from './pack-fields.ts';
import type { ProgramLimits } from './program-limits.ts';
import type { ProgramView, WordIssue } from './program-view.ts';
import { flagNamesOf, type OperandField, operandFields, operandSpec } from './table.ts';

/** Where an operand may point: the lowest and the highest first byte. */
interface Reach {
  readonly space: 'spm' | 'dram';
  readonly low: number;
  readonly high: number;
}

/**
 * Scratchpad and DRAM operands whose extremes over the loops around them leave their memory, or lie in the wrong one. Sizes are
 * lower bounds (see `leastBytes`), so a program that runs is never refused.
 */
export function addressIssues(view: ProgramView, limits: ProgramLimits): WordIssue[] {
  const generators = new Map<number, AguState>();
  const windows = new Map<number, { readonly agu: number; readonly shape: WindowFields }>();
  const issues: WordIssue[] = dataIssues(view, limits);
  for (const [word, instruction] of view.instructions.entries()) {
    if (instruction === undefined) continue;
    const { mnemonic, unit, fn, flags, d, a, b } = instruction;
    if (mnemonic === 'AGU') {
      const known = generators.get(unit);
      if (!flagNamesOf('AGU', flags).includes('X')) generators.set(unit, startAgu(instruction));
      else if (known !== undefined) generators.set(unit, extendAgu(known, instruction));
    } else if (mnemonic === 'WIN') {
      // The extension word only narrows it to rows of the same map.
      if (!flagNamesOf('WIN', flags).includes('X'))
        windows.set(unit, { agu: fn, shape: unpackWindow(d.value, a.value, b.value) });
    } else
      for (const field of operandFields) {
        const window = windowOf(instruction, field, windows);
        const reach = reachOf(view, word, instruction, field, generators, window?.agu);
        if (reach === undefined) continue;
        const bytes = leastBytes(view, word, field, window?.shape);
        issues.push(...outside(word, instruction, field, reach, bytes, limits));
      }
  }
  return issues;
}

function windowOf<W>(
  { mnemonic, ...operands }: Instruction,
  field: OperandField,
  windows: ReadonlyMap<number, W>,
): W | undefined {
  const { kind, value } = operands[field];
  return operandSpec(mnemonic, field)?.window === true && kind === 'reg'
    ? windows.get(value - registerIds.firstWindow)
    : undefined;
}

function reachOf(
  view: ProgramView,
  word: number,
  instruction: Instruction,
  field: OperandField,
  generators: ReadonlyMap<number, AguState>,
  windowAgu: number | undefined,
): Reach | undefined {
  const { kind, value } = instruction[field];
  if (operandSpec(instruction.mnemonic, field) === undefined) return undefined;
  if (kind === 'spm') return { space: 'spm', low: value, high: value };
  if (kind !== 'agu' && windowAgu === undefined) return undefined;
  const { id, offset } = windowAgu === undefined ? unpackAguOperand(value) : { id: windowAgu, offset: 0 };
  const state = generators.get(id);
  const range = state === undefined ? undefined : generatorRange(state, view, word);
  if (state === undefined || range === undefined) return undefined;
  return { space: state.space, low: range[0] + offset, high: range[1] + offset };
}

function outside(
  word: number,
  { mnemonic }: Instruction,
  field: OperandField,
  reach: Reach,
  bytes: number,
  limits: ProgramLimits,
): WordIssue[] {
  const { space, low, high } = reach;
  const wanted = operandSpec(mnemonic, field)?.space ?? 'any';
  const name = `${mnemonic} operand ${field.toUpperCase()}`;
  if (wanted !== 'any' && wanted !== space) return [{ word, found: `${name} in ${space}`, expected: `an address in ${wanted}` }];
  const size = space === 'spm' ? limits.spmBytes : (limits.dramBytes ?? isaLimits.dramUnitBytes * 2 ** 24);
  if (low >= 0 && high + bytes <= size) return [];
  const memory = space === 'spm' ? 'the scratchpad' : 'DRAM';
  return [
    { word, found: `${name} at ${space} bytes ${low} to ${high + bytes - 1}`, expected: `bytes 0 to ${size - 1} of ${memory}` },
  ];
}

function dataIssues({ program }: ProgramView, { dramBytes }: ProgramLimits): WordIssue[] {
  return program.data.flatMap(({ address, bytes }) =>
    address + bytes.length <= (dramBytes ?? Number.POSITIVE_INFINITY)
      ? []
      : [
          {
            word: 0,
            found: `data at dram bytes ${address} to ${address + bytes.length - 1}`,
            expected: `bytes 0 to ${dramBytes! - 1} of DRAM`,
          },
        ],
  );
}
