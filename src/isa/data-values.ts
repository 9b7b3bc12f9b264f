import { nearestName } from '../config/nearest-name.ts';
import { TokenError } from './assembly.ts';
import { readNumber } from './number-text.ts';
import type { Token } from './source-line.ts';

/** Element types of `.data`, little-endian. */
export const dataTypes = ['u8', 'i32', 'f32'] as const;
type DataType = (typeof dataTypes)[number];

const elementBytes: Readonly<Record<DataType, number>> = { u8: 1, i32: 4, f32: 4 };
const range: Readonly<Record<DataType, readonly [number, number]>> = {
  u8: [0, 255],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  f32: [-3.4028234663852886e38, 3.4028234663852886e38],
};

export function readDataValues(type: Token, values: readonly Token[]): Uint8Array {
  const name = dataTypes.find((known) => known === type.text);
  if (name === undefined)
    throw new TokenError(type, `one of ${dataTypes.join(', ')}`, { nearest: nearestName(type.text, dataTypes) });
  if (values.length === 0) throw new TokenError(type, 'values after the type');
  const bytes = new Uint8Array(values.length * elementBytes[name]);
  const view = new DataView(bytes.buffer);
  for (const [index, token] of values.entries()) write(view, name, index, readValue(token, name));
  return bytes;
}

function readValue(token: Token, type: DataType): number {
  const value = readNumber(token.text);
  const [low, high] = range[type];
  if (value === undefined || value < low || value > high || (type !== 'f32' && !Number.isInteger(value)))
    throw new TokenError(token, `${type === 'f32' ? 'a number' : 'a whole number'} from ${low} to ${high}`);
  return value;
}

function write(view: DataView, type: DataType, index: number, value: number): void {
  if (type === 'u8') view.setUint8(index, value);
  else if (type === 'i32') view.setInt32(index * 4, value, true);
  else view.setFloat32(index * 4, value, true);
}
