import { describe, expect, test } from 'vitest';
import { splitSettings, withAlgorithmSettings } from '../../src/simulate/algorithm-options.ts';
import { algorithmSchema } from '../../src/simulate/training-settings.ts';

const agad = algorithmSchema.parse({ kind: 'agad', tailWeight: 3, epochs: 4 });

test('settings of the algorithm are told from those of the chip', () =>
  expect(splitSettings(['tile.rows=4', 'algorithm.bias=analog'])).toEqual({
    algorithm: ['algorithm.bias=analog'],
    chip: ['tile.rows=4'],
  }));

describe('a changed algorithm', () => {
  test('has what was set and the rest as before', () => {
    const changed = withAlgorithmSettings(agad, [
      'algorithm.bias=analog',
      'algorithm.update.length=7',
      'algorithm.learningRate=0.2',
    ]);
    expect(changed).toEqual({ ...agad, bias: 'analog', learningRate: 0.2, update: { ...agad.update, length: 7 } });
    expect(withAlgorithmSettings(agad, [])).toBe(agad);
  });

  test('of another kind keeps what both know', () => {
    const changed = withAlgorithmSettings(agad, ['algorithm.kind=mixed', 'algorithm.threshold=2']);
    expect(changed).toMatchObject({ kind: 'mixed', threshold: 2, epochs: 4 });
    expect(changed).not.toHaveProperty('tailWeight');
  });

  test.each([
    ['algorithm.bias=upstairs', /algorithm.bias = "upstairs".*digital.*analog/],
    ['algorithm.learningRate=0', /algorithm.learningRate = 0, expected a number > 0/],
    ['algorithm.learningRate=.nan', /algorithm.learningRate = NaN/],
    ['algorithm.bais=analog', /algorithm.bais.*did you mean bias/],
    ['algorithm.kind=sgdd', /algorithm.kind = "sgdd", expected one of sgd, tiki-taka.*did you mean sgd/],
    ['algorithm.threshold=1', /unknown algorithm.threshold/],
    ['algorithm.bias', /algorithm.bias, expected algorithm.<name>=<value>/],
    ['algorithm.=3', /expected algorithm.<name>=<value>/],
  ])('%s is refused', (setting, message) => expect(() => withAlgorithmSettings(agad, [setting])).toThrow(message));
});
