import { limits as isaLimits, registerIds } from '../../isa/limits.ts';
import { csrImmediate } from './csr-operand.ts';
import { readIntegerImmediate, unpackAguOperand } from './immediates.ts';
import type { Instruction } from './instruction.ts';
import { unpackGroup } from './pack-fields.ts';
import type { ProgramLimits } from './program-limits.ts';
import type { ProgramView, WordIssue } from './program-view.ts';
import { csrNameOf, csrSpec, flagNamesOf, operandFields, operandSpec, rowOf } from './table.ts';

/** Names a program has defined so far, in text order. */
interface Defined {
  readonly groups: Set<number>;
  readonly agus: Set<number>;
  readonly windows: Set<number>;
}

/** Groups, address generators, windows, units and register values: defined before use, and existing on the chip. */
export function definitionIssues({ instructions }: ProgramView, limits: ProgramLimits): WordIssue[] {
  const defined: Defined = { groups: new Set(), agus: new Set(), windows: new Set() };
  return instructions.flatMap((instruction, word) => {
    if (instruction === undefined) return [];
    const issues = [
      ...useIssues(instruction, defined),
      ...unitIssues(instruction, limits),
      ...(instruction.mnemonic === 'GRP' ? groupIssues(instruction, limits) : []),
      ...(instruction.mnemonic === 'SETC' ? csrIssues(instruction) : []),
    ];
    define(instruction, defined);
    return issues.map((issue) => ({ word, ...issue }));
  });
}

type Problem = Omit<WordIssue, 'word'>;

const isExtension = ({ mnemonic, flags }: Instruction): boolean => flagNamesOf(mnemonic, flags).includes('X');

function define({ mnemonic, unit }: Instruction, { groups, agus, windows }: Defined): void {
  if (mnemonic === 'GRP') groups.add(unit);
  if (mnemonic === 'AGU') agus.add(unit);
  if (mnemonic === 'WIN') windows.add(unit);
}

const undefinedName = (name: string, by: string): Problem => ({
  found: `${name} before it is defined`,
  expected: `${by} before this word`,
});

function useIssues(instruction: Instruction, { groups, agus, windows }: Defined): Problem[] {
  const { mnemonic, unit, fn } = instruction;
  const { class: unitClass, unit: field } = rowOf(mnemonic);
  const issues: Problem[] = [];
  const extension = isExtension(instruction);
  if (field === 'group' && (unitClass === 'tile' || (mnemonic === 'GRP' && extension)) && !groups.has(unit))
    issues.push(undefinedName(`W${unit}`, '.group'));
  if (mnemonic === 'AGU' && extension && !agus.has(unit)) issues.push(undefinedName(`$a${unit}`, '.agu'));
  if (mnemonic === 'WIN' && extension && !windows.has(unit)) issues.push(undefinedName(`@w${unit}`, '.window'));
  if (mnemonic === 'WIN' && !agus.has(fn)) issues.push(undefinedName(`$a${fn}`, '.agu'));
  for (const operandField of operandFields) {
    const { kind, value } = instruction[operandField];
    if (operandSpec(mnemonic, operandField) === undefined) continue;
    const id = kind === 'agu' ? unpackAguOperand(value).id : value - registerIds.firstWindow;
    if (kind === 'agu' && !agus.has(id)) issues.push(undefinedName(`$a${id}`, '.agu'));
    if (kind === 'reg' && id >= 0 && !windows.has(id)) issues.push(undefinedName(`@w${id}`, '.window'));
  }
  return issues;
}

function controllerIssues({ mnemonic, unit, b }: Instruction, { controllers }: ProgramLimits): Problem[] {
  const { count, own } = controllers ?? { count: 1, own: 0 };
  const found = mnemonic === 'BAR' ? readIntegerImmediate(b.value) : unit;
  if (mnemonic === 'BAR' ? b.kind !== 'imm' || found === count : unit < count && unit !== own) return [];
  const alone = 'a program that runs with others, each on its own chip: ohmic simulate one.oasm two.oasm';
  if (count === 1) return [{ found: mnemonic, expected: alone }];
  if (mnemonic === 'BAR') return [{ found: `BAR for ${found} controllers`, expected: `all ${count}` }];
  const others = Array.from({ length: count }, (_, at) => at).filter((at) => at !== own);
  return [{ found: `${mnemonic} with controller ${unit}`, expected: `another one: ${others.join(', ')}` }];
}

function unitIssues(instruction: Instruction, limits: ProgramLimits): Problem[] {
  const { mnemonic, unit } = instruction;
  const { vectorUnits, dmaChannels } = limits;
  const { unit: field } = rowOf(mnemonic);
  if (field === 'controller' || mnemonic === 'BAR') return controllerIssues(instruction, limits);
  const count = field === 'vector-unit' ? vectorUnits : field === 'dma' ? dmaChannels : Number.POSITIVE_INFINITY;
  const name = field === 'dma' ? 'DMA channel' : 'vector unit';
  return unit < count ? [] : [{ found: `${name} ${unit}`, expected: `one of the ${count} the chip has, 0 to ${count - 1}` }];
}

function groupIssues(instruction: Instruction, { tiles, tileRows, logicalColumnsPerTile }: ProgramLimits): Problem[] {
  const { unit, length: rows, d, a, b } = instruction;
  if (isExtension(instruction)) {
    const outside = d.value >= tileRows || a.value >= (logicalColumnsPerTile ?? Number.POSITIVE_INFINITY);
    return outside
      ? [
          {
            found: `W${unit} at row ${d.value}, column ${a.value} of its tile`,
            expected: `a place inside a tile of ${tileRows} rows`,
          },
        ]
      : [];
  }
  const { firstTile, rowBlocks, columnBlocks, replicas, columns } = unpackGroup(d.value, a.value, b.value);
  const issues: Problem[] = [];
  const used = rowBlocks * columnBlocks * replicas;
  if (rows === 0 || columns === 0 || used === 0)
    return [
      { found: `W${unit} of ${rows} x ${columns} on ${used} tiles`, expected: 'at least one row, column, block and replica' },
    ];
  if (firstTile + used > tiles)
    issues.push({
      found: `W${unit} on tiles ${firstTile} to ${firstTile + used - 1}`,
      expected: `tiles 0 to ${tiles - 1} of the chip`,
    });
  if (rows > rowBlocks * tileRows)
    issues.push({
      found: `W${unit} with ${rows} rows`,
      expected: `at most ${rowBlocks * tileRows} rows in ${rowBlocks} blocks of ${tileRows}`,
    });
  const room = columnBlocks * (logicalColumnsPerTile ?? Number.POSITIVE_INFINITY);
  if (columns > room)
    issues.push({
      found: `W${unit} with ${columns} columns`,
      expected: `at most ${room} columns in ${columnBlocks} blocks of ${logicalColumnsPerTile}`,
    });
  return issues;
}

function csrIssues({ fn, unit, a }: Instruction): Problem[] {
  const name = csrNameOf(fn);
  if (name === undefined) return [];
  const { scope, type, choices = [], min, max } = csrSpec(name);
  if (scope === 'global' && unit !== 0)
    return [{ found: `global ${name} for unit ${unit === isaLimits.everyGroup ? 'all' : unit}`, expected: 'unit 0' }];
  if (a.kind !== 'imm' || csrImmediate(name, a.value) !== undefined) return [];
  const expected = type === 'choice' ? `a code of ${choices.join(', ')}` : `a value from ${min ?? 'any'} to ${max ?? 'any'}`;
  return [{ found: `${name} set to bits 0x${a.value.toString(16)}`, expected }];
}
