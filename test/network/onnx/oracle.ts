import * as ort from 'onnxruntime-web';
import { elementsOf, permute } from '../../../src/network/graph/rearrange.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

export interface Oracle {
  /** Scores of one input in the model's own order. */
  run(input: Float32Array): Promise<Float32Array>;
}

/** onnxruntime on a model: what the field takes for right. */
export async function oracleOf(bytes: Uint8Array, dims: readonly number[]): Promise<Oracle> {
  const session = await ort.InferenceSession.create(bytes);
  return {
    run: async (input) => {
      const results = await session.run({ [session.inputNames[0]!]: new ort.Tensor('float32', input, dims) });
      return Float32Array.from(results[session.outputNames[0]!]!.data as Float32Array);
    },
  };
}

/** The graph's input from the model's: maps become channels-last. */
export const inGraphOrder = (input: Float32Array, dims: readonly number[], shape: readonly number[]): Float32Array =>
  dims.length === 4 && shape.join() === [dims[2], dims[3], dims[1]].join() ? permute(input, dims.slice(1), [1, 2, 0]) : input;

/** Largest difference in units of the largest reference score. */
export function worstDifference(found: Float32Array, wanted: Float32Array): number {
  const scale = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30);
  return wanted.reduce((most, x, at) => Math.max(most, Math.abs(x - found[at]!) / scale), found.length === wanted.length ? 0 : 1);
}

export { elementsOf };
