import { inputError } from '../../config/issue.ts';
import type { LabelledImages } from './data-set.ts';
import { inflate } from './inflate.ts';

const side = 32;
const plane = side * side;
const channels = 3;
const pixels = plane * channels;
const recordBytes = 1 + pixels;
const largestLabel = 9;

/**
 * CIFAR-10 binary files (Krizhevsky 2009): records of one label byte and 3072 bytes as R, G and B planes of 32 x 32.
 * Several files are joined in the order given; pixels come out channels-last. Throws InputError naming the file.
 */
export function readCifar(name: string, files: readonly { readonly file: string; readonly bytes: Uint8Array }[]): LabelledImages {
  const parts = files.map(({ file, bytes }) => checked(file, inflate(bytes, file)));
  const count = parts.reduce((sum, part) => sum + part.length / recordBytes, 0);
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  let record = 0;
  for (const part of parts) {
    for (let start = 0; start < part.length; start += recordBytes, record++) {
      labels[record] = part[start]!;
      interleave(images.subarray(record * pixels, (record + 1) * pixels), part.subarray(start + 1, start + recordBytes));
    }
  }
  return { name, shape: [side, side, channels], images, labels };
}

function checked(file: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length % recordBytes !== 0) {
    throw inputError(
      file,
      `${bytes.length} bytes`,
      `a multiple of ${recordBytes} (CIFAR-10 records: 1 label and 3072 pixel bytes)`,
    );
  }
  for (let start = 0; start < bytes.length; start += recordBytes) {
    const label = bytes[start]!;
    if (label > largestLabel) {
      throw inputError(file, `label ${label} in record ${start / recordBytes}`, `a CIFAR-10 label from 0 to ${largestLabel}`);
    }
  }
  return bytes;
}

function interleave(image: Uint8Array, planes: Uint8Array): void {
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let channel = 0; channel < channels; channel++) image[pixel * channels + channel] = planes[channel * plane + pixel]!;
  }
}
