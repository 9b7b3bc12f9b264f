import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkSchema, describeValue, parseWithSchema } from '../../src/config/check-schema.ts';
import { describeIssue, InputError } from '../../src/config/issue.ts';
import { parseYaml } from '../../src/config/parse-yaml.ts';

const schema = z.strictObject({
  name: z.string().min(1),
  mode: z.enum(['pulse-width', 'bit-serial']).default('pulse-width'),
  tile: z.strictObject({ rows: z.int().min(1).max(4096), columns: z.int() }).optional(),
  ages: z.array(z.union([z.number(), z.strictObject({ value: z.number(), source: z.string() })])).default([]),
  pulse: z
    .string()
    .refine((text) => text.endsWith('ns'), { params: { expected: 'a duration such as 2 ns', nearest: '2 ns' } })
    .optional(),
});

const sentences = (text: string): string[] => {
  const checked = checkSchema(schema, parseYaml(text, 'c.yaml'));
  return checked.ok ? [] : checked.issues.map(describeIssue);
};

describe('checkSchema', () => {
  test('gives the typed value with defaults', () => {
    expect(parseWithSchema(schema, 'name: a\nages: [1, {value: 2, source: s}]\n', 'c.yaml')).toEqual({
      name: 'a',
      mode: 'pulse-width',
      ages: [1, { value: 2, source: 's' }],
    });
  });

  test('reports every mistake at once, each where it stands', () => {
    expect(sentences('mode: pulse-widht\ntile:\n  row: 3\n  rows: 0\n  columns: 1.5\npulse: 5\nages: 7\n')).toEqual([
      'c.yaml:1:1 found no name, expected a text',
      'c.yaml:1:7 found mode = "pulse-widht", expected one of pulse-width, bit-serial (did you mean pulse-width?)',
      'c.yaml:4:9 found tile.rows = 0, expected a number >= 1',
      'c.yaml:5:12 found tile.columns = 1.5, expected a whole number',
      'c.yaml:3:3 found unknown tile.row, expected one of rows, columns (did you mean rows?)',
      'c.yaml:7:7 found ages = 7, expected a list',
      'c.yaml:6:8 found pulse = 5, expected a text',
    ]);
  });

  test('a refinement speaks its own words', () => {
    expect(sentences('name: a\npulse: 5 us\n')).toEqual([
      'c.yaml:2:8 found pulse = "5 us", expected a duration such as 2 ns (did you mean 2 ns?)',
    ]);
  });

  test('a union reports the branch that got furthest, or all of them', () => {
    expect(sentences('name: a\nages: [{value: 1}]\n')).toEqual(['c.yaml:2:8 found no ages.0.source, expected a text']);
    expect(sentences('name: a\nages: [x]\n')).toEqual(['c.yaml:2:8 found ages.0 = "x", expected a number or a mapping']);
    expect(sentences('name: a\nages: [{value: 1, source: s, sorce: t}]\n')).toEqual([
      'c.yaml:2:30 found unknown ages.0.sorce, expected one of value, source (did you mean source?)',
    ]);
  });

  test('NaN, infinities and a wrong root are refused', () => {
    expect(sentences('name: a\ntile: {rows: .nan, columns: .inf}\n')).toHaveLength(2);
    expect(sentences('- 1\n')).toEqual(['c.yaml:1:1 found a list of 1, expected a mapping']);
  });

  test('parseWithSchema throws one InputError', () => {
    expect(() => parseWithSchema(schema, 'x: 1\n', 'c.yaml')).toThrow(InputError);
  });
});

test('describeValue shortens what is long', () => {
  expect(describeValue('a'.repeat(100))).toHaveLength(63);
  expect([undefined, null, true, [1], { a: 1 }].map(describeValue)).toEqual([
    'nothing',
    'null',
    'true',
    'a list of 1',
    'a mapping of a',
  ]);
});
