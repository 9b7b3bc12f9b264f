/** A piece of a source line with its 1-based column. */
export interface Token {
  readonly text: string;
  readonly column: number;
}

/** `label: head arg, arg ; comment`, taken apart. */
export interface SourceLine {
  readonly line: number;
  readonly label: Token | undefined;
  /** Mnemonic with its dotted parts, or a directive with its dot. */
  readonly head: Token | undefined;
  /** Comma-separated for instructions, separated by blanks or commas for directives. */
  readonly args: readonly Token[];
}

export const labelPattern = /^[A-Za-z_][\w.]*$/;

/** Splits a text into lines, whatever its line ends; a byte-order mark is skipped. */
export const splitLines = (text: string): SourceLine[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((content, index) => splitLine(content, index + 1));

export function splitLine(content: string, line: number): SourceLine {
  const code = content.slice(0, commentStart(content));
  const labelled = /^\s*([^\s:;"]+):(?=\s|$)/.exec(code);
  const label = labelled === null ? undefined : { text: labelled[1]!, column: code.indexOf(labelled[1]!) + 1 };
  const from = labelled === null ? 0 : labelled[0].length;
  const found = /\S+/.exec(code.slice(from));
  if (found === null) return { line, label, head: undefined, args: [] };
  const head = { text: found[0], column: from + found.index + 1 };
  const rest = head.column - 1 + head.text.length;
  return { line, label, head, args: head.text.startsWith('.') ? words(code, rest) : commaParts(code, rest) };
}

function commentStart(content: string): number {
  let quoted = false;
  for (let at = 0; at < content.length; at++) {
    const character = content[at];
    if (character === '\\' && quoted) at++;
    else if (character === '"') quoted = !quoted;
    else if (character === ';' && !quoted) return at;
  }
  return content.length;
}

function words(code: string, from: number): Token[] {
  return [...code.slice(from).matchAll(/"(?:\\.|[^"\\])*"?|[^\s,"]+/g)].map(({ 0: text, index }) => ({
    text,
    column: from + index + 1,
  }));
}

function commaParts(code: string, from: number): Token[] {
  const rest = code.slice(from);
  if (rest.trim() === '') return [];
  let column = from;
  return rest.split(',').map((part) => {
    const start = column + part.length - part.trimStart().length;
    column += part.length + 1;
    return { text: part.trim(), column: start + 1 };
  });
}

/** `name=value` with the column of each half; undefined without an equals sign. */
export function splitPair({ text, column }: Token): { readonly key: Token; readonly value: Token } | undefined {
  const at = text.indexOf('=');
  if (at <= 0) return undefined;
  return { key: { text: text.slice(0, at), column }, value: { text: text.slice(at + 1), column: column + at + 1 } };
}
