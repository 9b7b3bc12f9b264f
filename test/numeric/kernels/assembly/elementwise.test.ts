import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finite, kernels, place, placeMatrix, run, scoped, seed, size } from '../../kernel-memory.ts';
import { bf16Bits } from '../../twins.ts';

const values = fc.array(fc.float(), { maxLength: 40 }).map((list) => Float32Array.from(list));

test('toBf16 rounds to the nearest even for every f32, fromBf16 is its inverse on bf16', () => {
  fc.assert(
    fc.property(values, (input) =>
      scoped(() => {
        const { length } = input;
        const narrow = kernels.allocate(2 * length);
        const wide = kernels.allocate(4 * length);
        kernels.toBf16(narrow, place(input), length);
        const codes = Array.from(new Uint16Array(kernels.memory.buffer, narrow, length));
        expect(codes).toEqual(Array.from(input, bf16Bits));
        kernels.fromBf16(wide, narrow, length);
        expect(kernels.i32(wide, length)).toEqual(Int32Array.from(codes, (code) => code << 16));
      }),
    ),
    run,
  );
});

test('fromU8 multiplies codes by the unit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), finite, (codes, unit) =>
      scoped(() => {
        const input = kernels.allocate(codes.length);
        kernels.u8(input, codes.length).set(codes);
        const out = kernels.allocate(4 * codes.length);
        kernels.fromU8(out, input, codes.length, unit);
        expect(kernels.f32(out, codes.length)).toEqual(Float32Array.from(codes, (code) => code * unit));
      }),
    ),
    run,
  );
});

test('relu makes negative numbers 0 and passes the rest, NaN too', () => {
  fc.assert(
    fc.property(values, (input) =>
      scoped(() => {
        const pointer = place(input);
        kernels.relu(pointer, pointer, input.length);
        expect(kernels.f32(pointer, input.length)).toEqual(input.map((value) => (value >= 0 || Number.isNaN(value) ? value : 0)));
      }),
    ),
    run,
  );
});

test('addRows adds one row to all', () => {
  fc.assert(
    fc.property(size, size, seed, (m, n, seed) =>
      scoped(() => {
        const input = placeMatrix(seed, m, n);
        const row = placeMatrix(seed + 1, 1, n);
        const out = kernels.allocate(4 * m * n);
        kernels.addRows(out, input.pointer, row.pointer, m, n);
        expect(kernels.f32(out, m * n)).toEqual(input.data.map((value, i) => value + row.data[i % n]!));
      }),
    ),
    run,
  );
});

test('axpy adds a multiple, product rounded first', () => {
  fc.assert(
    fc.property(size, seed, finite, (count, seed, scale) =>
      scoped(() => {
        const out = placeMatrix(seed, 1, count);
        const input = placeMatrix(seed + 1, 1, count);
        kernels.axpy(out.pointer, input.pointer, scale, count);
        const expected = out.data.map((value, i) => value + Math.fround(scale * input.data[i]!));
        expect(kernels.f32(out.pointer, count)).toEqual(expected);
      }),
    ),
    run,
  );
});
