import type { CsrName } from '../../isa/csrs.ts';
import { limits } from '../../isa/limits.ts';
import { nearestName } from '../config/nearest-name.ts';
import { type Assembly, located, TokenError } from './assembly.ts';
import { dataTypes, readDataValues } from './data-values.ts';
import { type DirectiveFields, readFields } from './directive-fields.ts';
import type { Operand } from './instruction.ts';
import { readNumber, readWhole } from './number-text.ts';
import { register } from './operands.ts';
import { parseAddress, parseId } from './parse-operand.ts';
import { phases, type RegionKind } from './program.ts';
import { type SourceLine, splitPair, type Token } from './source-line.ts';
import { csrNames, isCsrName } from './table.ts';

type Line = SourceLine & { readonly head: Token };
type Directive = (assembly: Assembly, line: Line) => void;

const area =
  (space: 'spm' | 'dram'): Directive =>
  ({ builder }, { head, args }) => {
    const [name, size, ...rest] = args;
    if (name === undefined || size === undefined) throw new TokenError(head, `.${space} name bytes`);
    const at = readFields(rest, ['at']).optional('at');
    located(name, () =>
      space === 'spm' ? builder.spm(name.text, wholeOf(size), at) : builder.dram(name.text, wholeOf(size), undefined, at),
    );
  };

const region: Directive = ({ builder }, { head, args }) => {
  const kinds: readonly string[] = ['phase', 'layer', 'evaluation'];
  const [id, kind, name] = args;
  if (id === undefined || kind === undefined || name === undefined || args.length > 3)
    throw new TokenError(head, '.region id kind "name"');
  if (!kinds.includes(kind.text))
    throw new TokenError(kind, `one of ${kinds.join(', ')}`, { nearest: nearestName(kind.text, kinds) });
  const text = quoted(name);
  if (kind.text === 'phase' && !(phases as readonly string[]).includes(text))
    throw new TokenError(name, `one of ${phases.join(', ')}`, { nearest: nearestName(text, phases) });
  located(id, () => builder.region(kind.text as RegionKind, text, wholeOf(id)));
};

function quoted(token: Token): string {
  if (!token.text.startsWith('"')) return token.text;
  try {
    return String(JSON.parse(token.text));
  } catch {
    throw new TokenError(token, 'a quoted text');
  }
}

const data: Directive = (assembly, { head, args }) => {
  const { builder, filled } = assembly;
  const [name, type, ...values] = args;
  if (name === undefined || type === undefined) throw new TokenError(head, `.data name ${dataTypes.join('|')} values`);
  const bytes = readDataValues(type, values);
  const symbol = builder.symbol(name.text);
  if (symbol === undefined) located(name, () => builder.dram(name.text, bytes.length));
  const { space, address, bytes: room } = builder.symbol(name.text)!;
  const used = filled.get(name.text) ?? 0;
  if (space !== 'dram') throw new TokenError(name, 'a DRAM symbol: bytes are placed in DRAM only');
  if (used + bytes.length > room)
    throw new TokenError(name, `at most ${room - used} more bytes`, { found: `${bytes.length} bytes for ${name.text}` });
  builder.data(address + used, bytes);
  filled.set(name.text, used + bytes.length);
};

const group: Directive = ({ builder }, { head, args }) => {
  const [id, ...rest] = args;
  if (id === undefined) throw new TokenError(head, '.group W0 tile=0 rows=784 cols=256');
  const fields = readFields(rest, ['tile', 'rows', 'cols', 'rowblocks', 'colblocks', 'replicas', 'rowoffset', 'coloffset']);
  builder.group({
    id: parseId(id, 'W', limits.groupCount),
    firstTile: fields.whole('tile', head),
    rows: fields.whole('rows', head),
    columns: fields.whole('cols', head),
    rowBlocks: fields.optional('rowblocks') ?? 1,
    columnBlocks: fields.optional('colblocks') ?? 1,
    replicas: fields.optional('replicas') ?? 1,
    rowOffset: fields.optional('rowoffset') ?? 0,
    columnOffset: fields.optional('coloffset') ?? 0,
  });
};

const agu: Directive = (assembly, { head, args }) => {
  const [id, ...rest] = args;
  if (id === undefined) throw new TokenError(head, '.agu a0 base=dram:symbol L1:784');
  const fields = readFields(
    rest.filter(({ text }) => !/^L\d+:/.test(text)),
    ['base', 'mod', 'phase'],
  );
  const { space, base } = readBase(assembly, fields, head);
  const strides = rest.filter(({ text }) => /^L\d+:/.test(text)).map(readStride);
  const modulus = fields.optional('mod') ?? 0;
  const phase = fields.optional('phase') ?? 0;
  located(id, () => assembly.builder.agu(parseId(id, 'a', limits.aguCount), { space, base, strides, modulus, phase }));
};

function readBase(assembly: Assembly, fields: DirectiveFields, head: Token): { space: 'spm' | 'dram'; base: number } {
  const token = fields.token('base');
  if (token === undefined) throw new TokenError(head, 'base=dram:address or base=spm:address', { found: '.agu without base' });
  const match = /^(spm|dram):/.exec(token.text);
  if (match === null) throw new TokenError(token, 'dram:address or spm:address');
  const address = { text: token.text.slice(match[0].length), column: token.column + match[0].length };
  const space = match[1] as 'spm' | 'dram';
  return { space, base: parseAddress(assembly, address, space) };
}

