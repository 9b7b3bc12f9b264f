import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernels, place, run, scoped } from '../../kernel-memory.ts';

const twins = [Math.tanh, (x: number) => 1 / (1 + Math.exp(-x))] as const;

test.each([
  ['tanh', 0],
  ['sigmoid', 1],
] as const)('%s is the f32 nearest to the function, in place too', (_, code) => {
  const argument = fc.oneof(
    fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 1e-40, -1e-30, 88, -88.8, 104),
    fc.float({ min: -20, max: 20, noNaN: true }),
    fc.float(),
  );
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 9 }), (values) =>
      scoped(() => {
        const input = place(Float32Array.from(values));
        const out = kernels.allocate(4 * values.length);
        const expected = Float32Array.from(values, (x) => twins[code](Math.fround(x)));
        kernels.squash(out, input, values.length, code);
        expect(kernels.f32(out, values.length)).toEqual(expected);
        kernels.squash(input, input, values.length, code);
        expect(kernels.f32(input, values.length)).toEqual(expected);
      }),
    ),
    run,
  );
});

test.each([
  ['tanh', 0, (y: number) => 1 - y * y],
  ['sigmoid', 1, (y: number) => y * (1 - y)],
] as const)('squashBack of %s multiplies the slope where the value is y with the error, in f64', (_, code, slope) => {
  const finite = fc.float({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 9 }), (pairs) =>
      scoped(() => {
        const [value, error] = [place(Float32Array.from(pairs, ([y]) => y)), place(Float32Array.from(pairs, ([, e]) => e))];
        const out = kernels.allocate(4 * pairs.length);
        const expected = Float32Array.from(pairs, ([y, e]) => slope(y) * e);
        kernels.squashBack(out, value, error, pairs.length, code);
        expect(kernels.f32(out, pairs.length)).toEqual(expected);
        kernels.squashBack(error, value, error, pairs.length, code);
        expect(kernels.f32(error, pairs.length)).toEqual(expected);
      }),
    ),
    run,
  );
});
