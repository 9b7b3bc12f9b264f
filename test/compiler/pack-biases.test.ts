import { describe, expect, it } from 'vitest';
import { packBiases } from '../../src/compiler/pack-biases.ts';
import { place } from '../../src/compiler/place.ts';
import { slice } from '../../src/compiler/slice.ts';
import { chipWith, stageOf } from './support.ts';

const chip = chipWith('ideal');
const stages = [
  stageOf(2, 3, { name: 'a', bias: Float32Array.of(1, -2.5, 0.1) }),
  stageOf(3, 2, { name: 'b' }),
  stageOf(2, 1, { name: 'c', bias: Float32Array.of(1 + 2 ** -8 + 2 ** -9) }),
];
const matrices = place(slice(stages, chip), chip);

describe('packed biases', () => {
  it('lie one after the other as f32, little-endian', () => {
    const { bytes, offsets } = packBiases(matrices, 'f32');
    expect([...offsets]).toEqual([
      ['a', 0],
      ['c', 12],
    ]);
    expect([...new Float32Array(bytes.buffer)]).toEqual([1, -2.5, Math.fround(0.1), 1 + 2 ** -8 + 2 ** -9]);
  });

  it('are rounded to bf16', () => {
    const { bytes, offsets } = packBiases(matrices, 'bf16');
    expect(offsets.get('c')).toBe(6);
    // 1 + 2^-8 + 2^-9 lies above the middle of 1 and 1 + 2^-7
    expect([...new Uint16Array(bytes.buffer)]).toEqual([0x3f80, 0xc020, 0x3dcd, 0x3f81]);
  });

  it('are empty without any', () => {
    expect(packBiases(matrices.slice(1, 2), 'f32').bytes.length).toBe(0);
  });
});
