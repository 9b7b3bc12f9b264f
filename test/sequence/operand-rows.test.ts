import { expect, test } from 'vitest';
import { extentsOf } from '../../src/sequence/extents.ts';
import { operandRows } from '../../src/sequence/operand-rows.ts';
import { operation, spm, testGroup } from '../machine/support.ts';

test('a row that the tile drives is in no operand, but in the weights', () => {
  const group = testGroup(5, 3, {}, { constantRow: true });
  expect(operandRows(group)).toBe(4);
  expect(operandRows(testGroup(5, 3))).toBe(5);
  const bytes = (mnemonic: 'MVM' | 'MVT' | 'OPU' | 'OPD' | 'RDV', fields: object) => {
    const { reads, writes } = extentsOf(
      operation(mnemonic, { group, length: 2, a: spm(0), b: spm(4096), d: spm(8192), ...fields }),
    );
    return [reads, writes].map((intervals) => intervals.map(({ from, to }) => to - from));
  };
  expect(bytes('MVM', { b: { kind: 'none' } })).toEqual([[32], [24]]);
  expect(bytes('MVT', { b: { kind: 'none' } })).toEqual([[24], [32]]);
  expect(bytes('OPU', {})).toEqual([[32, 24], []]);
  expect(bytes('OPD', {})[0]).toEqual([32, 24, 60]);
  expect(bytes('RDV', { fn: 'column' })[1]).toEqual([40]);
});
