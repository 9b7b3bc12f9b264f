import { describe, expect, test } from 'vitest';
import { assembleDirective, declare, directiveNames, isDeclaration } from '../../src/isa/assemble-directive.ts';
import { createAssembly } from '../../src/isa/assembly.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { splitLine, type Token } from '../../src/isa/source-line.ts';

const run = (...texts: string[]) => {
  const assembly = createAssembly('f', createProgramBuilder('f'));
  for (const text of texts) {
    const line = splitLine(text, 1);
    const head = line.head as Token;
    (isDeclaration(head.text) ? declare : assembleDirective)(assembly, { ...line, head });
  }
  return assembly.builder;
};

describe('directives', () => {
  test('declarations make no words, the others do', () => {
    expect(run('.spm x 8', '.dram y 8 at=640', '.data y u8 1,2', '.region 0 layer fc1').position).toBe(0);
    expect(run('.csr all ADC_BITS=8 IN_BITS=8', '.agu a0 base=spm:0 L0:1 L1:2 L2:3', '.word 0, 0, 0, 0').position).toBe(5);
  });

  test('a declaration may say where', () => expect(run('.dram y 8 at=640').symbol('y')?.address).toBe(640));

  test.each([
    '.spm x',
    '.spm x many',
    '.spm x 8 to=9',
    '.region 0 layer',
    '.region 0 lair "a"',
    '.region 0 layer "a\\"',
    '.data',
    '.data x u9 1',
    '.group',
    '.group W0 tile=0 rows=4',
    '.group 0 tile=0 rows=4 cols=4',
    '.agu a0',
    '.agu a0 base=0',
    '.agu a0 base=spm:0 L0:x',
    '.agu a0 base=spm:0 L6:4',
    '.window w0 height=4 width=4 channels=1 kernel=2',
    '.window w0 agu=a0 height=4 width=4 channels=1 kernel=2x2x2',
    '.window w0 agu=a0 height=4 width=4 channels=1 kernel=2 pad=16',
    '.window w0 agu=a0 height=4 width=4 channels=1 kernel=2 rows=2',
    '.window w0 agu=a0 height=4 width=4 channels=1 kernel=2 first=a1 rows=2',
    '.csr all',
    '.csr all ADC_BITS',
    '.csr W0 FORMAT=f32',
    '.word 1, 2, 3',
    '.word 1, 2, 3, -4',
    '.nothing',
  ])('%s is refused', (text) => expect(() => run(text)).toThrow());

  test('data must fit its area and lie in DRAM', () => {
    expect(() => run('.dram y 1', '.data y u8 1,2')).toThrow('want at most 1 more bytes');
    expect(() => run('.spm y 8', '.data y u8 1,2')).toThrow('want a DRAM symbol');
  });

  test('all names begin with a dot', () => expect(directiveNames.every((name) => name.startsWith('.'))).toBe(true));
});
