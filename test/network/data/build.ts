/** Builders of data files for the tests of their readers. */

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An IDX file of unsigned bytes. */
export function idxFile(dimensions: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * dimensions.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dimensions.length);
  for (const [axis, length] of dimensions.entries()) view.setUint32(4 + 4 * axis, length);
  bytes.set(values, 4 + 4 * dimensions.length);
  return bytes;
}

/** A version 1 `.npy` file as NumPy pads it. */
export function npyFile(descriptor: string, shape: readonly number[], body: Uint8Array, order = 'False'): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${descriptor}', 'fortran_order': ${order}, 'shape': (${sizes}), }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const prefix = [0x93, ...ascii('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8];
  return Uint8Array.from([...prefix, ...ascii(padded), ...body]);
}

/** A CIFAR-10 record: planes of one constant each. */
export const cifarRecord = (label: number, red: number, green: number, blue: number): Uint8Array =>
  Uint8Array.from([label, ...new Array(1024).fill(red), ...new Array(1024).fill(green), ...new Array(1024).fill(blue)]);

export const joinBytes = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));
