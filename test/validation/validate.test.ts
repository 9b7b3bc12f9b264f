import { describe, expect, it } from 'vitest';
import { silentProgress } from '../../src/simulate/progress.ts';
import { validate } from '../../src/validation/validate.ts';
import { ports } from '../simulate/small-experiment.ts';

const only = (...ids: string[]) => validate({ ports: { ...ports, now: () => 0 }, progress: silentProgress, only: ids });

describe('validation', () => {
  it('reproduces the tile arithmetic of both presets within 2 %', () => {
    const { rows, ok } = only('P130', 'P14');
    expect(rows.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['P130-energy', 'P130-latency', 'P14-energy', 'P14-latency']),
    );
    expect(rows.filter(({ informative }) => informative !== true).every(({ tolerance }) => tolerance === 0.02)).toBe(true);
    expect(ok).toBe(true);
  });

  it('reproduces the MVM errors of the cell (V1, V1b, V1c, V1d, V4) within 5 %', () => {
    const { rows } = only('V1', 'V1b', 'V1c', 'V1d', 'V4');
    expect(rows).toHaveLength(21);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    expect(rows.every(({ tolerance, samples }) => tolerance === 0.05 && samples! >= 20)).toBe(true);
  });

  it('reproduces levels and relaxation (V8, V9, V10)', () => {
    const { rows } = only('V8', 'V9', 'V10');
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    expect(rows.every(({ samples }) => samples! >= 40_000)).toBe(true);
  });

  it('loses little accuracy on the chip (V18)', () => {
    const { rows } = only('V18');
    expect(rows.map(({ informative = false }) => informative)).toEqual([false, false, false, false, true]);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('says how long the experiment of every row took', () => {
    let milliseconds = 0;
    const now = () => (milliseconds += 1500);
    const { rows } = validate({ ports: { ...ports, now }, progress: silentProgress, only: ['PUMA'] });
    expect(rows.every(({ runtimeSeconds }) => runtimeSeconds! >= 1.5)).toBe(true);
  });

  it('refuses an id nobody claims', () => {
    expect(() => only('V999')).toThrow(/V999/);
  });
});
