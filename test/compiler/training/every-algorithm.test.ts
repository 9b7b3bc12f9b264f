import { describe, expect, test } from 'vitest';
import { trainingKinds } from '../../../src/simulate/training-settings.ts';
import { compileTiny, trained } from '../../support/tiny-training.ts';

const networks = {
  convolutions: `name: n
input: [28, 28, 1]
layers:
  - { convolution: { channels: 2, kernel: 4, stride: 4 }, activation: relu }
  - pool: { function: max, kernel: 2 }
  - flatten
  - linear: 10
`,
  'a recurrence': 'name: n\ninput: [28, 28, 1]\nlayers:\n  - lstm: 4\n  - linear: 10\n',
} as const;
const pulsed = { device: 'cmo-hfox-train', set: 'mapping.scheme=reference-cell, scratchpad.bytes=4 MiB' } as const;

/** One sample a batch and biases on a word line, or the whole set at once: in turn over the rules. */
const settings = ['samples: 6, batch: 1, bias: analog', 'samples: 6, batch: 6'];

describe.each(Object.entries(networks))('%s', (_, definition) => {
  test.each(
    trainingKinds.map((kind, at) => [kind, settings[(at + definition.length) % 2]!] as const),
  )('with %s, %s: finite and sensible', (kind, rest) => {
    const compiled = compileTiny({ ...pulsed, definition, samples: 10, algorithm: `kind: ${kind}, ${rest}` });
    const { training, ending, energy, time } = trained(compiled, 'full').report();
    expect(ending).toBe('halted');
    const [epoch] = training!.epochs;
    expect(epoch!.loss).toBeGreaterThan(0);
    expect(epoch!.loss).toBeLessThan(20);
    for (const value of [epoch!.energy, epoch!.seconds, energy!.total, time!.seconds]) {
      expect(value).toBeGreaterThan(0);
      expect(Number.isFinite(value)).toBe(true);
    }
    expect(epoch!.accuracy).toBeLessThanOrEqual(1);
  });
});
