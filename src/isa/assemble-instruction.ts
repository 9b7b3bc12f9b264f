import type { Mnemonic } from '../../isa/instructions.ts';
import { limits } from '../../isa/limits.ts';
import { nearestName } from '../config/nearest-name.ts';
import { type Assembly, located, TokenError } from './assembly.ts';
import type { WordParts } from './builder.ts';
import type { Operand } from './instruction.ts';
import { immediateRule, isLiteral, kindsSentence, unitLimit } from './instruction-rules.ts';
import { readNumber, readWhole } from './number-text.ts';
import { integer, literal } from './operands.ts';
import { parseId, parseOperand } from './parse-operand.ts';
import { labelPattern, type SourceLine, splitPair, type Token } from './source-line.ts';
import {
  csrNames,
  csrSpec,
  flagBit,
  flagNames,
  functionNames,
  isCsrName,
  isMnemonic,
  mnemonics,
  type OperandField,
  operandFields,
  operandSpec,
  rowOf,
} from './table.ts';

/** Mnemonic, function and flags of `OP.fn.FLAG`. */
interface Head {
  readonly mnemonic: Mnemonic;
  readonly fn: string | undefined;
  readonly flags: readonly string[];
}

/** One instruction line into one word. Throws TokenError or FieldError. */
export function assembleInstruction(assembly: Assembly, { head: headToken, args }: SourceLine & { readonly head: Token }): void {
  const head = parseHead(headToken);
  const { mnemonic } = head;
  if (mnemonic === 'LOOP') {
    assembleLoop(assembly, headToken, args);
    return;
  }
  const named = new Map<string, Token>();
  const positional: Token[] = [];
  let unit: number | undefined;
  for (const arg of args) {
    const pair = splitPair(arg);
    if (pair !== undefined) named.set(checkKey(mnemonic, pair.key), pair.value);
    else if (rowOf(mnemonic).unit === 'group' && /^W\d/.test(arg.text)) unit = parseId(arg, 'W', limits.groupCount);
    else positional.push(arg);
  }
  const parts: Record<string, unknown> = { ...head, ...namedParts(mnemonic, named), ...(unit === undefined ? {} : { unit }) };
  if (mnemonic === 'BR' && positional[0] !== undefined && labelPattern.test(positional[0].text)) {
    assembly.branches.push({ word: assembly.builder.position, line: assembly.line, label: positional[0] });
    positional[0] = { ...positional[0], text: '#0' };
  }
  Object.assign(parts, operandParts(assembly, head, headToken, positional));
  assembly.builder.emit(mnemonic, parts as WordParts);
}

function parseHead(token: Token): Head {
  const [name = '', ...parts] = token.text.split('.');
  if (!isMnemonic(name))
    throw new TokenError({ text: name, column: token.column }, 'an instruction', {
      found: `unknown instruction ${name}`,
      nearest: nearestName(name, mnemonics),
    });
  const functions = functionNames(name);
  const flags: string[] = [];
  let fn: string | undefined;
  let column = token.column + name.length + 1;
  for (const part of parts) {
    if (fn === undefined && functions.includes(part)) fn = part;
    else if (flagBit(name, part) !== undefined) flags.push(part);
    else {
      const known = [...(fn === undefined ? functions : []), ...flagNames(name)];
      const expected = known.length === 0 ? `${name} alone` : `one of ${known.join(', ')}`;
      throw new TokenError({ text: part, column }, expected, { nearest: nearestName(part, known) });
    }
    column += part.length + 1;
  }
  return { mnemonic: name, fn, flags };
}

/** Keys an instruction takes besides its operands. */
function keysOf(mnemonic: Mnemonic): string[] {
  const { length, unit, subNumber } = rowOf(mnemonic);
  return [
    ...(length === undefined ? [] : ['len']),
    ...(unit === 'none' ? [] : ['unit']),
    ...(subNumber === undefined ? [] : [subNumber.name]),
  ];
}

function checkKey(mnemonic: Mnemonic, key: Token): string {
  const keys = keysOf(mnemonic);
  if (keys.includes(key.text)) return key.text;
  throw new TokenError(key, keys.length === 0 ? `no named field for ${mnemonic}` : `one of ${keys.join(', ')}`, {
    nearest: nearestName(key.text, keys),
  });
}

function namedParts(mnemonic: Mnemonic, named: ReadonlyMap<string, Token>): WordParts {
  const parts: { length?: number; unit?: number; sub?: number } = {};
  const { subNumber } = rowOf(mnemonic);
  for (const [key, token] of named) {
    if (key === 'len') parts.length = wholeOf(token, limits.maxLength);
    else if (key === 'unit') parts.unit = parseUnit(mnemonic, token);
    else if (subNumber?.name === 'csr') parts.sub = parseCsr(token);
    else parts.sub = wholeOf(token, subNumber?.max ?? 0);
  }
  return parts;
}

