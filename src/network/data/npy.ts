import { inputError } from '../../config/issue.ts';
import type { LabelledImages } from './data-set.ts';
import { inflate } from './inflate.ts';

/** A NumPy array in C order, as its file holds it. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array | Float32Array;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Reads `.npy` version 1 to 3 (numpy.lib.format) of type u1 or little-endian f4. Throws InputError naming `file`. */
export function readNpy(raw: Uint8Array, file: string): NpyArray {
  const bytes = inflate(raw, file);
  if (magic.some((value, index) => bytes[index] !== value) || bytes.length < 12) {
    throw inputError(file, 'no NumPy magic', 'a .npy file (0x93 NUMPY)');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const prefix = bytes[6] === 1 ? 10 : 12;
  const start = prefix + (prefix === 10 ? view.getUint16(8, true) : view.getUint32(8, true));
  const { type, shape } = readHeader(new TextDecoder().decode(bytes.subarray(prefix, start)), file);
  const size = shape.reduce((product, length) => product * length, 1);
  const width = type === 'f4' ? 4 : 1;
  if (bytes.length - start !== size * width) {
    const wanted = `${shape.join(' x ')} values of ${width} byte${width === 1 ? '' : 's'} = ${size * width} bytes`;
    throw inputError(file, `${Math.max(0, bytes.length - start)} bytes after the header`, wanted);
  }
  const body = bytes.slice(start);
  return { shape, values: type === 'f4' ? new Float32Array(body.buffer) : body };
}

function readHeader(header: string, file: string): { type: 'u1' | 'f4'; shape: number[] } {
  const descriptor = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (descriptor === undefined || order === undefined || shape === undefined) {
    throw inputError(file, 'an unreadable NumPy header', "a header with 'descr', 'fortran_order' and 'shape'");
  }
  const type = { '|u1': 'u1', '<u1': 'u1', '<f4': 'f4' }[descriptor];
  if (type !== 'u1' && type !== 'f4')
    throw inputError(file, `values of type ${descriptor}`, '|u1 (bytes) or <f4 (32-bit floats)');
  if (order === 'True') throw inputError(file, 'Fortran order', 'C order (numpy.ascontiguousarray before saving)');
  const sizes = shape.split(',').filter((part) => part.trim() !== '');
  return { type, shape: sizes.map(Number) };
}

/**
 * Images [count, height, width], [count, height, width, channels] or [count, features], and labels [count].
 * Float images must lie in 0..1 and are rounded to 8 bits, the scale of every data set here.
 */
export function readNpyPair(
  name: string,
  images: Uint8Array,
  imageFile: string,
  labels: Uint8Array,
  labelFile: string,
): LabelledImages {
  const pixels = readNpy(images, imageFile);
  const classes = readNpy(labels, labelFile);
  const [count = 0, ...rest] = pixels.shape;
  if (rest.length === 0 || rest.length > 3 || pixels.values.length === 0) {
    throw inputError(imageFile, `shape ${pixels.shape.join(' x ')}`, 'count x height x width [x channels] or count x features');
  }
  if (classes.shape.length !== 1 || classes.shape[0] !== count) {
    throw inputError(labelFile, `shape ${classes.shape.join(' x ')}`, `${count} labels, one for each image of ${imageFile}`);
  }
  const shape = rest.length === 2 ? [...rest, 1] : rest;
  return { name, shape, images: toCodes(pixels.values, imageFile), labels: toLabels(classes.values, labelFile) };
}

function toCodes(values: Uint8Array | Float32Array, file: string): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const wrong = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) throw inputError(file, `${values[wrong]} at element ${wrong}`, 'finite floats from 0 to 1');
  return Uint8Array.from(values, (value) => Math.round(value * 255));
}

function toLabels(values: Uint8Array | Float32Array, file: string): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const wrong = values.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value <= 255));
  if (wrong >= 0) throw inputError(file, `label ${values[wrong]} at element ${wrong}`, 'whole numbers from 0 to 255');
  return Uint8Array.from(values);
}
