import { describe, expect, it } from 'vitest';
import { judge, type Measured } from '../../src/validation/row.ts';

const base: Measured = {
  id: 'X',
  name: 'x',
  published: 10,
  value: 10.4,
  unit: 'J',
  tolerance: 0.05,
  class: 'bookkeeping',
  source: 's',
};

describe('a row', () => {
  it('is judged by its relative deviation', () => {
    expect(judge(base)).toMatchObject({ ok: true, deviation: expect.closeTo(0.04, 10) });
    expect(judge({ ...base, value: 10.6 }).ok).toBe(false);
    expect(judge({ ...base, value: 9.4 }).ok).toBe(false);
  });

  it('or absolute, or one-sided', () => {
    expect(judge({ ...base, toleranceKind: 'absolute' }).ok).toBe(false);
    expect(judge({ ...base, value: 3, toleranceKind: 'at most' }).ok).toBe(true);
    expect(judge({ ...base, value: 10.06, toleranceKind: 'at most' }).ok).toBe(false);
    expect(judge({ ...base, value: 30, toleranceKind: 'at least' }).ok).toBe(true);
    expect(judge({ ...base, value: 9.6, toleranceKind: 'at least' })).toMatchObject({
      ok: true,
      deviation: expect.closeTo(-0.04, 10),
    });
    expect(judge({ ...base, value: 9.4, toleranceKind: 'at least' }).ok).toBe(false);
  });

  it('fails when its sample is too small to tell', () => {
    expect(judge({ ...base, samples: 4, standardError: 0.1 }).ok).toBe(true);
    expect(judge({ ...base, samples: 4, standardError: 0.2 }).ok).toBe(false);
  });

  it('fails on NaN, and passes unjudged when it is context only', () => {
    expect(judge({ ...base, value: Number.NaN }).ok).toBe(false);
    expect(judge({ ...base, value: 100, informative: true }).ok).toBe(true);
  });
});
