import { expect, test } from 'vitest';
import { extendAgu, generatorRange, startAgu } from '../../src/isa/agu-range.ts';
import { assemble } from '../../src/isa/assemble.ts';
import { createProgramView } from '../../src/isa/program-view.ts';

/** Range at the NOP of the innermost body. */
const rangeOf = (agu: string, loops = 'LOOP L0, #10\nLOOP L1, #4\nNOP\n.end\n.end') => {
  const view = createProgramView(assemble(`${agu}\n${loops}\nHALT`, 't'));
  const [first, second] = view.instructions;
  const state = startAgu(first!);
  const whole = second?.mnemonic === 'AGU' ? extendAgu(state, second) : state;
  return generatorRange(
    whole,
    view,
    view.instructions.findIndex((instruction) => instruction?.mnemonic === 'NOP'),
  );
};

test.each([
  ['.agu a0 base=spm:100', [100, 100]],
  ['.agu a0 base=spm:100 L0:8', [100, 172]],
  ['.agu a0 base=spm:100 L0:-8 L1:2', [28, 106]],
  ['.agu a0 base=dram:130 L0:8 L1:2', [130, 208]],
  ['.agu a0 base=spm:0 L0:1 L1:10 mod=40', [0, 39]],
  ['.agu a0 base=spm:7 L0:8 mod=40', [7, 7]],
  ['.agu a0 base=spm:7 L5:8', [7, 7]],
])('%s reaches %j', (agu, range) => expect(rangeOf(agu)).toEqual(range));

test('a counter from a register, or of a loop that has ended, is not known', () => {
  expect(rangeOf('.agu a0 base=spm:0 L0:4', 'LOOP L0, r1\nNOP\n.end')).toBeUndefined();
  expect(rangeOf('.agu a0 base=spm:0 L0:4', 'LOOP L0, #3\nMARK.point #0\n.end\nNOP')).toBeUndefined();
});
