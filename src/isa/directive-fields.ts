import { nearestName } from '../config/nearest-name.ts';
import { TokenError } from './assembly.ts';
import { readWhole } from './number-text.ts';
import { splitPair, type Token } from './source-line.ts';

/** The `name=value` fields of a directive. Every reader throws TokenError for a value it cannot read. */
export interface DirectiveFields {
  token(key: string): Token | undefined;
  optional(key: string): number | undefined;
  /** A field that must be there; its absence is blamed on `head`. */
  whole(key: string, head: Token): number;
  /** `5` or two numbers with `separator` between them. */
  pair(key: string, separator: string, head: Token, otherwise?: number): readonly [number, number];
}

export function readFields(tokens: readonly Token[], keys: readonly string[]): DirectiveFields {
  const values = new Map<string, Token>();
  for (const token of tokens) {
    const pair = splitPair(token);
    if (pair === undefined) throw new TokenError(token, `fields such as ${keys[0]}=…`);
    if (!keys.includes(pair.key.text))
      throw new TokenError(pair.key, `one of ${keys.join(', ')}`, { nearest: nearestName(pair.key.text, keys) });
    if (values.has(pair.key.text)) throw new TokenError(pair.key, 'each field once', { found: `${pair.key.text} a second time` });
    values.set(pair.key.text, pair.value);
  }
  const missing = (key: string, head: Token): never => {
    throw new TokenError(head, `${key}=…`, { found: `${head.text} without ${key}` });
  };
  const fields: DirectiveFields = {
    token: (key) => values.get(key),
    optional: (key) => {
      const token = values.get(key);
      return token === undefined ? undefined : wholeOf(token, token.text);
    },
    whole: (key, head) => fields.optional(key) ?? missing(key, head),
    pair: (key, separator, head, otherwise) => {
      const token = values.get(key);
      if (token === undefined) return otherwise === undefined ? missing(key, head) : [otherwise, otherwise];
      const [first = '', second = first, extra] = token.text.split(separator);
      if (extra !== undefined) throw new TokenError(token, `one number or two with ${separator} between`);
      return [wholeOf(token, first), wholeOf(token, second)];
    },
  };
  return fields;
}

function wholeOf(token: Token, text: string): number {
  const value = readWhole(text);
  if (value === undefined || value < 0) throw new TokenError(token, 'a whole number >= 0');
  return value;
}
