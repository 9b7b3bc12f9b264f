import { readFileSync, writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { nodeIo } from '../../../src/cli/node-io.ts';
import { openSweep } from '../../../src/cli/sweep/open-sweep.ts';
import { openSession, type Session } from '../session.ts';
import { putTinySweep, tinyStages } from '../sweep/tiny-sweep.ts';

const quick = ['--jobs', '0', '--quiet'] as const;
const resultFiles = ({ names }: Session): readonly string[] => names().filter((name) => /results\/.*\.json$/.test(name));

describe('sweep run', () => {
  test('computes a plane, marks what cannot be built, writes every form and the report', async () => {
    const session = openSession();
    const { ohmic, at, names } = session;
    const { exitCode, stdout, stderr } = await ohmic(
      'sweep',
      'run',
      putTinySweep(session, tinyStages),
      '--out',
      at('out'),
      ...quick,
    );
    expect([exitCode, stderr]).toEqual([3, '']);
    expect(stdout).toContain('Pareto front: most accuracy, least energyPerSample, least area');
    expect(stdout).toContain('6 points, 2 failed');
    expect(stdout).toContain('knee');
    const lines = readFileSync(at('out/points.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(6);
    expect(lines.filter(({ status }) => status === 'failed')).toHaveLength(2);
    expect(lines.filter(({ stage, status }) => stage === 1 && status === 'ok')).toHaveLength(3);
    const csv = readFileSync(at('out/points.csv'), 'utf8').trimEnd().split('\n');
    expect(csv[0]).toMatch(/^id,name,stage,status,failure,feasible,front,knee,tile\.adc\.bits,tile\.adc\.mux,accuracy/);
    expect(csv).toHaveLength(7);
    const bytes = readFileSync(at('out/points.parquet'));
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
    expect(rows.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
    expect(rows.map((row) => row.energyPerSample ?? undefined)).toEqual(
      lines.map(({ metrics }) => metrics.energyPerSample?.mean),
    );
    const charts = names().filter((name) => name.startsWith('out/charts/'));
    expect(charts.length).toBeGreaterThan(4);
    expect(charts.every((name) => name.endsWith('.svg'))).toBe(true);
    expect(readFileSync(at('out/report.html'), 'utf8')).toContain('<script type="application/json"');
    // Nothing is computed again for the pictures.
    await ohmic('sweep', 'merge', at('out'), '--png');
    for (const chart of charts) {
      const picture = readFileSync(at(chart.replace(/svg$/, 'png')));
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
      const [, width = ''] = /width="(\d+)/.exec(readFileSync(at(chart), 'utf8')) ?? [];
      expect(picture.readUInt32BE(16)).toBe(2 * Number(width));
    }
  });

  test('shares training between points and stages: one reference, the bytes those of unshared runs', async () => {
    const session = openSession();
    const { ohmic, at, names } = session;
    const sweep = putTinySweep(session, tinyStages);
    await ohmic('sweep', 'run', sweep, '--out', at('shared'), ...quick);
    expect(names().filter((name) => name.startsWith('shared/shared/'))).toHaveLength(1);
    await ohmic('sweep', 'plan', sweep, '--out', at('apart'));
    for (let part = 1; part <= 6; part++) {
      // Every part in a process of its own memory, with nothing left by the others.
      for (const _ of [1, 2]) await ohmic('sweep', 'run', at('apart'), '--shard', `${part}/6`, ...quick);
      for (const name of names().filter((file) => file.startsWith('apart/shared/'))) writeFileSync(at(name), 'damaged');
    }
    await ohmic('sweep', 'resume', at('apart'), ...quick);
    expect(readFileSync(at('apart/points.jsonl'))).toEqual(readFileSync(at('shared/points.jsonl')));
    expect(readFileSync(at('apart/points.parquet'))).toEqual(readFileSync(at('shared/points.parquet')));
  });

  test('with workers gives the bytes of one process', async () => {
    const session = openSession();
    const { ohmic, at } = session;
    const sweep = putTinySweep(session, 'stages: [{ fidelity: full, instances: 1 }]\n');
    expect((await ohmic('sweep', 'run', sweep, '--out', at('one'), ...quick)).exitCode).toBe(3);
    expect((await ohmic('sweep', 'run', sweep, '--out', at('two'), '--jobs', '2', '--quiet')).exitCode).toBe(3);
    expect(readFileSync(at('two/points.jsonl'))).toEqual(readFileSync(at('one/points.jsonl')));
  });
});

describe('a finished sweep', () => {
  test('is read, checked, damaged, found out and mended', async () => {
    const session = openSession();
    const { ohmic, at } = session;
    const first = await ohmic('sweep', 'run', putTinySweep(session), '--out', at('out'), ...quick);
    expect(first.exitCode).toBe(3);
    const before = readFileSync(at('out/points.jsonl'));
    const point = JSON.parse(
      before
        .toString()
        .split('\n')
        .find((line) => line.includes('"status":"ok"'))!,
    ) as { id: string };

    const failed = before
      .toString()
      .split('\n')
      .find((line) => line.includes('"status":"failed"'))!;
    const { id: failedId } = JSON.parse(failed) as { id: string };
    const reason = await ohmic('sweep', 'show', at('out'), failedId.slice(0, 12));
    expect([reason.exitCode, reason.stdout]).toEqual([0, expect.stringMatching(/tile\.adc\.mux +999[\s\S]*failed: .*mux/)]);
    const failedAgain = await ohmic('sweep', 'show', at('out'), failedId.slice(0, 12), '--rerun');
    expect([failedAgain.exitCode, failedAgain.stderr]).toEqual([0, expect.stringMatching(/failed: .*mux[\s\S]*byte for byte/)]);

    const shown = await ohmic('sweep', 'show', at('out'), point.id.slice(0, 10));
    for (const part of ['changes of the base', 'energyPerSample', 'Area by component', 'tile.adc.bits'])
      expect(shown.stdout).toContain(part);
    const again = await ohmic('sweep', 'show', at('out'), point.id.slice(0, 10), '--rerun', '--json');
    expect(again.stderr).toContain('byte for byte');
    expect(JSON.parse(again.stdout)).toMatchObject({ schema: 'ohmic.report/1', name: 'tiny' });

    const sound = await ohmic('sweep', 'verify', at('out'), '--share', '20%', '--jobs', '0', '--json', '--quiet');
    expect([sound.exitCode, JSON.parse(sound.stdout)]).toMatchObject([0, { ok: true, recomputed: 2, different: [] }]);

    const damaged = resultFiles(session).find((name) => name.includes(point.id))!;
    writeFileSync(at(damaged), readFileSync(at(damaged)).subarray(0, 100));
    const status = await ohmic('sweep', 'status', at('out'), '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ complete: false, audit: { damaged: [point.id], missing: 0 } });
    expect((await ohmic('sweep', 'verify', at('out'), '--jobs', '0', '--quiet')).exitCode).toBe(2);
    await ohmic('sweep', 'resume', at('out'), ...quick);
    expect(readFileSync(at('out/points.jsonl'))).toEqual(before);
    expect((await ohmic('sweep', 'verify', at('out'), '--jobs', '0', '--quiet')).exitCode).toBe(0);
  });

  test('takes in the results of another folder', async () => {
    const session = openSession();
    const { ohmic, at } = session;
    const sweep = putTinySweep(session);
    await ohmic('sweep', 'run', sweep, '--out', at('a'), '--shard', '1/2', ...quick);
    await ohmic('sweep', 'run', sweep, '--out', at('b'), '--shard', '2/2', ...quick);
    await ohmic('sweep', 'run', sweep, '--out', at('whole'), ...quick);
    const merged = await ohmic('sweep', 'merge', at('a'), at('b'));
    expect([merged.exitCode, merged.stdout.split('\n')[0]]).toEqual([
      3,
      expect.stringContaining('6 points, 2 failed, 0 waiting'),
    ]);
    for (const form of ['points.jsonl', 'points.csv', 'points.parquet', 'report.html'])
      expect(readFileSync(at(`a/${form}`)), form).toEqual(readFileSync(at(`whole/${form}`)));
  });
});

describe('sweep serve', () => {
  test('answers an optimiser line by line, mistakes too', async () => {
    async function* lines(): AsyncGenerator<string> {
      yield '{"describe":true}';
      yield '{"evaluate":[{"tile.adc.bits":8,"tile.adc.mux":1},{"tile.adc.bits":8,"tile.adc.mux":999}]}';
      yield '{"evaluate":[{"tile.adc.bitz":8}]}';
      yield 'nonsense';
      yield '{"front":true}';
    }
    const session = openSession({ inputLines: lines });
    const sweep = putTinySweep(session, 'sampling: { method: external }\n');
    const { exitCode, stdout } = await session.ohmic('sweep', 'serve', sweep, '--out', session.at('out'), '--jobs', '0');
    const [space, told, wrong, garbled, front] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(space.objectives[0]).toEqual({ name: 'accuracy', aim: 'max' });
    expect(told.results).toMatchObject([
      { status: 'ok', feasible: true },
      { status: 'failed', objectives: { accuracy: null } },
    ]);
    expect([wrong.error, garbled.error]).toEqual([
      expect.stringContaining('did you mean tile.adc.bits?'),
      expect.stringContaining('one JSON object'),
    ]);
    expect(front.front).toMatchObject([{ id: told.results[0].id }]);
  });
});

describe('sweep refuses', () => {
  test.each([
    ['an unknown chip value', 'tile.adc.bits', 'tile.adc.bitz', 'did you mean tile.adc.bits?'],
    ['a value nobody can read', '[4, 8]', '[4, many]', 'axis tile.adc.bits with "many"'],
    ['an unknown experiment', 'tiny.yaml', 'tinny.yaml', 'found'],
  ])('%s', async (_, from, to, words) => {
    const session = openSession();
    const file = putTinySweep(session);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    const { exitCode, stderr } = await session.ohmic('sweep', 'plan', file, '--out', session.at('out'));
    expect(exitCode).toBe(65);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a folder without a sweep, a part that is none, a point nobody knows', async () => {
    const session = openSession();
    expect((await session.ohmic('sweep', 'status', session.at('nothing'))).exitCode).toBe(65);
    expect((await session.ohmic('sweep', 'run', 'x', '--shard', '4/3')).exitCode).toBe(64);
    await session.ohmic('sweep', 'plan', putTinySweep(session), '--out', session.at('out'));
    expect((await session.ohmic('sweep', 'show', session.at('out'), 'ffffffff')).exitCode).toBe(65);
  });
});

test('the sweeps that come with the package can be planned', async () => {
  const session = openSession();
  const { stderr } = await session.ohmic('sweep', 'run', 'no-such-sweep');
  const names = /one of ([\w-]+(?:, [\w-]+)*)/.exec(stderr)![1]!.split(', ');
  expect(names.length).toBeGreaterThanOrEqual(5);
  for (const name of names) {
    const planned = await session.ohmic('sweep', 'plan', name, '--out', session.at(name), '--json');
    expect([name, planned.exitCode, planned.stderr]).toEqual([name, 0, '']);
    const { facts } = JSON.parse(planned.stdout);
    expect(facts['items of the first round']).toBeGreaterThan(3);
    // Every setting is known: an item that could not be resolved belongs to no training.
    const sweep = openSweep(nodeIo(), session.at(name), {});
    expect(sweep.surveyor.survey(() => undefined).items.filter(({ shareKey }) => shareKey === '')).toEqual([]);
  }
});
