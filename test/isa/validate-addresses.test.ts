import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { createProgramView } from '../../src/isa/program-view.ts';
import { addressIssues } from '../../src/isa/validate-addresses.ts';

const limits = { tiles: 4, tileRows: 64, spmBytes: 1024, dramBytes: 4096, vectorUnits: 1, dmaChannels: 2 };
const found = (text: string) => addressIssues(createProgramView(assemble(text, 't')), limits).map((issue) => issue.found);

test('the extra offset of an operand counts', () => {
  expect(found('.agu a0 base=spm:1000\nMOV.zero $a0+20, len=4')).toEqual([]);
  expect(found('.agu a0 base=spm:1000\nMOV.zero $a0+21, len=4')).toEqual(['MOV operand D at spm bytes 1021 to 1024']);
  expect(found('.agu a0 base=spm:0\nMOV.zero $a0-1, len=4')).toEqual(['MOV operand D at spm bytes -1 to 2']);
});

test('a generator counts as it stands when it is used', () => {
  expect(found('.agu a0 base=spm:2000\n.agu a0 base=spm:0\nMOV.zero $a0, len=4')).toEqual([]);
});

test('each memory has its own end; weights may come from either', () => {
  const group = '.group W0 tile=0 rows=4 cols=4\n';
  expect(found(`${group}.agu a0 base=dram:4000\nPRG.verify -, $a0, W0, len=4`)).toEqual([]);
  expect(found(`${group}PRG.verify -, [1024], W0, len=4`)).toEqual(['PRG operand A at spm bytes 1024 to 1024']);
  expect(found('.agu a0 base=dram:4090\nDST $a0, [0], len=8')).toEqual(['DST operand D at dram bytes 4090 to 4097']);
});
