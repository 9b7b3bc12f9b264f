import { expect, test } from 'vitest';
import { windowOffsets } from '../../src/machine/pool.ts';
import type { Window } from '../../src/sequence/issued-operation.ts';
import { none, operation, spm, testBench, uniforms } from './support.ts';

const window = (address: number): Window => ({
  ...{ address, height: 5, width: 4, channels: 2, kernelHeight: 2, kernelWidth: 3, strideY: 2, strideX: 1 },
  ...{ padTop: 1, padLeft: 1, padBottom: 0, padRight: 0, dilation: 1, outputHeight: 3, outputWidth: 3 },
});
const [mapSize, pooledSize] = [5 * 4 * 2, 9 * 2];

/** Map offsets under output (oy, ox) of channel c, written out. */
function under(oy: number, ox: number, c: number): number[] {
  const found: number[] = [];
  for (let y = 2 * oy - 1; y < 2 * oy + 1; y++) {
    for (let x = ox - 1; x < ox + 2; x++) if (y >= 0 && y < 5 && x >= 0 && x < 4) found.push((y * 4 + x) * 2 + c);
  }
  return found;
}
const outputs = Array.from({ length: pooledSize }, (_, i) => under(Math.floor(i / 6), Math.floor(i / 2) % 3, i % 2));

function forwardThenBack(fn: string, map: Float32Array, gradient: Float32Array) {
  const bench = testBench();
  bench.put(0, map);
  bench.put(2048, gradient);
  const b = fn === 'max' ? spm(1024) : none;
  bench.machine.execute(operation('POOL', { fn, a: { kind: 'window', window: window(0) }, b, d: spm(512), length: 9 }));
  bench.machine.execute(
    operation('POOL', { fn, flags: ['BWD'], a: { kind: 'window', window: window(2048) }, b, d: spm(4096), length: 9 }),
  );
  return { pooled: [...bench.floats(512, pooledSize)], back: [...bench.floats(4096, mapSize)] };
}

test('windows leave out the padding', () => expect(windowOffsets(window(0), 0)).toEqual(under(0, 0, 0)));

test('max takes the largest and sends the gradient back there', () => {
  const [map, gradient] = [uniforms(1, mapSize), uniforms(2, pooledSize)];
  const { pooled, back } = forwardThenBack('max', map, gradient);
  const expected = new Float32Array(mapSize);
  for (const [i, offsets] of outputs.entries()) {
    const best = offsets.reduce((a, b) => (map[b]! > map[a]! ? b : a));
    expect(pooled[i]).toBe(map[best]);
    expected[best]! += gradient[i]!;
  }
  for (const [i, value] of back.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

test('average divides by the positions inside the map, both ways', () => {
  const [map, gradient] = [uniforms(3, mapSize), uniforms(4, pooledSize)];
  const { pooled, back } = forwardThenBack('average', map, gradient);
  const expected = new Float32Array(mapSize);
  for (const [i, offsets] of outputs.entries()) {
    expect(pooled[i]).toBeCloseTo(offsets.reduce((sum, at) => sum + map[at]!, 0) / offsets.length, 5);
    for (const at of offsets) expected[at]! += gradient[i]! / offsets.length;
  }
  for (const [i, value] of back.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

test('max needs its index map back, and a window', () => {
  const { machine } = testBench();
  const pool = (fields: object) => () =>
    machine.execute(operation('POOL', { a: { kind: 'window', window: window(0) }, d: spm(512), length: 9, ...fields }));
  expect(pool({ flags: ['BWD'] })).toThrow('has no index map');
  expect(pool({ a: spm(0) })).toThrow('operand A is a spm operand; want a window');
  expect(pool({ length: 10 })).toThrow('asks for 10 pixels of a window that has 9');
});
