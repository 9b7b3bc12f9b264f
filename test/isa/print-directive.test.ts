import { expect, test } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import { decode } from '../../src/isa/codec.ts';
import { printDirective } from '../../src/isa/print-directive.ts';

const context = { symbols: [], labelOf: () => undefined };

test.each([
  ['.agu a3 base=dram:100 L0:784 L1:-4 L2:1 mod=1024', 2],
  ['.agu a3 base=spm:100', 1],
  ['.group W9 tile=4 rows=100 cols=20 rowblocks=2 colblocks=3 replicas=2 rowoffset=8 coloffset=4', 2],
  ['.window w1 agu=a3 height=28 width=27 channels=3 kernel=5x3 stride=2x2 pad=2:1 dil=2', 1],
  ['.window w1 agu=a3 height=28 width=27 channels=3 kernel=5x3 stride=2x2 pad=2:1 dil=2 first=a4 rows=6 rowbytes=162', 2],
  ['.csr W3 ADC_RANGE=0.1', 1],
  ['.csr global FORMAT=bf16', 1],
  ['.csr all ADC_BITS=r3', 1],
])('%s prints as it is written', (text, words) => {
  const program = assemble(text, 't');
  const [first, second] = [decode(program.words), program.words.length > 4 ? decode(program.words, 4) : undefined];
  expect(printDirective(first!, second, context)).toEqual({ text, words });
});

test.each([
  'SETC #0x99, csr=MAPPING, W0',
  'SETC #0x1, csr=FORMAT, W3',
  'SETC !hits, csr=ADC_BITS, W3',
  'AGU.X #0x0, #0, #0, levels=63, unit=a1',
  'NOP',
])('%s has no directive', (text) => {
  expect(printDirective(decode(assemble(text, 't').words)!, undefined, context)).toBeUndefined();
});
