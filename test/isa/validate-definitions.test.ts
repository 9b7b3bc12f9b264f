import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { createProgramView } from '../../src/isa/program-view.ts';
import { definitionIssues } from '../../src/isa/validate-definitions.ts';

const limits = { tiles: 4, tileRows: 64, spmBytes: 1024, vectorUnits: 1, dmaChannels: 2 };
const found = (text: string) => definitionIssues(createProgramView(assemble(text, 't')), limits).map((issue) => issue.found);

test('replicas take tiles too; columns are unchecked where the limit is not given', () => {
  expect(found('.group W0 tile=0 rows=64 cols=5000 replicas=4')).toEqual([]);
  expect(found('.group W0 tile=0 rows=64 cols=8 replicas=5')).toEqual(['W0 on tiles 0 to 4']);
});

test('an offset must lie inside the tile', () => {
  expect(found('.group W0 tile=0 rows=8 cols=8 rowoffset=56')).toEqual([]);
  expect(found('.group W0 tile=0 rows=8 cols=8 rowoffset=64')).toEqual(['W0 at row 64, column 0 of its tile']);
});

test('extension words need what they extend', () => {
  expect(found('AGU.X #0x0, #0, #0, levels=63, unit=a1')).toEqual(['$a1 before it is defined']);
  expect(found('.agu a1 base=spm:0\nWIN.X #0x1, #0x4, #0x0, agu=1, unit=w2')).toEqual(['@w2 before it is defined']);
  expect(found('GRP.X #0x0, #0x0, #0x0, W2')).toEqual(['W2 before it is defined']);
});

test('registers of a group may be written before the group is defined', () => expect(found('.csr W0 ADC_BITS=8')).toEqual([]));
