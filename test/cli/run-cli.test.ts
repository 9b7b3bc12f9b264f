import { describe, expect, test } from 'vitest';
import { commandList } from '../../src/cli/command-list.ts';
import { version } from '../../src/simulate/version.ts';
import { openSession } from './session.ts';

describe('help', () => {
  test('lists every command on stdout and ends well', async () => {
    const { exitCode, stdout, stderr } = await openSession().ohmic('--help');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    for (const { name, summary } of commandList) expect(stdout).toMatch(new RegExp(`^  ${name} .*${summary}$`, 'm'));
  });

  test.each(commandList.map(({ name }) => name))('%s has examples', async (name) => {
    const { ohmic } = openSession();
    const direct = await ohmic(name, '--help');
    const asked = await ohmic('help', name);
    expect(direct.exitCode).toBe(0);
    expect(direct.stdout).toContain(`Usage: ohmic ${name}`);
    expect(asked.stdout).toBe(direct.stdout);
    const pages =
      direct.stdout +
      (await Promise.all(subcommandsOf(direct.stdout).map((sub) => ohmic(name, sub, '--help'))))
        .map(({ stdout }) => stdout)
        .join('');
    expect(pages).toContain(`  ohmic ${name}`);
  });

  test('without a command it is a usage error, on stderr', async () => {
    const { exitCode, stdout, stderr } = await openSession().ohmic();
    expect(exitCode).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: ohmic');
  });

  test('the version is that of the package', async () => {
    expect(await openSession().ohmic('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });
});

/** Names under "Commands:" of a help page. */
const subcommandsOf = (help: string): readonly string[] =>
  [...(help.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)]
    .map((match) => match[1]!)
    .filter((name) => name !== 'help' && name !== 'ohmic');

describe('usage errors end with 64 and name the nearest', () => {
  test.each([
    [['rnu'], "unknown command 'rnu'", 'run'],
    [['chip', 'explian'], "unknown command 'explian'", 'explain'],
    [['chip', 'list', '--jsn'], "unknown option '--jsn'", '--json'],
    [['run'], "missing required argument 'experiment'", '--help'],
    [['asm', 'a.oasm'], "required option '-o, --output <file>' not specified", '--help'],
    [['run', 'x', '--seed', '-1'], 'Want a whole number from 0 to 4294967295', '--help'],
    [['run', 'x', '--samples', '1.5'], 'Want a whole number from 1 to', '--help'],
    [['run', 'x', '--fidelity', 'fast'], 'Allowed choices are full, values, timing', '--help'],
    [['isa', 'extra'], 'too many arguments', '--help'],
  ])('%j', async (words, complaint, hint) => {
    const { exitCode, stdout, stderr } = await openSession().ohmic(...words);
    expect(exitCode).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain(complaint);
    expect(stderr).toContain(hint);
  });
});
