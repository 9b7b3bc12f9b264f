import { describe, expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { hfox1t1r } from '../../src/device/hfox-1t1r.ts';
import { ideal } from '../../src/device/ideal.ts';
import { evenLevels, programLevels } from '../../src/laboratory/cell-experiment.ts';
import { characterise, defaultCharacterise } from '../../src/laboratory/characterise.ts';
import { compactRows } from '../../src/laboratory/compact-rows.ts';
import { compensate, probeVectors } from '../../src/laboratory/compensation.ts';
import { disturbRows } from '../../src/laboratory/disturb-rows.ts';
import { disturbStudy, drifted } from '../../src/laboratory/disturb-study.ts';
import { laboratoryExperiments } from '../../src/laboratory/laboratory-experiments.ts';
import { parseLaboratory } from '../../src/laboratory/laboratory-file.ts';
import { levelCount, levelSpread, overlap } from '../../src/laboratory/level-study.ts';
import { comparatorStudies, paperRows, studyRows } from '../../src/laboratory/mvm-studies.ts';
import { mapArray } from '../../src/laboratory/parallel-mapping.ts';
import { programmingRows } from '../../src/laboratory/programming-rows.ts';
import { judge } from '../../src/laboratory/row.ts';
import { pulseCells, staircaseStudy } from '../../src/laboratory/staircase-study.ts';
import { silentProgress } from '../../src/simulate/progress.ts';

describe('levels', () => {
  test('overlap counts cells beyond the middle of two means', () => {
    expect(
      overlap([
        [0, 0, 3],
        [4, 4, 1],
      ]),
    ).toBe(2 / 3);
    expect(
      overlap([
        [0, 1],
        [10, 11],
      ]),
    ).toBe(0);
  });

  test('six-sigma levels of a spread', () => {
    expect(
      levelSpread([
        [1, 3],
        [5, 7],
      ]),
    ).toBeCloseTo(Math.SQRT2, 12);
    expect(levelCount({ minS: 0, maxS: 60 }, 1)).toBe(10);
    expect(levelCount({ minS: 0, maxS: 60 }, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  test('cells of an ideal device are where they were put', () => {
    const levelsS = evenLevels(0, ideal.maxS, 3);
    const cells = programLevels(ideal, { levelsS, cells: 2, tolerance: 0.01, limit: 10, seed: 1 });
    expect(cells.at(1e6).map((level) => [...level])).toEqual(levelsS.map((level) => [Math.fround(level), Math.fround(level)]));
  });
});

describe('characterisation', () => {
  const sections = (name: string, cells = 2000) => {
    const report = characterise(deviceNamed(name), { ...defaultCharacterise, cells }, silentProgress);
    for (const series of report.series)
      for (const { x, y } of series.points) expect(Number.isFinite(x) && Number.isFinite(y), `${name} ${series.name}`).toBe(true);
    return report.tables.map((table) => table.name);
  };

  test('every device has its levels and retention; pulses where it answers them', () => {
    expect(sections('cmo-hfox')).toEqual(['levels', 'programming', 'retention', 'staircase', 'disturb']);
    expect(sections('hfox-1t1r')).toEqual(['levels', 'programming', 'retention']);
    expect(sections('pcm')).toEqual(['levels', 'retention']);
    expect(sections('reram-es')).toContain('staircase');
    expect(sections('ideal')).toEqual(['levels', 'retention', 'staircase']);
  });

  test('the same seed gives the same report', () => {
    const once = () => characterise(cmoHfox, { ...defaultCharacterise, cells: 500 }, silentProgress);
    expect(once()).toEqual(once());
  });

  test('staircases rise, fall, and settle at the published symmetry point', () => {
    const { table, series } = staircaseStudy(deviceNamed('cmo-hfox-train'), 200, 2)!;
    const mean = series[0]!.points.filter(({ curve }) => curve === 'mean').map(({ y }) => y);
    expect(mean[200]).toBeGreaterThan(mean[0]! + 50e-6);
    expect(mean[400]).toBeLessThan(mean[200]! - 50e-6);
    // skew 61 % of the window, 200 cells of 18 % bounds
    expect(Math.abs((table.rows[0]![2] as number) - 0.61)).toBeLessThan(0.04);
    expect(staircaseStudy(hfox1t1r, 10, 1)).toBeUndefined();
  });

  test('half-select drift grows with pulses and voltage and vanishes with them', () => {
    const { table } = disturbStudy(cmoHfox)!;
    for (const row of table.rows) for (let at = 3; at < row.length; at++) expect(row[at]!).toBeGreaterThan(row[at - 1] as number);
    const last = table.rows.map((row) => row.at(-1) as number);
    for (let at = 1; at < last.length; at++) expect(last[at]!).toBeGreaterThan(last[at - 1]!);
    expect(drifted(() => 1, 5, true, 1e-3, 0)).toBe(5);
    expect(drifted(() => 1, 5, true, 1e-3, 100)).toBeCloseTo(5.1, 9);
    expect(pulseCells(ideal, 1, 1)).toBeDefined();
  });
});

describe('drift compensation', () => {
  const inputs = Float32Array.of(1, 0, 0.5, 0.5);
  const fresh = Float32Array.of(2, 4, 6, 8);

  test('scales by what the probes lost, over all or by column', () => {
    const outputs = Float32Array.of(1, 2, 3, 4);
    const half = fresh.map((value) => value / 2);
    expect([...compensate('global', 2, inputs, outputs, { now: half, fresh })]).toEqual([2, 4, 6, 8]);
    const columns = { now: Float32Array.of(1, 4, 3, 8), fresh };
    expect([...compensate('column', 2, inputs, outputs, columns)]).toEqual([2, 2, 6, 4]);
    expect(compensate('none', 2, inputs, outputs, { now: fresh, fresh })).toBe(outputs);
  });

  test('subtracts a shift of all weights times the sum of the inputs', () => {
    const now = fresh.map((value) => value - 0.5);
    const corrected = compensate('mean-shift', 2, inputs, Float32Array.of(1, 1, 1, 1), { now, fresh });
    expect([...corrected]).toEqual([1.5, 1.5, 1.5, 1.5]);
    expect(probeVectors('none', 4)).toHaveLength(0);
    expect([...probeVectors('global', 2)]).toEqual([1, 0, 0, 1]);
  });
});

describe('rows', () => {
  test('of the compact model, disturb and the closed loop are within tolerance', () => {
    for (const row of [...compactRows(), ...disturbRows(), ...programmingRows()])
      expect(row.ok, `${row.id} ${row.value}`).toBe(true);
  });

  test('of a comparator come with their error', () => {
    const [row] = studyRows(comparatorStudies.find(({ id }) => id === 'V7')!, 6);
    expect(row).toMatchObject({ id: 'V7@t=0', ok: true, samples: 6 });
  });

  test('of the paper need those of V1', () => {
    const base = { name: '', published: 1, unit: '1', tolerance: 1, class: 'context', source: '', samples: 4 } as const;
    const rows = [judge({ ...base, id: 'V1@1s', value: 0.08 }), judge({ ...base, id: 'V1@10years', value: 0.25 })];
    expect(paperRows(rows).map(({ value }) => value)).toEqual([0.25 / 0.08, 0.08, 0.25]);
    expect(() => paperRows([])).toThrow('rows have no V1@1s');
  });

  test('mapping an array drives no cell out of its band unless disturb is made large', () => {
    const { row, table } = mapArray({ size: 16, tolerance: 0.02, seed: 1, ratios: [1e-7, 0.005] });
    expect(row).toMatchObject({ value: 0, ok: true });
    expect(table.rows[0]).toEqual(['gate coincidence', 0, 0, 0]);
    expect(table.rows[2]![3] as number).toBeGreaterThan(0.5);
  });
});

describe('experiment files', () => {
  test('name an experiment of a paper; other kinds are left alone', () => {
    expect(parseLaboratory('name: other\nnetwork: x\n', 'a.yaml')).toBeUndefined();
    for (const { name, run } of laboratoryExperiments)
      expect(parseLaboratory(`kind: laboratory\nname: mine\nexperiment: ${name}\n`, 'a.yaml')!.run).toBe(run);
  });

  test('mistakes are located', () => {
    expect(() => parseLaboratory('kind: laboratory\nname: mine\nexperiment: falcone-mvn\n', 'a.yaml')).toThrow(
      /a\.yaml:3:13 found experiment = "falcone-mvn", expected one of falcone-mvm, .*\(did you mean falcone-mvm\?\)/,
    );
  });
});
