import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/config/issue.ts';
import { parseDuration } from '../../src/simulate/duration.ts';

describe('duration', () => {
  it('reads a number and a unit as seconds', () => {
    const cases = {
      '1 s': 1,
      '5ms': 0.005,
      '2 min': 120,
      '12 h': 43200,
      '1 day': 86400,
      '2 weeks': 1209600,
      '1e2 s': 100,
      '10 years': 315576000,
      '0 s': 0,
      ' 1.5 days ': 129600,
    };
    expect(Object.keys(cases).map((text) => parseDuration(text, 'x.yaml'))).toEqual(Object.values(cases));
  });

  it.each(['', '1', 'day', '-1 s', '1 s 2', 'one day', '1.s', 'NaN s'])('refuses "%s" in one sentence', (text) => {
    expect(() => parseDuration(text, 'x.yaml')).toThrow(InputError);
    expect(() => parseDuration(text, 'x.yaml')).toThrow(
      `x.yaml found duration "${text}", expected a number and a unit such as "1 s"`,
    );
  });

  it('names the nearest unit', () => {
    expect(() => parseDuration('10 yeers', 'x.yaml')).toThrow('did you mean years?');
  });
});
