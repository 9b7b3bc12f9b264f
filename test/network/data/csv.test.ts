import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/config/issue.ts';
import { readCsv } from '../../../src/network/data/csv.ts';
import { ascii } from './build.ts';

const read = (text: string) => readCsv('c', ascii(text), 'c.csv');

function issuesOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('readCsv', () => {
  it('reads what was written, whatever the line ends, heading and byte-order mark', () => {
    const code = fc.integer({ min: 0, max: 255 });
    const rows = fc.array(fc.tuple(code, code, code, code, code), { minLength: 1, maxLength: 5 });
    const style = fc.record({
      bom: fc.boolean(),
      heading: fc.boolean(),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      closed: fc.boolean(),
    });
    fc.assert(
      fc.property(rows, style, (given, { bom, heading, end, closed }) => {
        const lines = [...(heading ? ['label,a,b,c,d'] : []), ...given.map((row) => row.join(','))];
        const set = read((bom ? '\uFEFF' : '') + lines.join(end) + (closed ? end : ''));
        expect(set.shape).toEqual([2, 2, 1]);
        expect(Array.from(set.labels)).toEqual(given.map((row) => row[0]));
        expect(Array.from(set.images)).toEqual(given.flatMap((row) => row.slice(1)));
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('makes a feature vector of a number of pixels that is no square', () => {
    expect(read('1,2,3,4\n').shape).toEqual([3]);
  });

  it('locates every mistake', () => {
    expect(issuesOf('1,2,3\n2,nan,256\n3,1\n4,,0.5\n')).toEqual([
      'c.csv:2:3 found nan, expected a whole pixel code from 0 to 255',
      'c.csv:2:7 found 256, expected a whole pixel code from 0 to 255',
      'c.csv:3 found 2 values, expected 3 as in line 1',
      'c.csv:4:3 found nothing, expected a whole pixel code from 0 to 255',
      'c.csv:4:4 found 0.5, expected a whole pixel code from 0 to 255',
    ]);
    expect(issuesOf('NaN,1,2\n')).toEqual(['c.csv:1:1 found NaN, expected a whole label from 0 to 255']);
  });

  it('stops after twenty', () => {
    expect(issuesOf(`1,${'x,'.repeat(99)}x\n`.repeat(50))).toHaveLength(20);
  });

  it.each([
    ['', 'c.csv found an empty file, expected data'],
    ['\n\n', 'c.csv found no line with numbers, expected lines of label,pixel,pixel,…'],
    ['label,pixel\n', 'c.csv found no line with numbers, expected lines of label,pixel,pixel,…'],
    ['7\n', 'c.csv:1 found one value, expected label,pixel,pixel,…'],
  ])('refuses %j', (text, message) => {
    expect(issuesOf(text)).toEqual([message]);
  });
});
