import { describe, expect, test } from 'vitest';
import { splitLine, splitLines, splitPair } from '../../src/isa/source-line.ts';

describe('splitLine', () => {
  test('takes label, head and comma-separated operands apart, with columns', () => {
    expect(splitLine('go: MVM.ACC  [x], $a1 ,W0 ; note', 3)).toEqual({
      line: 3,
      label: { text: 'go', column: 1 },
      head: { text: 'MVM.ACC', column: 5 },
      args: [
        { text: '[x]', column: 14 },
        { text: '$a1', column: 19 },
        { text: 'W0', column: 24 },
      ],
    });
  });

  test('directives split at blanks and keep quoted texts whole', () => {
    expect(splitLine('.region 3 layer "a ; b, \\"c\\"" ; note', 1).args.map(({ text }) => text)).toEqual([
      '3',
      'layer',
      '"a ; b, \\"c\\""',
    ]);
    expect(splitLine('.data w u8 1,2, 3', 1).args.map(({ text }) => text)).toEqual(['w', 'u8', '1', '2', '3']);
  });

  test.each(['', '   ', '; all comment', '\t;'])('%j holds nothing', (text) =>
    expect(splitLine(text, 1)).toEqual({ line: 1, label: undefined, head: undefined, args: [] }));

  test('a label may stand alone, and an empty operand is kept to be reported', () => {
    expect(splitLine('here:', 1)).toMatchObject({ label: { text: 'here' }, head: undefined });
    expect(splitLine('VEC.add [a],,[b]', 1).args[1]).toEqual({ text: '', column: 13 });
  });
});

test('splitLines counts every kind of line end', () =>
  expect(splitLines('a\r\nb\rc\nd').map(({ line, head }) => [line, head?.text])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [4, 'd'],
  ]));

test('splitPair gives both halves their column', () => {
  expect(splitPair({ text: 'len=32', column: 5 })).toEqual({ key: { text: 'len', column: 5 }, value: { text: '32', column: 9 } });
  expect(splitPair({ text: '=32', column: 1 })).toBeUndefined();
});
