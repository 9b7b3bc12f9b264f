import { describe, expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { hfox1t1r } from '../../src/device/hfox-1t1r.ts';
import { ideal } from '../../src/device/ideal.ts';
import { parseDevice } from '../../src/device/user-device.ts';
import { evenLevels, programLevels } from '../../src/laboratory/cell-experiment.ts';
import { characterise, defaultCharacterise } from '../../src/laboratory/characterise.ts';
import { compactRows } from '../../src/laboratory/compact-rows.ts';
import { disturbRows } from '../../src/laboratory/disturb-rows.ts';
import { disturbStudy, drifted } from '../../src/laboratory/disturb-study.ts';
import { laboratoryExperiments } from '../../src/laboratory/laboratory-experiments.ts';
import { parseLaboratory } from '../../src/laboratory/laboratory-file.ts';
import { levelCount, levelSpread, levelStudy, overlap } from '../../src/laboratory/level-study.ts';
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

  test('distributions of levels add up, and levels count by the distance asked for', () => {
    const levelsS = evenLevels(10e-6, 80e-6, 9);
    const cells = programLevels(cmoHfox, { levelsS, cells: 300, tolerance: 0.002, limit: 500, seed: 2 });
    const ages = [{ label: '1 s', seconds: 1 }];
    const count = (sigmas: number) => levelStudy(cmoHfox, levelsS, cells, ages, { sigmas }).table.rows[0]![4] as number;
    expect(count(3) / count(6)).toBeCloseTo(2, 9);
    const { points } = levelStudy(cmoHfox, levelsS, cells, ages).series[1]!;
    const curves = new Set(points.map(({ curve }) => curve));
    expect(curves.size).toBe(7);
    for (const name of curves) {
      const own = points.filter(({ curve }) => curve === name);
      expect(own.reduce((sum, { y }) => sum + y, 0)).toBeCloseTo(1, 9);
      const mean = own.reduce((sum, { x, y }) => sum + x * y, 0);
      expect(Math.abs(mean * 1e6 - Number.parseFloat(name))).toBeLessThan(0.3);
    }
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

  test('the ideal cell makes 2^20 equal steps; a device file keeps its step curves though training takes lines', () => {
    const exact = staircaseStudy(ideal, 2, 1)!.table.rows[0]!;
    expect(exact[4] as number).toBeCloseTo(2 ** 20, 3);
    expect(exact[2] as number).toBeCloseTo(0.5, 5);
    expect(exact[5]).toBe(0);
    const curved = parseDevice(
      'name: curved\nwindow: { min: 0 S, max: 100 uS }\nsteps: { conductance: [0, 50, 100], up: [1, 5, 1], down: [-5, -5, -5] }\n',
      'c.yaml',
    );
    const [cell] = pulseCells(curved, 1, 1)!;
    expect(cell!(50e-6, true, 0)).toBeCloseTo(55e-6, 12);
    expect(cell!(99e-6, false, 0)).toBeCloseTo(94e-6, 12);
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
