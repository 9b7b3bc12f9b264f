import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ValidationRow } from '../validation/row.ts';
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

const number = (value: number): string => Number(value.toPrecision(4)).toString();
const percent = (share: number): string => `${(share * 100).toFixed(share === 0 ? 0 : 2)} %`;

function tolerance({ tolerance: limit, toleranceKind, informative }: ValidationRow): string {
  if (informative === true) return 'context';
  if (toleranceKind === 'relative') return `± ${percent(limit)}`;
  return toleranceKind === 'at most' ? `≤ ${number(limit)}` : `± ${number(limit)}`;
}

function validationRow(row: ValidationRow): string {
  const deviation = row.toleranceKind === 'relative' ? percent(row.deviation) : number(row.deviation);
  const verdict = row.informative === true ? '–' : row.ok ? 'ok' : '**out**';
  const cells = [
    row.id,
    row.name,
    `${number(row.published)} ${row.unit}`,
    number(row.value),
    deviation,
    tolerance(row),
    row.class,
    verdict,
  ];
  return `| ${cells.join(' | ')} |`;
}

function validationTable(): string {
  const { rows } = JSON.parse(ohmic('validate', '--json', '--quiet')) as Validation;
  const head = '| row | what | published | here | deviation | tolerance | class | |\n|---|---|---|---|---|---|---|---|';
  return `\`ohmic validate\` (exit code 2 when a row is out):\n\n${head}\n${rows.map(validationRow).join('\n')}`;
}

const parts: Readonly<Record<string, () => string>> = {
  'main-job': () => fenced(ohmic('run', 'digits-mlp-inference', '--quiet')),
  validation: validationTable,
};

let text = readFileSync(readme, 'utf8');
for (const [name, make] of Object.entries(parts)) {
  const block = new RegExp(`(<!-- generated:${name} -->\n)[\\s\\S]*?(<!-- /generated:${name} -->)`);
  if (!block.test(text)) throw new Error(`README.md has no block generated:${name}`);
  const content = make();
  text = text.replace(block, (_, open: string, close: string) => `${open}${content}\n${close}`);
}
writeFileSync(readme, text);
