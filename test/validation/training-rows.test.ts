import { expect, it } from 'vitest';
import { deviceNamed } from '../../src/device/devices.ts';
import { ideal } from '../../src/device/ideal.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { agu } from '../../src/isa/operands.ts';
import { type ToyAlgorithm, toyRegression } from '../../src/validation/toy-regression.ts';
import { runTraining } from '../../src/validation/training-program.ts';

const toy = (algorithm: ToyAlgorithm, device = deviceNamed('cmo-hfox-train'), samples = 1500) =>
  toyRegression({ algorithm, device, samples, rate: 0.05, fastRate: 0.1, trainLength: 31, shifted: true, seed: 1 });

it('a linear map is learnt by ideal cells to the noise of their converters', () => {
  expect(toy('sgd', ideal)).toBeLessThan(0.03);
});

it('mixed precision learns on a device of 22 states, in-place descent does not', () => {
  expect(toy('mixed')).toBeLessThan(0.12);
  expect(toy('sgd')).toBeGreaterThan(0.16);
});

it('the Tiki-Taka family learns there too', () => {
  for (const algorithm of ['tt2', 'tt3'] as const) expect(toy(algorithm, deviceNamed('cmo-hfox-train'), 4000)).toBeLessThan(0.19);
});

it('an experiment that traps says so', () => {
  const builder = createProgramBuilder('trap.oasm');
  builder.emit('DLD', { d: agu(3), a: agu(3), length: 4 });
  builder.emit('HALT');
  expect(() => runTraining({ program: builder.build(), device: ideal, seed: 1, size: 8 })).toThrow('the program trapped');
});
