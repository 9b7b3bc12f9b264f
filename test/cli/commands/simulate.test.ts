import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workloadsFolder } from '../../../src/cli/locate.ts';
import type { Report } from '../../../src/simulate/report.ts';
import { openSession } from '../session.ts';

const hello = join(workloadsFolder, 'programs', 'hello-mvm.oasm');

describe('simulate', () => {
  test('runs a hand-written program on the default chip', async () => {
    const { exitCode, stdout, stderr } = await openSession().ohmic('simulate', hello, '--json', '--quiet');
    expect([exitCode, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ ending: 'halted', provenance: { chip: 'cmo-130nm' } });
    expect(report.time!.seconds).toBeGreaterThan(0);
    expect(report.energy!.total).toBeGreaterThan(0);
  });

  test('text and its container give the same report', async () => {
    const { ohmic, at } = openSession();
    await ohmic('asm', hello, '-o', at('p.obin'));
    const [text, binary] = [await ohmic('simulate', hello, '--json'), await ohmic('simulate', at('p.obin'), '--json')];
    const { run: _, ...fromText } = JSON.parse(text.stdout) as Report;
    expect(JSON.parse(binary.stdout)).toMatchObject(fromText);
  });

  test('--chip and --set choose the chip', async () => {
    const { stdout } = await openSession().ohmic(
      'simulate',
      hello,
      '--chip',
      'ideal',
      '--set',
      'tile.rows=64',
      '--json',
      '--quiet',
    );
    expect((JSON.parse(stdout) as Report).provenance).toMatchObject({ chip: 'ideal', device: 'ideal' });
  });

  test('--device chooses the cells, by name or file, for programs that carry none', async () => {
    const { ohmic, put } = openSession();
    const cell = put(
      'cell.yaml',
      'name: my-cell\nwindow: { min: 1 uS, max: 90 uS }\nprogramming: { error: { polynomial: [0.1] } }\n',
    );
    for (const [device, name] of [
      ['pcm', 'pcm'],
      [cell, 'my-cell'],
    ] as const) {
      const { stdout } = await ohmic('simulate', hello, '--device', device, '--json', '--quiet');
      expect((JSON.parse(stdout) as Report).provenance).toMatchObject({ chip: 'cmo-130nm', device: name });
    }
    const unknown = await ohmic('simulate', hello, '--device', 'pcn', '--quiet');
    expect([unknown.exitCode, unknown.stderr]).toEqual([65, expect.stringContaining('did you mean pcm?')]);
  });

  test('a program that does not fit the chip is refused with its line', async () => {
    const { exitCode, stderr } = await openSession().ohmic('simulate', hello, '--set', 'scratchpad.bytes=8 B', '--quiet');
    expect(exitCode).toBe(65);
    expect(stderr).toContain(' found ');
  });

  test('a program without HALT is refused', async () => {
    const { ohmic, put } = openSession();
    const { exitCode, stderr } = await ohmic('simulate', put('p.oasm', ' NOP\n'));
    expect(exitCode).toBe(65);
    expect(stderr).toContain('HALT');
  });

  test('a file that is not there', async () => {
    const { ohmic, at } = openSession();
    const { exitCode, stderr } = await ohmic('simulate', at('p.obin'));
    expect(exitCode).toBe(65);
    expect(stderr).toBe(`${at('p.obin')} found no such file, expected a readable file\n`);
  });
});
