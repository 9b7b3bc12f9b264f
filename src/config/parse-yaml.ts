import { type Document, isCollection, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { InputError, type Issue } from './issue.ts';

export type Path = readonly PropertyKey[];

/** 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML text as plain data that still knows where each value stood. */
export interface ParsedYaml {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path begins; for a path that does not exist, its nearest existing ancestor. */
  locate(path: Path): Position;
  /** Where the last key of a path stands; falls back to `locate`. */
  locateKey(path: Path): Position;
}

/**
 * Reads one YAML 1.2 document. A leading byte-order mark and CRLF line ends are accepted.
 * @throws InputError with every syntax error (line and column), duplicate key, or an empty file.
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, strict: true });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const issues = [...document.errors, ...document.warnings].map(
    ({ message, pos }): Issue => ({
      file,
      ...positionOf(pos[0]),
      found: snippet(source, pos[0]),
      expected: `valid YAML: ${sentence(message)}`,
    }),
  );
  if (issues.length > 0) throw new InputError(issues);
  if (document.contents === null || source.trim() === '')
    throw new InputError([{ file, line: 1, column: 1, found: 'an empty file', expected: 'a YAML document' }]);
  return {
    file,
    value: plainValue(document, file),
    locate: (path) => positionOf(offsetOf(document, path, false)),
    locateKey: (path) => positionOf(offsetOf(document, path, true)),
  };
}

const sentence = (message: string): string => message.replaceAll(/\s+/g, ' ').trim();

function snippet(source: string, offset: number): string {
  const rest = source.slice(offset).split(/\r?\n/, 1)[0]!.trim();
  return rest === '' ? 'the end of a line' : JSON.stringify(rest.length > 40 ? `${rest.slice(0, 40)}…` : rest);
}

/** Aliases that expand without bound are refused by the library's limit. */
function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError([
      { file, found: error instanceof Error ? sentence(error.message) : 'an alias', expected: 'a document with few aliases' },
    ]);
  }
}

/** Character offset of the value (or key) at a path, or of its nearest existing ancestor. */
function offsetOf(document: Document, path: Path, wantKey: boolean): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => keyText(item.key) === String(step)) : undefined;
    const next = pair !== undefined ? pair.value : isCollection(node) ? node.get(step, true) : undefined;
    const keyStart = pair === undefined ? undefined : start(pair.key);
    if (wantKey && depth === path.length - 1) return keyStart ?? start(next) ?? offset;
    const found = start(next) ?? keyStart;
    if (found === undefined) return offset;
    offset = found;
    node = next;
  }
  return offset;
}

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

const start = (node: unknown): number | undefined => (isNode(node) && !isPair(node) ? node.range?.[0] : undefined);
