import { describe, expect, test } from 'vitest';
import { InputError, type Issue } from '../../src/config/issue.ts';
import { parseYaml } from '../../src/config/parse-yaml.ts';

const issuesOf = (text: string): readonly Issue[] => {
  try {
    parseYaml(text, 'chip.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  return [];
};

const text = 'name: demo\ntile:\n  rows: 256\n  list: [1, {a: 2}]\n';

describe('parseYaml', () => {
  test('reads plain data', () =>
    expect(parseYaml(text, 'f').value).toEqual({ name: 'demo', tile: { rows: 256, list: [1, { a: 2 }] } }));

  test('locates values and keys, 1-based', () => {
    const yaml = parseYaml(text, 'f');
    expect(yaml.locate(['tile', 'rows'])).toEqual({ line: 3, column: 9 });
    expect(yaml.locateKey(['tile', 'rows'])).toEqual({ line: 3, column: 3 });
    expect(yaml.locate(['tile', 'list', 1, 'a'])).toEqual({ line: 4, column: 17 });
    expect(yaml.locate([])).toEqual({ line: 1, column: 1 });
  });

  test('a path that does not exist falls back to its ancestor', () => {
    const yaml = parseYaml(text, 'f');
    expect(yaml.locate(['tile', 'columns', 'x'])).toEqual(yaml.locate(['tile']));
    expect(yaml.locateKey(['nothing'])).toEqual({ line: 1, column: 1 });
  });

  test('a byte-order mark and CRLF change neither values nor positions', () => {
    const yaml = parseYaml(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'f');
    expect(yaml.value).toEqual(parseYaml(text, 'f').value);
    expect(yaml.locate(['tile', 'rows'])).toEqual({ line: 3, column: 9 });
  });

  test.each([
    ['', 1, 1, 'an empty file'],
    ['# only a comment\n', 1, 1, 'an empty file'],
    ['a: 1\nb: [1, 2\n', 3, 1, 'the end of a line'],
    ['a: 1\na: 2\n', 2, 1, '"a: 2"'],
    ['a: 1\n\tb: 2\n', 2, 1, undefined],
    ['a: 1\n---\nb: 2\n', 2, 1, undefined],
  ])('refuses %j at %d:%d', (source, line, column, found) => {
    const [issue] = issuesOf(source);
    expect(issue).toMatchObject({ file: 'chip.yaml', line, column, ...(found === undefined ? {} : { found }) });
  });

  test('refuses an alias bomb instead of expanding it', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${new Array(9).fill(`*l${i}`).join(',')}]`);
    expect(issuesOf(['l0: &l0 x', ...levels].join('\n'))).toHaveLength(1);
  });

  test('a member called __proto__ stays a member', () => {
    expect(Object.keys(parseYaml('__proto__: {a: 1}\n', 'f').value as object)).toEqual(['__proto__']);
  });
});
