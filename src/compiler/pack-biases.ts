import { type Format, formatBytes } from '../../isa/limits.ts';
import { toBf16Bits } from '../numeric/bf16.ts';
import type { PlacedMatrix } from './place.ts';

export interface PackedBiases {
  /** All biases, one after the other, in the activation format. */
  readonly bytes: Uint8Array;
  /** Byte offset by layer name; a layer without bias is absent. */
  readonly offsets: ReadonlyMap<string, number>;
}

/** One DRAM block for all biases, so that one transfer loads them. */
export function packBiases(matrices: readonly PlacedMatrix[], format: Format): PackedBiases {
  const elementBytes = formatBytes[format];
  const offsets = new Map<string, number>();
  let bytes = 0;
  for (const { stage } of matrices) {
    if (stage.bias === undefined) continue;
    offsets.set(stage.name, bytes);
    bytes += stage.columns * elementBytes;
  }
  const packed = new Uint8Array(bytes);
  const view = new DataView(packed.buffer);
  for (const { stage } of matrices) {
    const offset = offsets.get(stage.name);
    stage.bias?.forEach((value, index) => {
      const at = offset! + index * elementBytes;
      if (format === 'bf16') view.setUint16(at, toBf16Bits(value), true);
      else view.setFloat32(at, value, true);
    });
  }
  return { bytes: packed, offsets };
}
