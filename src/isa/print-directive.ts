import { limits } from '../../isa/limits.ts';
import { createProgramBuilder, type ProgramBuilder } from './builder.ts';
import { encode } from './codec.ts';
import { csrImmediate } from './csr-operand.ts';
import { readFloatImmediate, readIntegerImmediate } from './immediates.ts';
import type { Instruction } from './instruction.ts';
import { shortestText } from './number-text.ts';
import { float } from './operands.ts';
import { modulusUnit, unpackGroup, unpackLevels, unpackWindow, unusedLevel } from './pack-fields.ts';
import { type PrintContext, printAddress, printRegister } from './print-instruction.ts';
import { csrNameOf, csrSpec, flagNamesOf } from './table.ts';

interface Directive {
  readonly text: string;
  /** What the assembler does for that text. */
  readonly emit: (builder: ProgramBuilder) => void;
}

/**
 * The directive that makes this word, or this word and its extension; undefined when there is none. A form is used only if
 * building it again gives the same words, so nothing is lost in the text.
 */
export function printDirective(
  instruction: Instruction,
  extension: Instruction | undefined,
  context: PrintContext,
): { readonly text: string; readonly words: number } | undefined {
  const make = makers[instruction.mnemonic];
  if (make === undefined) return undefined;
  const isExtension =
    extension?.mnemonic === instruction.mnemonic &&
    extension.unit === instruction.unit &&
    flagNamesOf(extension.mnemonic, extension.flags).includes('X');
  for (const words of isExtension ? [[instruction, extension], [instruction]] : [[instruction]]) {
    const directive = make(words, context);
    if (directive !== undefined && rebuilds(directive, words)) return { text: directive.text, words: words.length };
  }
  return undefined;
}

function rebuilds({ emit }: Directive, words: readonly Instruction[]): boolean {
  const builder = createProgramBuilder('');
  try {
    emit(builder);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  const built = builder.build().words;
  const wanted = words.flatMap((word) => [...encode(word)]);
  return built.length === wanted.length && wanted.every((word, index) => word === built[index]);
}

type Maker = (words: readonly Instruction[], context: PrintContext) => Directive | undefined;

const makers: Readonly<Record<string, Maker>> = { AGU: printAgu, GRP: printGroup, WIN: printWindow, SETC: printCsr };

function printAgu(words: readonly Instruction[], context: PrintContext): Directive {
  const [first, extension] = words as [Instruction, Instruction | undefined];
  const dram = flagNamesOf('AGU', first.flags).includes('DRAM');
  const space = dram ? 'dram' : 'spm';
  const isRing = extension !== undefined && flagNamesOf('AGU', extension.flags).includes('M');
  const phase = isRing ? extension.d.value : 0;
  const modulus = first.length + (isRing ? extension.length * modulusUnit : 0);
  const base = first.d.value * (dram ? limits.dramUnitBytes : 1) + (isRing ? 0 : (extension?.d.value ?? 0));
  const strides = words.flatMap(({ fn, a, b }) => {
    const [levelA, levelB] = unpackLevels(fn);
    return [
      { level: levelA, bytes: readIntegerImmediate(a.value) },
      { level: levelB, bytes: readIntegerImmediate(b.value) },
    ].filter(({ level }) => level !== unusedLevel);
  });
  const parts = [
    `.agu a${first.unit} base=${space}:${printAddress(base, space, context)}`,
    ...strides.map(({ level, bytes }) => `L${level}:${bytes}`),
  ];
  if (modulus > 0) parts.push(`mod=${modulus}`);
  if (phase > 0) parts.push(`phase=${phase}`);
  return { text: parts.join(' '), emit: (builder) => builder.agu(first.unit, { space, base, strides, modulus, phase }) };
}

function printGroup(words: readonly Instruction[]): Directive {
  const [first, extension] = words as [Instruction, Instruction | undefined];
  const group = { id: first.unit, rows: first.length, ...unpackGroup(first.d.value, first.a.value, first.b.value) };
  const offsets = { rowOffset: extension?.d.value ?? 0, columnOffset: extension?.a.value ?? 0 };
  const { id, firstTile, rows, columns, rowBlocks, columnBlocks, replicas } = group;
  const parts = [`.group W${id} tile=${firstTile} rows=${rows} cols=${columns} rowblocks=${rowBlocks} colblocks=${columnBlocks}`];
  if (replicas !== 1) parts.push(`replicas=${replicas}`);
  if (offsets.rowOffset !== 0) parts.push(`rowoffset=${offsets.rowOffset}`);
  if (offsets.columnOffset !== 0) parts.push(`coloffset=${offsets.columnOffset}`);
  return { text: parts.join(' '), emit: (builder) => builder.group({ ...group, ...offsets }) };
}

function printWindow(words: readonly Instruction[]): Directive {
  const [{ unit, fn, d, a, b }, extension] = words as [Instruction, Instruction | undefined];
  const window = unpackWindow(d.value, a.value, b.value);
  const part = extension && { agu: extension.fn, rows: extension.d.value, rowBytes: extension.a.value };
  const { height, width, channels, kernelHeight, kernelWidth, strideY, strideX, padTop, padBottom, dilation } = window;
  const text = [
    `.window w${unit} agu=a${fn} height=${height} width=${width} channels=${channels}`,
    `kernel=${kernelHeight}x${kernelWidth} stride=${strideY}x${strideX} pad=${padTop}:${padBottom} dil=${dilation}`,
    ...(part === undefined ? [] : [`first=a${part.agu} rows=${part.rows} rowbytes=${part.rowBytes}`]),
  ].join(' ');
  return {
    text,
    emit: (builder) => builder.window(unit, { ...window, agu: fn, ...(part === undefined ? {} : { part }) }),
  };
}

function printCsr(words: readonly Instruction[]): Directive | undefined {
  const [{ fn, unit, a }] = words as [Instruction];
  const name = csrNameOf(fn);
  if (name === undefined || (unit >= limits.groupCount && unit !== limits.everyGroup)) return undefined;
  const scope = csrSpec(name).scope === 'global' ? 'global' : unit === limits.everyGroup ? 'all' : unit;
  const value = a.kind === 'reg' ? a : csrImmediate(name, a.value);
  if (value === undefined || (a.kind === 'reg' && a.value >= limits.registers)) return undefined;
  const isFloat = typeof value === 'number' && csrSpec(name).type === 'float';
  const shown = isFloat
    ? shortestText(value, (candidate) => float(candidate).value === a.value)
    : typeof value === 'object'
      ? printRegister(a.value)
      : value;
  const text = `.csr ${typeof scope === 'number' ? `W${scope}` : scope} ${name}=${shown}`;
  return { text, emit: (builder) => builder.csr(scope, name, isFloat ? readFloatImmediate(a.value) : value) };
}
