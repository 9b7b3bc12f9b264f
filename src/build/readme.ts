import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatCell } from '../report/format-measure.ts';
import { validationTable } from '../report/validation-table.ts';
import type { Validation } from '../validation/validate.ts';

/** Renews the generated parts of README.md from real runs of the built command line: `npm run readme`. */
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const readme = fileURLToPath(new URL('../../README.md', import.meta.url));

function ohmic(...words: string[]): string {
  const { stdout, status } = spawnSync(process.execPath, [main, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0 && status !== 2) throw new Error(`ohmic ${words.join(' ')} ended with ${status}; want 0 or 2`);
  return stdout.trimEnd();
}

const fenced = (text: string): string => `\`\`\`\n${text}\n\`\`\``;

/** Tables of the main job that a first reader does not need; the run prints them all. */
const leftOut = /^(Power by component|Area by component|Whole program by phase|Units that worked|Activity|Pulses taken)/;

/** The blocks of a report, with three dots in place of the tables left out. */
function shortened(report: string): string {
  const blocks = report.split(/\n{2,}/).map((block) => (leftOut.test(block) ? '…' : block));
  return blocks.filter((block, index) => block !== '…' || blocks[index - 1] !== '…').join('\n\n');
}

const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function validationSection(): string {
  const { columns, rows } = validationTable(JSON.parse(ohmic('validate', '--json', '--quiet')) as Validation);
  const lines = rows.map((row) => markdownRow(row.map((cell) => formatCell(cell).trim())));
  return [
    '`ohmic validate` (exit code 2 when a row is out):\n',
    markdownRow(columns),
    `|${'---|'.repeat(columns.length)}`,
    ...lines,
  ].join('\n');
}

const parts: Readonly<Record<string, () => string>> = {
  'main-job': () => fenced(shortened(ohmic('run', 'digits', '--quiet'))),
  validation: validationSection,
};

let text = readFileSync(readme, 'utf8');
for (const [name, make] of Object.entries(parts)) {
  const block = new RegExp(`(<!-- generated:${name} -->\n)[\\s\\S]*?(<!-- /generated:${name} -->)`);
  if (!block.test(text)) throw new Error(`README.md has no block generated:${name}`);
  const content = make();
  text = text.replace(block, (_, open: string, close: string) => `${open}${content}\n${close}`);
}
writeFileSync(readme, text);
