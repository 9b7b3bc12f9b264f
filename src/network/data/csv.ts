import { InputError, type Issue, inputError } from '../../config/issue.ts';
import type { LabelledImages } from './data-set.ts';
import { inflate } from './inflate.ts';

/** After this many mistakes the file is not of this kind; listing more would bury the first. */
const issueLimit = 20;

/**
 * One image a line: label, then pixel codes 0..255. A first line of names is skipped; BOM, CRLF and empty lines are allowed.
 * A square number of pixels becomes [side, side, 1], any other [features]. Throws InputError with the line and column of each mistake.
 */
export function readCsv(name: string, raw: Uint8Array, file: string): LabelledImages {
  const lines = new TextDecoder('utf-8').decode(inflate(raw, file)).split(/\r\n|\n|\r/);
  const rows = lines.map((text, index) => ({ text, line: index + 1 })).filter(({ text }) => text.trim() !== '');
  if (rows[0] !== undefined && isHeading(rows[0].text)) rows.shift();
  const first = rows[0];
  if (first === undefined) throw inputError(file, 'no line with numbers', 'lines of label,pixel,pixel,…');
  const width = first.text.split(',').length;
  if (width < 2) throw new InputError([{ file, line: first.line, found: 'one value', expected: 'label,pixel,pixel,…' }]);
  const images = new Uint8Array(rows.length * (width - 1));
  const labels = new Uint8Array(rows.length);
  const issues: Issue[] = [];
  const codes = new Uint8Array(width);
  for (const [index, row] of rows.entries()) {
    if (issues.length >= issueLimit) break;
    if (!readPlainRow(codes, row.text)) readRow(codes, row.text, { file, line: row.line, width, first: first.line }, issues);
    labels[index] = codes[0]!;
    images.set(codes.subarray(1), index * (width - 1));
  }
  if (issues.length > 0) throw new InputError(issues.slice(0, issueLimit));
  return { name, shape: imageShape(width - 1), images, labels };
}

/** Names start with a letter; `nan` and `inf` are numbers gone wrong and must not pass as a heading. */
const isHeading = (text: string): boolean => /^\s*"?[a-z_]/i.test(text) && !/^\s*(nan|inf)/i.test(text);

/** The common case, three times as fast: only digits and commas, as many numbers as `codes`, all up to 255. False if the line is otherwise. */
function readPlainRow(codes: Uint8Array, text: string): boolean {
  let column = 0;
  let value = -1;
  for (let i = 0; i <= text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      value = Math.max(0, value) * 10 + digit;
    } else {
      if ((i < text.length && text[i] !== ',') || value < 0 || value > 255 || column >= codes.length) return false;
      codes[column++] = value;
      value = -1;
    }
  }
  return column === codes.length;
}

interface RowPlace {
  readonly file: string;
  readonly line: number;
  readonly width: number;
  /** The line that set the width. */
  readonly first: number;
}

function readRow(codes: Uint8Array, text: string, { file, line, width, first }: RowPlace, issues: Issue[]): void {
  const cells = text.split(',');
  if (cells.length !== width) {
    issues.push({ file, line, found: `${cells.length} values`, expected: `${width} as in line ${first}` });
    return;
  }
  let column = 1;
  for (const [index, cell] of cells.entries()) {
    const found = cell.trim();
    const value = found === '' ? Number.NaN : Number(found);
    if (Number.isInteger(value) && value >= 0 && value <= 255) codes[index] = value;
    else {
      const expected = `a whole ${index === 0 ? 'label' : 'pixel code'} from 0 to 255`;
      issues.push({ file, line, column, found: found === '' ? 'nothing' : found, expected });
    }
    column += cell.length + 1;
  }
}

function imageShape(pixels: number): readonly number[] {
  const side = Math.round(Math.sqrt(pixels));
  return side * side === pixels ? [side, side, 1] : [pixels];
}
