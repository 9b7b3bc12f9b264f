import { inputError } from '../../config/issue.ts';
import type { LabelledImages } from './data-set.ts';
import { inflate } from './inflate.ts';

/** An IDX array of unsigned bytes (LeCun, the MNIST page: magic 0 0 type dimensions, big-endian sizes, data). */
export interface IdxArray {
  readonly dimensions: readonly number[];
  readonly values: Uint8Array;
}

const unsignedByte = 0x08;

/** Reads an IDX file of unsigned bytes with `rank` dimensions, gzipped or plain. Throws one InputError naming `file`. */
export function readIdx(raw: Uint8Array, file: string, rank: number): IdxArray {
  const bytes = inflate(raw, file);
  const header = 4 + 4 * rank;
  const wanted = `the IDX magic 0x00000${unsignedByte}0${rank} (unsigned bytes, ${rank} dimension${rank === 1 ? '' : 's'})`;
  if (bytes.length < 4) throw inputError(file, `${bytes.length} bytes`, wanted);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  if (magic !== unsignedByte * 256 + rank) throw inputError(file, `magic 0x${magic.toString(16).padStart(8, '0')}`, wanted);
  if (bytes.length < header) throw inputError(file, `${bytes.length} bytes`, `an IDX header of ${header} bytes`);
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = dimensions.reduce((product, length) => product * length, 1);
  if (bytes.length - header !== size) {
    const found = `${bytes.length - header} bytes after the header`;
    throw inputError(file, found, `${dimensions.join(' x ')} = ${size} bytes (truncated, or with bytes too many)`);
  }
  if (size === 0) throw inputError(file, `dimensions ${dimensions.join(' x ')}`, 'at least one value');
  return { dimensions, values: bytes.subarray(header) };
}

/** An image file [count, height, width] and its label file [count]. */
export function readIdxPair(
  name: string,
  images: Uint8Array,
  imageFile: string,
  labels: Uint8Array,
  labelFile: string,
): LabelledImages {
  const pixels = readIdx(images, imageFile, 3);
  const classes = readIdx(labels, labelFile, 1);
  const [count = 0, height = 0, width = 0] = pixels.dimensions;
  if (classes.dimensions[0] !== count) {
    throw inputError(labelFile, `${classes.dimensions[0]} labels`, `${count}, one for each image of ${imageFile}`);
  }
  return { name, shape: [height, width, 1], images: pixels.values, labels: classes.values };
}