function wholeOf(token: Token, max: number): number {
  const value = readWhole(token.text);
  if (value === undefined || value < 0 || value > max) throw new TokenError(token, `a whole number from 0 to ${max}`);
  return value;
}

function parseUnit(mnemonic: Mnemonic, token: Token): number {
  const { unit } = rowOf(mnemonic);
  if (token.text === 'all') return limits.everyGroup;
  const letter = { group: 'W', agu: 'a', window: 'w', level: 'L' }[unit as string];
  const digits = letter !== undefined && token.text.startsWith(letter) ? token.text.slice(1) : token.text;
  const max = mnemonic === 'SETC' ? limits.everyGroup : unitLimit[unit];
  const value = readWhole(digits);
  if (value === undefined || value < 0 || value > max) throw new TokenError(token, `${unit} 0 to ${max}`);
  return value;
}

function parseCsr(token: Token): number {
  if (isCsrName(token.text)) return csrSpec(token.text).id;
  throw new TokenError(token, 'a configuration register', { nearest: nearestName(token.text, csrNames) });
}

/** Positional operands in the order D, A, B of those the row has; `-` leaves one out. */
function operandParts(
  assembly: Assembly,
  head: Head,
  headToken: Token,
  tokens: readonly Token[],
): Partial<Record<OperandField, Operand>> {
  const { mnemonic, fn = '', flags } = head;
  const code = rowOf(mnemonic).functions?.[fn] ?? 0;
  const flagBits = flags.reduce((mask, name) => mask | (flagBit(mnemonic, name) ?? 0), 0);
  const literalRow = isLiteral(mnemonic, code);
  const fields = operandFields.filter((field) => operandSpec(mnemonic, field) !== undefined && !(literalRow && field === 'b'));
  const extra = tokens[fields.length];
  if (extra !== undefined) throw new TokenError(extra, `${fields.length} operands for ${mnemonic}`);
  const parts: Partial<Record<OperandField, Operand>> = {};
  for (const [index, field] of fields.entries()) {
    const spec = operandSpec(mnemonic, field)!;
    const token = tokens[index];
    if (token === undefined || token.text === '-') {
      if (spec.optional !== true)
        throw new TokenError(token ?? headToken, kindsSentence(spec), {
          found: `${mnemonic} without operand ${field.toUpperCase()}`,
        });
    } else if (literalRow && field === 'a') Object.assign(parts, parseLiteral(token, flags.includes('I')));
    else parts[field] = parseOperand(assembly, token, spec, immediateRule({ mnemonic, fn: code, flags: flagBits }, field));
  }
  return parts;
}

function parseLiteral(token: Token, whole: boolean): ReturnType<typeof literal> {
  const value = token.text.startsWith('#') ? readNumber(token.text.slice(1)) : undefined;
  if (value === undefined) throw new TokenError(token, whole ? '#integer' : '#number');
  return located(token, () => literal(value, { integer: whole }));
}

/** `LOOP L0, #10, start=2`: the body length comes from the matching `.end`. */
function assembleLoop(assembly: Assembly, head: Token, args: readonly Token[]): void {
  const { builder } = assembly;
  assembly.open.push({ what: 'LOOP', line: assembly.line, column: head.column });
  let opened = false;
  try {
    const [level, trips, start, extra] = args;
    if (head.text !== 'LOOP') throw new TokenError(head, 'LOOP alone');
    if (level === undefined || trips === undefined || extra !== undefined)
      throw new TokenError(extra ?? level ?? head, 'LOOP level, trips such as LOOP L0, #10');
    const first = start === undefined ? integer(0) : parseStart(assembly, start);
    const count = parseOperand(assembly, trips, operandSpec('LOOP', 'a')!, 'integer');
    const id = parseId(level, 'L', limits.loopLevels);
    located(head, () => builder.openLoop(id, count, first));
    opened = true;
  } finally {
    // A stand-in keeps the matching .end from being reported as well.
    if (!opened) builder.openLoop(0, 1);
  }
}

function parseStart(assembly: Assembly, token: Token): Operand {
  const pair = splitPair(token);
  if (pair?.key.text !== 'start') throw new TokenError(token, 'start=N');
  const { value } = pair;
  return parseOperand(
    assembly,
    /^\d/.test(value.text) ? { ...value, text: `#${value.text}` } : value,
    operandSpec('LOOP', 'd')!,
    'integer',
  );
}
