import { expect, test } from 'vitest';
import { z } from 'zod';
import { keysAt, literalsAt } from '../../src/config/schema-keys.ts';

const leaf = z.strictObject({ value: z.number() });
const schema = z.strictObject({
  tree: leaf.optional().default({ value: 1 }),
  list: z.array(z.union([leaf, z.strictObject({ other: z.string() })])),
  pair: z.tuple([z.string(), leaf]),
  named: z.record(z.string(), leaf),
  late: z.lazy(() => leaf),
  both: z.intersection(leaf, z.object({ more: z.string() })),
  piped: leaf.transform((value) => value.value),
});

test.each([
  [[], ['tree', 'list', 'pair', 'named', 'late', 'both', 'piped']],
  [['tree'], ['value']],
  [
    ['list', 3],
    ['value', 'other'],
  ],
  [['pair', 1], ['value']],
  [['named', 'any'], ['value']],
  [['late'], ['value']],
  [['both'], ['value', 'more']],
  [['piped'], ['value']],
  [['pair', 0], []],
  [['absent', 'x'], []],
] as const)('members allowed at %j', (path, keys) => expect(keysAt(schema, path)).toEqual(keys));

test('kinds of a union allowed at a path', () => {
  const kind = <K extends string>(name: K) => z.strictObject({ kind: z.literal(name) });
  const union = z.object({ rule: z.discriminatedUnion('kind', [kind('one'), kind('two')]).optional() });
  expect(literalsAt(union, ['rule', 'kind'])).toEqual(['one', 'two']);
  expect(literalsAt(union, ['rule'])).toEqual([]);
});
