import { expect, test } from 'vitest';
import { openSession } from '../session.ts';

const small = ['--network', 'mlp-784-64-10', '--samples', '4', '--epochs', '1', '--fidelity', 'timing'];

test('chip compare: one line a chip, the same operations on each', async () => {
  const { exitCode, stdout } = await openSession().ohmic(
    'chip',
    'compare',
    'cmo-130nm',
    'isaac',
    'digital-14nm',
    ...small,
    '--json',
  );
  expect(exitCode).toBe(0);
  const { schema, reports } = JSON.parse(stdout) as {
    schema: string;
    reports: { provenance: { chip: string }; operations: { perSample: number }; energyDelay: number; power: object }[];
  };
  expect(schema).toBe('ohmic.comparison/1');
  expect(reports.map(({ provenance }) => provenance.chip)).toEqual(['cmo-130nm', 'isaac', 'digital-14nm']);
  expect(new Set(reports.map(({ operations }) => operations.perSample)).size).toBe(1);
  for (const { energyDelay } of reports) expect(energyDelay).toBeGreaterThan(0);
  expect(reports[1]!.power).toMatchObject({ outsideChip: { host: 10.4 } });
});

test('chip compare: an unknown chip is bad input with the nearest name', async () => {
  const { exitCode, stderr } = await openSession().ohmic('chip', 'compare', 'isac', ...small);
  expect(exitCode).toBe(65);
  expect(stderr).toContain('did you mean isaac?');
});

test('chip sensitivity: ranks the bands, writes the tornado', async () => {
  const { ohmic, at, names } = openSession();
  const { exitCode, stdout } = await ohmic('chip', 'sensitivity', 'cmo-130nm', ...small, '--out', at('tornado'), '--json');
  expect(exitCode).toBe(0);
  const { base, swings } = JSON.parse(stdout) as {
    base: { energy: number };
    swings: { band: { path: string }; low?: { energy: number }; high?: { energy: number; seconds: number } }[];
  };
  const swing = (index: number) =>
    Math.max(...[swings[index]!.low, swings[index]!.high].map((end) => Math.abs((end?.energy ?? base.energy) / base.energy - 1)));
  for (let index = 1; index < 10; index++) expect(swing(index)).toBeLessThanOrEqual(swing(index - 1));
  const noc = swings.find(({ band }) => band.path === 'calibration.noc')!;
  expect(noc.high!.energy).toBeGreaterThan(base.energy);
  expect(names()).toEqual(expect.arrayContaining(['tornado/sensitivity-energy.svg', 'tornado/sensitivity.json']));
}, 30_000);

test('chip explain --report: the share of every part; a document that is no report is refused', async () => {
  const { ohmic, put, at } = openSession();
  const report = {
    schema: 'ohmic.report/1',
    name: 'small',
    energy: { total: 4, byComponent: { adc: 1 } },
    area: { total: 2, byComponent: { adc: 1 } },
    provenance: { chip: 'cmo-130nm' },
  };
  const { stdout } = await ohmic(
    'chip',
    'explain',
    'cmo-130nm',
    'tile.adc',
    '--report',
    put('report.json', JSON.stringify(report)),
  );
  expect(stdout).toMatch(/tile\.adc +adc +1 J +25\.00 % +1000000 mm2 +50\.00 %|tile\.adc +adc .*25\.00 %.*50\.00 %/);
  expect(stdout).toContain('where published models disagree');
  const wrong = await ohmic('chip', 'explain', 'cmo-130nm', '--report', put('other.json', '{}'));
  expect(wrong.exitCode).toBe(65);
  expect(wrong.stderr).toContain(at('other.json'));
});
