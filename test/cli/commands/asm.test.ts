import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readProgram } from '../../../src/isa/container.ts';
import { openSession } from '../session.ts';

const source = ' NOP ; nothing\n HALT\n';

describe('asm', () => {
  test('writes the program and says how long it is', async () => {
    const { ohmic, put, at } = openSession();
    const { exitCode, stdout, stderr } = await ohmic('asm', put('p.oasm', source), '-o', at('p.obin'));
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: `${at('p.obin')}: 2 words\n` });
    expect(readProgram(readFileSync(at('p.obin')), 'p.obin').words).toHaveLength(8);
  });

  test('every mistake at once, located, and no file written', async () => {
    const { ohmic, put, names } = openSession();
    const path = put('bad.oasm', ' NOPP\n HALT\n MVMM [0], [0]\n');
    const { exitCode, stdout, stderr } = await ohmic('asm', path, '-o', `${path}.obin`);
    expect(exitCode).toBe(65);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/bad\.oasm:1:2 found .*NOPP.*did you mean NOP\?/);
    expect(stderr).toMatch(/bad\.oasm:3:2 found .*MVMM.*did you mean MVM\?/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(names()).toEqual(['bad.oasm']);
  });

  test('a file that is not there', async () => {
    const { ohmic, at } = openSession();
    const { exitCode, stderr } = await ohmic('asm', at('none.oasm'), '-o', at('p.obin'));
    expect(exitCode).toBe(65);
    expect(stderr).toBe(`${at('none.oasm')} found no such file, expected a readable file\n`);
  });
});
