import { describe, expect, test } from 'vitest';
import { loadChip } from '../../../src/chip/load.ts';
import { openSession } from '../session.ts';

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('chip list', () => {
  test('names the presets', async () => {
    const { exitCode, stdout, stderr } = await openSession().ohmic('chip', 'list');
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const name of ['cmo-130nm', 'cmo-14nm', 'ideal']) expect(stdout).toContain(`  ${name} `);
  });

  test('--json is one document', async () => {
    const { stdout } = await openSession().ohmic('chip', 'list', '--json');
    expect(json(stdout).schema).toBe('ohmic.chips/1');
  });
});

describe('chip show', () => {
  test('--set changes the value and says who gave it', async () => {
    const { ohmic } = openSession();
    const { stdout } = await ohmic('chip', 'show', 'cmo-130nm', '--set', 'tile.adc.bits=6', '--set', 'tile.rows=128', '--json');
    const { description, sources } = json(stdout) as {
      description: { tile: { rows: number; adc: { bits: number } } };
      sources: Record<string, { source: string }>;
    };
    expect([description.tile.adc.bits, description.tile.rows]).toEqual([6, 128]);
    expect(sources['tile.adc.bits']!.source).toBe('given by the user');
  });

  test("a file of one's own, starting from a preset", async () => {
    const { ohmic, put } = openSession();
    const path = put('mine.yaml', 'name: mine\nextends: cmo-14nm\ntile:\n  rows: 128\n');
    const { exitCode, stdout } = await ohmic('chip', 'show', path);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/tile\.rows +128 /);
  });

  test('a wrong file: every mistake with its place', async () => {
    const { ohmic, put } = openSession();
    const path = put('wrong.yaml', 'name: wrong\ntile:\n  rosw: 128\n  array:\n    readV: 0.2\n');
    const { exitCode, stdout, stderr } = await ohmic('chip', 'show', path);
    expect([exitCode, stdout]).toEqual([65, '']);
    expect(stderr).toContain(`${path}:3:3 found `);
    expect(stderr).toContain('did you mean rows?');
    expect(stderr).toContain(`${path}:5:`);
  });

  test.each([
    ['an empty file', ''],
    ['a list', '- 1\n'],
    ['broken YAML', 'name: [\n'],
  ])('%s is bad input', async (_, text) => {
    const { ohmic, put } = openSession();
    const path = put('c.yaml', text);
    const { exitCode, stderr } = await ohmic('chip', 'show', path);
    expect(exitCode).toBe(65);
    expect(stderr).toContain(path);
  });

  test('an unknown chip names the nearest', async () => {
    const { exitCode, stderr } = await openSession().ohmic('chip', 'show', 'cmo-14mn');
    expect(exitCode).toBe(65);
    expect(stderr).toContain('did you mean cmo-14nm?');
  });

  test.each([
    'tile.rows',
    'tile.adc.bts=6',
    'tile.adc.bits=99',
    'tile.array.readV=0.2',
  ])('--set %s is bad input', async (setting) => {
    const { exitCode, stdout, stderr } = await openSession().ohmic('chip', 'show', 'cmo-130nm', '--set', setting);
    expect([exitCode, stdout]).toEqual([65, '']);
    expect(stderr).toContain(`--set ${setting} found `);
  });
});

describe('chip explain', () => {
  test('a value shows what depends on it', async () => {
    const { exitCode, stdout } = await openSession().ohmic('chip', 'explain', 'cmo-130nm', 'tile.adc.bits');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('tile.adc.bits = 8');
  });

  test('without a path every part is listed', async () => {
    const { stdout } = await openSession().ohmic('chip', 'explain', 'cmo-14nm');
    for (const part of ['tile.adc', 'tile.array', 'noc', 'scratchpad']) expect(stdout).toContain(part);
  });

  test('alone it lists the parts of the default chip, and where models disagree', async () => {
    const { exitCode, stdout } = await openSession().ohmic('chip', 'explain', '--json');
    expect(exitCode).toBe(0);
    const { chip, parts } = json(stdout) as {
      chip: string;
      parts: { path: string; bands: { minimum: number; value: number; maximum: number }[] }[];
    };
    expect(chip).toBe('cmo-130nm');
    const banded = parts.filter(({ bands }) => bands.length > 0);
    expect(banded.map(({ path }) => path)).toEqual(expect.arrayContaining(['tile.adc', 'scratchpad', 'noc', 'vector']));
    for (const { minimum, value, maximum } of banded.flatMap(({ bands }) => bands))
      expect([minimum <= value, value <= maximum]).toEqual([true, true]);
  });

  test('an unknown path names the nearest', async () => {
    const { exitCode, stderr } = await openSession().ohmic('chip', 'explain', 'cmo-130nm', 'tile.adc.bit');
    expect(exitCode).toBe(65);
    expect(stderr).toContain('did you mean tile.adc.bits?');
  });
});

test('the schema is JSON Schema that knows the words of a chip file', async () => {
  const { stdout } = await openSession().ohmic('chip', 'schema');
  const { $schema, properties } = json(stdout) as { $schema: string; properties: Record<string, unknown> };
  expect($schema).toContain('json-schema.org');
  expect(loadChip('name: x\nextends: cmo-130nm\n', 'x').description.name).toBe('x');
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['name', 'extends', 'tile', 'noc']));
});
