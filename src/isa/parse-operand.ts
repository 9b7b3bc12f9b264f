import { limits } from '../../isa/limits.ts';
import type { OperandSpec } from '../../isa/spec.ts';
import { nearestName } from '../config/nearest-name.ts';
import { type Assembly, located, TokenError } from './assembly.ts';
import type { Operand } from './instruction.ts';
import { type ImmediateRule, kindsSentence } from './instruction-rules.ts';
import { readNumber, readWhole } from './number-text.ts';
import { agu, counter, float, integer, packedBits, register, special, spm, window } from './operands.ts';
import type { Token } from './source-line.ts';
import { specialIds } from './table.ts';

/** Reads one operand as assembly writes it; `rule` says how an immediate is meant. */
export function parseOperand(assembly: Assembly, token: Token, spec: OperandSpec, rule: ImmediateRule): Operand {
  const operand = readOperand(assembly, token, rule);
  if (operand === undefined || !spec.kinds.includes(operand.kind)) throw new TokenError(token, kindsSentence(spec));
  return operand;
}

function readOperand(assembly: Assembly, token: Token, rule: ImmediateRule): Operand | undefined {
  const { text, column } = token;
  const rest = { text: text.slice(1), column: column + 1 };
  if (text.startsWith('[') && text.endsWith(']'))
    return located(token, () => spm(parseAddress(assembly, { ...rest, text: text.slice(1, -1).trim() }, 'spm')));
  if (text.startsWith('$')) return parseAguOperand(token);
  if (text.startsWith('#')) return parseImmediate(rest, rule);
  if (text.startsWith('!')) return parseSpecial(rest);
  if (text.startsWith('@')) return located(token, () => window(parseId(rest, 'w', limits.windowCount)));
  if (/^r\d+$/.test(text)) return located(token, () => register(Number(rest.text)));
  if (/^L\d+$/.test(text)) return located(token, () => counter(Number(rest.text)));
  return undefined;
}

/** `a3`, `w0`, `W12` … as its number. */
export function parseId(token: Token, letter: string, count: number): number {
  const match = new RegExp(`^${letter}(\\d+)$`).exec(token.text);
  const id = match === null ? Number.NaN : Number(match[1]);
  if (!(id < count)) throw new TokenError(token, `${letter}0 to ${letter}${count - 1}`);
  return id;
}

/** `symbol`, `symbol+off`, `symbol-off` or a number, as a byte address in `space`. */
export function parseAddress({ builder }: Assembly, token: Token, space: 'spm' | 'dram'): number {
  const plain = readWhole(token.text);
  if (plain !== undefined && plain >= 0) return plain;
  const match = /^([A-Za-z_][\w.]*)(?:\s*([+-])\s*(\w+))?$/.exec(token.text);
  const offset = match?.[3] === undefined ? 0 : readWhole(match[3]);
  if (match === null || offset === undefined) throw new TokenError(token, 'an address, a symbol or symbol+offset');
  const symbol = builder.symbol(match[1]!);
  if (symbol?.space !== space) {
    const names = builder.symbolNames().filter((name) => builder.symbol(name)?.space === space);
    const found = symbol === undefined ? `unknown symbol ${match[1]}` : `${match[1]}, which lies in ${symbol.space}`;
    throw new TokenError(token, `a symbol of .${space}`, { found, nearest: nearestName(match[1]!, names) });
  }
  return symbol.address + (match[2] === '-' ? -offset : offset);
}

function parseAguOperand(token: Token): Operand {
  const match = /^\$a(\d+)(?:\s*([+-])\s*(\w+))?$/.exec(token.text);
  const offset = match?.[3] === undefined ? 0 : readWhole(match[3]);
  if (match === null || offset === undefined)
    throw new TokenError(token, `$a0 to $a${limits.aguCount - 1}, with or without +offset`);
  return located(token, () => agu(Number(match[1]), match[2] === '-' ? -offset : offset));
}

function parseImmediate(token: Token, rule: ImmediateRule): Operand {
  const value = readNumber(token.text);
  if (value === undefined) throw new TokenError(token, rule === 'float' ? 'a number' : 'a whole number');
  if (rule === 'float') return located(token, () => float(value));
  return located(token, () => (rule === 'integer' ? integer(value) : packedBits(value)));
}

function parseSpecial(token: Token): Operand {
  if (Object.hasOwn(specialIds, token.text)) return special(token.text as keyof typeof specialIds);
  const names = Object.keys(specialIds);
  throw new TokenError(token, `one of ${names.map((name) => `!${name}`).join(', ')}`, {
    nearest: nearestName(token.text, names),
  });
}