function readStride(token: Token): { level: number; bytes: number } {
  const [level = '', amount = ''] = token.text.split(':');
  const bytes = readWhole(amount);
  if (bytes === undefined) throw new TokenError(token, 'level:bytes such as L1:784');
  return { level: parseId({ text: level, column: token.column }, 'L', limits.loopLevels), bytes };
}

const window: Directive = ({ builder }, { head, args }) => {
  const [id, ...rest] = args;
  if (id === undefined) throw new TokenError(head, '.window w0 agu=a3 height=28 width=28 channels=1 kernel=5x5');
  const fields = readFields(rest, [
    'agu',
    'height',
    'width',
    'channels',
    'kernel',
    'stride',
    'pad',
    'dil',
    'first',
    'rows',
    'rowbytes',
  ]);
  const base = fields.token('agu');
  if (base === undefined) throw new TokenError(head, 'agu=aN', { found: '.window without agu' });
  const [kernelHeight, kernelWidth] = fields.pair('kernel', 'x', head);
  const [strideY, strideX] = fields.pair('stride', 'x', head, 1);
  const [before, after] = fields.pair('pad', ':', head, 0);
  builder.window(parseId(id, 'w', limits.windowCount), {
    agu: parseId(base, 'a', limits.aguCount),
    height: fields.whole('height', head),
    width: fields.whole('width', head),
    channels: fields.whole('channels', head),
    kernelHeight,
    kernelWidth,
    strideY,
    strideX,
    padTop: before,
    padLeft: before,
    padBottom: after,
    padRight: after,
    dilation: fields.optional('dil') ?? 1,
    ...windowPart(fields, head),
  });
};

function windowPart(fields: DirectiveFields, head: Token) {
  const first = fields.token('first');
  if (first === undefined) {
    const alone = fields.token('rows') ?? fields.token('rowbytes');
    if (alone !== undefined) throw new TokenError(alone, 'first=aN beside it: the generator of the first output row');
    return {};
  }
  const agu = parseId(first, 'a', limits.aguCount);
  return { part: { agu, rows: fields.whole('rows', head), rowBytes: fields.whole('rowbytes', head) } };
}

const csr: Directive = ({ builder }, { head, args }) => {
  const [scope, ...rest] = args;
  if (scope === undefined || rest.length === 0) throw new TokenError(head, '.csr W0|all|global NAME=value');
  const unit = scope.text === 'all' || scope.text === 'global' ? scope.text : parseId(scope, 'W', limits.groupCount);
  for (const token of rest) {
    const pair = splitPair(token);
    if (pair === undefined) throw new TokenError(token, 'NAME=value');
    const { key, value } = pair;
    if (!isCsrName(key.text)) throw new TokenError(key, 'a configuration register', { nearest: nearestName(key.text, csrNames) });
    located(value, () => builder.csr(unit, key.text as CsrName, readCsrValue(value)));
  }
};

const readCsrValue = (token: Token): number | string | Operand =>
  /^r\d+$/.test(token.text) ? register(Number(token.text.slice(1))) : (readNumber(token.text) ?? token.text);

const scope: Directive = ({ builder, open, line }, { head, args }) => {
  const [id] = args;
  if (id === undefined || args.length > 1) throw new TokenError(head, '.scope id of a region');
  builder.openScope(wholeOf(id));
  open.push({ what: '.scope', line, column: head.column });
};

const end: Directive = ({ builder, open }) => {
  if (open.pop()?.what === '.scope') builder.closeScope();
  else builder.closeLoop();
};

const word: Directive = ({ builder }, { head, args }) => {
  if (args.length !== 4) throw new TokenError(head, '.word with four 32-bit numbers');
  builder.raw(args.map(wholeOf));
};

const declarations: Readonly<Record<string, Directive>> = {
  '.spm': area('spm'),
  '.dram': area('dram'),
  '.data': data,
  '.region': region,
};
const directives: Readonly<Record<string, Directive>> = {
  '.group': group,
  '.agu': agu,
  '.window': window,
  '.csr': csr,
  '.scope': scope,
  '.end': end,
  '.word': word,
};

export const directiveNames: readonly string[] = [...Object.keys(declarations), ...Object.keys(directives)];

/** Declarations take effect before any instruction, wherever they stand. */
export const isDeclaration = (head: string): boolean => Object.hasOwn(declarations, head);
export const declare: Directive = (assembly, line) => declarations[line.head.text]!(assembly, line);

export const assembleDirective: Directive = (assembly, line) => {
  const { text } = line.head;
  if (!Object.hasOwn(directives, text))
    throw new TokenError(line.head, 'a directive', {
      found: `unknown directive ${text}`,
      nearest: nearestName(text, directiveNames),
    });
  directives[text]!(assembly, line);
};

function wholeOf(token: Token): number {
  const value = readWhole(token.text);
  if (value === undefined || value < 0) throw new TokenError(token, 'a whole number >= 0');
  return value;
}
