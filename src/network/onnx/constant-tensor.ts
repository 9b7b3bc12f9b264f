import { inputError } from '../../config/issue.ts';
import { elementsOf } from '../graph/rearrange.ts';
import type { TensorProto } from './onnx-schema.ts';

/** A tensor whose values the file holds: numbers of any element type. */
export interface ConstantTensor {
  readonly kind: 'constant';
  readonly dims: readonly number[];
  readonly values: Float32Array | Float64Array;
  /** Name of its element type, where it was read from the file. */
  readonly type?: string;
}

/** Reads the bytes of an external data file that lies beside the model. */
export type ReadExternal = (location: string) => Uint8Array;

interface ElementType {
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

/** IEEE half precision. */
export function fromHalf(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of an f32. */
function fromBfloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

/** Element types by their number in TensorProto.DataType. */
const elementTypes: ReadonlyMap<number, ElementType> = new Map([
  [1, { name: 'float', bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  [2, { name: 'uint8', bytes: 1, read: (view, at) => view.getUint8(at) }],
  [3, { name: 'int8', bytes: 1, read: (view, at) => view.getInt8(at) }],
  [4, { name: 'uint16', bytes: 2, read: (view, at) => view.getUint16(at, true) }],
  [5, { name: 'int16', bytes: 2, read: (view, at) => view.getInt16(at, true) }],
  [6, { name: 'int32', bytes: 4, read: (view, at) => view.getInt32(at, true) }],
  [7, { name: 'int64', bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }],
  [9, { name: 'bool', bytes: 1, read: (view, at) => view.getUint8(at) }],
  [10, { name: 'float16', bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) }],
  [11, { name: 'double', bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
  [12, { name: 'uint32', bytes: 4, read: (view, at) => view.getUint32(at, true) }],
  [13, { name: 'uint64', bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) }],
  [16, { name: 'bfloat16', bytes: 2, read: (view, at) => fromBfloat(view.getUint16(at, true)) }],
]);

/** Dimensions as numbers; refuses negative ones and more elements than a file can mean. */
export function dimensions(dims: readonly bigint[], name: string, file: string): readonly number[] {
  const sizes = dims.map(Number);
  const total = sizes.reduce((product, size) => product * size, 1);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0) || total > 2 ** 29)
    throw inputError(file, `tensor ${name} of ${sizes.join(' x ')}`, 'dimensions >= 0 and at most 2^29 elements');
  return sizes;
}

/** Reads a tensor, whichever of the fields holds its values. Throws InputError when they are missing, too few or of an unknown type. */
export function constantTensor(tensor: TensorProto, file: string, external: ReadExternal): ConstantTensor {
  const name = tensor.name === '' ? 'without a name' : tensor.name;
  const dims = dimensions(tensor.dims, name, file);
  const count = elementsOf(dims);
  const type = elementTypes.get(tensor.dataType);
  if (type === undefined) {
    const known = [...elementTypes.values()].map((entry) => entry.name).join(', ');
    throw inputError(file, `tensor ${name} of element type ${tensor.dataType}`, `one of ${known}`);
  }
  const bytes = tensor.dataLocation === 1 ? externalBytes(tensor, name, file, external) : tensor.rawData;
  const typed = typedValues(tensor, type);
  const found = bytes.length > 0 || typed === undefined ? Math.floor(bytes.length / type.bytes) : typed.length;
  if (found !== count || (typed === undefined && bytes.length !== count * type.bytes))
    throw inputError(
      file,
      `tensor ${name} with ${found} values`,
      `${count}, as its dimensions ${dims.join(' x ') || 'of a scalar'} say`,
    );
  const values = type.name === 'float' ? new Float32Array(count) : new Float64Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const raw = bytes.length > 0;
  for (let index = 0; index < count; index++) values[index] = raw ? type.read(view, index * type.bytes) : typed![index]!;
  return { kind: 'constant', dims, values, type: type.name };
}

/** Values in the field of their type, undefined when that field is empty; halves lie in int32 as bits. */
function typedValues(tensor: TensorProto, { name }: ElementType): ArrayLike<number> | undefined {
  const filled = [tensor.floatData, tensor.doubleData, tensor.int32Data].find((values) => values.length > 0);
  if (filled !== undefined) {
    if (filled !== tensor.int32Data) return filled;
    return name === 'float16' ? filled.map(fromHalf) : name === 'bfloat16' ? filled.map(fromBfloat) : filled;
  }
  const wide = [tensor.int64Data, tensor.uint64Data].find((values) => values.length > 0);
  return wide?.map(Number);
}

function externalBytes(tensor: TensorProto, name: string, file: string, external: ReadExternal): Uint8Array {
  const entry = (key: string): string | undefined => tensor.externalData.find((pair) => pair.key === key)?.value;
  const location = entry('location') ?? '';
  if (location === '' || location.startsWith('/') || location.split(/[\\/]/).includes('..') || /^[A-Za-z]:/.test(location))
    throw inputError(file, `tensor ${name} stored in "${location}"`, 'a file beside the model, or below its folder');
  const bytes = external(location);
  const offset = Number(entry('offset') ?? 0);
  const length = Number(entry('length') ?? bytes.length - offset);
  if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length))
    throw inputError(
      file,
      `tensor ${name} at bytes ${offset} to ${offset + length} of ${location}`,
      `a range inside its ${bytes.length} bytes`,
    );
  return bytes.subarray(offset, offset + length);
}
