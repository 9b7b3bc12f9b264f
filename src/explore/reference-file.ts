import { sha256 } from '../config/hash.ts';
import type { LayerParameters } from '../network/layer-graph.ts';
import type { Reference } from '../simulate/train-reference.ts';

interface Header {
  readonly accuracy: number;
  /** Digest of the set it was scored on. */
  readonly test: string;
  /** Lengths of weights and bias of every layer, in numbers. */
  readonly layers: readonly (readonly [number, number])[];
  /** SHA-256 of the numbers. */
  readonly digest: string;
}

/** A reference that knows the test set its accuracy is of. */
export interface ScoredReference extends Reference {
  readonly test: string;
}

const newline = 10;

/** A trained reference as bytes: a line of JSON, then every weight and bias as f32. */
export function writeReference({ accuracy, parameters, test }: ScoredReference): Uint8Array {
  const arrays = parameters.flatMap(({ weights, bias }) => [weights, bias]);
  const body = Buffer.concat(arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
  const layers = parameters.map(({ weights, bias }) => [weights.length, bias.length] as const);
  const header: Header = { accuracy, test, layers, digest: sha256(body) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

/** The reference in these bytes; undefined when they are damaged. */
export function readReference(bytes: Uint8Array): ScoredReference | undefined {
  const end = bytes.indexOf(newline);
  const header = end < 0 ? undefined : headerOf(new TextDecoder().decode(bytes.subarray(0, end)));
  // A copy of its own, as f32 wants to begin at a multiple of four; Buffer.slice would be a view.
  const body = Uint8Array.from(bytes.subarray(end + 1));
  if (header === undefined || header.digest !== sha256(body)) return undefined;
  let offset = 0;
  const take = (length: number): Float32Array => {
    const array = new Float32Array(body.buffer, offset, length);
    offset += 4 * length;
    return array;
  };
  const parameters = header.layers.map(([weights, bias]): LayerParameters => ({ weights: take(weights), bias: take(bias) }));
  return { accuracy: header.accuracy, test: header.test, parameters };
}

function headerOf(line: string): Header | undefined {
  try {
    return JSON.parse(line) as Header;
  } catch {
    return undefined;
  }
}
