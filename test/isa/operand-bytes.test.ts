import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { leastBytes } from '../../src/isa/operand-bytes.ts';
import { createProgramView } from '../../src/isa/program-view.ts';
import type { OperandField } from '../../src/isa/table.ts';

/** Bytes of a field of the last word. */
const bytes = (text: string, field: OperandField): number => {
  const view = createProgramView(assemble(text, 't'));
  return leastBytes(view, view.instructions.length - 1, field, undefined);
};
const group = '.group W0 tile=0 rows=64 cols=16\n';

test.each([
  ['DLD [0], $a0, #100, len=4, rows=3', 'd', 12],
  ['DLD [0], $a0, #100, len=4, rows=3', 'a', 204],
  ['DST $a0, [0], #100, len=4, rows=3', 'd', 204],
  ['DST $a0, [0], len=4, rows=3', 'a', 12],
  [`${group}MVM [0], [0], W0, len=2`, 'a', 128],
  [`${group}MVM [0], [0], W0, len=2`, 'd', 32],
  [`${group}MVT [0], [0], W0, len=2`, 'd', 128],
  [`${group}.csr all IN_FORMAT=f32\nMVM [0], [0], W0, len=2`, 'a', 512],
  [`${group}.csr W0 IN_FORMAT=f32\nMVM [0], [0], W0, len=2`, 'a', 128],
  ['.csr global FORMAT=bf16\nVEC.add [0], [0], [0], len=10', 'b', 20],
  ['.csr global FORMAT=f32\n.csr global FORMAT=u8\nVEC.add [0], [0], [0], len=10', 'b', 10],
  ['LOOP L0, #0\n.csr global FORMAT=f32\n.end\nVEC.add [0], [0], [0], len=10', 'd', 10],
  ['.csr global FORMAT=f32\nRED.sum [0], [0], len=10', 'd', 1],
  ['.csr global FORMAT=f32\nRED.sum [0], [0], len=10', 'a', 40],
  ['.csr global FORMAT=f32\nQNT.to-i8 [0], [0], len=10', 'd', 10],
  ['ACT.lut [0], [0], [0], len=10', 'b', 1],
  ['LOSS.mse [0], [0], [0], len=10', 'a', 10],
] as const)('%j operand %s covers at least %d bytes', (text, field, expected) => expect(bytes(text, field)).toBe(expected));
