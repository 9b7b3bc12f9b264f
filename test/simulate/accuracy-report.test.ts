import { describe, expect, it } from 'vitest';
import { accuracyReport } from '../../src/simulate/accuracy-report.ts';
import { instance, manifest, snapshot } from './support.ts';

const runs = [instance([snapshot(9, 10), snapshot(7, 10, 86400)]), instance([snapshot(8, 10), snapshot(8, 10, 86400)])];

describe('accuracy report', () => {
  it('gives mean, deviation and every instance by age', () => {
    const report = accuracyReport(runs, manifest)!;
    expect(report).toMatchObject({ reference: 0.97, instances: 2, samples: 10 });
    expect(report.simulated).toBeCloseTo(0.85, 12);
    expect(report.byAge.map(({ label, seconds, perInstance }) => ({ label, seconds, perInstance }))).toEqual([
      { label: '1 s', seconds: 1, perInstance: [0.9, 0.8] },
      { label: '1 day', seconds: 86400, perInstance: [0.7, 0.8] },
    ]);
    // sample deviation of two values 0.1 apart, and Student's t of one degree of freedom (12.706) over sqrt 2
    expect(report.byAge[0]!.deviation).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(report.byAge[0]!.interval95).toBeCloseTo((12.706 * 0.1) / 2, 3);
  });

  it('has no spread with one instance', () => {
    expect(accuracyReport(runs.slice(0, 1), manifest)!.byAge[0]).toMatchObject({ accuracy: 0.9, interval95: 0, deviation: 0 });
  });

  it('labels ages itself without a manifest', () => {
    const report = accuracyReport(runs, undefined)!;
    expect('reference' in report).toBe(false);
    expect(report.byAge.map(({ label }) => label)).toEqual(['1 s', '86400 s']);
  });

  it('is absent where nothing was evaluated', () => {
    expect(accuracyReport([instance([])], manifest)).toBeUndefined();
    expect(accuracyReport([instance([snapshot(0, 0)])], manifest)).toBeUndefined();
    expect(accuracyReport([], manifest)).toBeUndefined();
  });

  it('counts an instance that stopped early as wrong', () => {
    expect(accuracyReport([runs[0]!, instance([])], manifest)!.byAge[0]!.perInstance).toEqual([0.9, 0]);
  });
});
