import { expect, test } from 'vitest';
import { assemble } from '../../../src/isa/assemble.ts';
import { openSession } from '../session.ts';

const source = '.spm x 16\n.region 0 phase "forward"\n MARK.begin #0\n NOP\n MARK.end #0\n HALT\n';

test('prints text that assembles to the same words', async () => {
  const { ohmic, put, at } = openSession();
  await ohmic('asm', put('p.oasm', source), '-o', at('p.obin'));
  const { exitCode, stdout, stderr } = await ohmic('disasm', at('p.obin'));
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(assemble(stdout, 'again').words).toEqual(assemble(source, 'p').words);
});

test.each([
  ['empty', Uint8Array.of()],
  ['text', new TextEncoder().encode(source)],
  ['truncated', Uint8Array.of(0x4f, 0x48, 0x4d, 0x30, 1)],
])('a file that is no program (%s) is one issue', async (name, bytes) => {
  const { ohmic, put } = openSession();
  const path = put(`${name}.obin`, bytes);
  const { exitCode, stdout, stderr } = await ohmic('disasm', path);
  expect([exitCode, stdout]).toEqual([65, '']);
  expect(stderr).toContain(`${path}`);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
