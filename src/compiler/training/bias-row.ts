import type { LayerParameters } from '../../network/layer-graph.ts';
import type { MatrixStage, Stage } from '../lower.ts';

/** Rows of a stage that carry inputs: all but an analog bias. */
export const inputRows = ({ rows, constantRow }: Pick<MatrixStage, 'rows' | 'constantRow'>): number =>
  rows - (constantRow === true ? 1 : 0);

/** Weights with the bias as one more row. */
export function joinBias({ weights, bias }: LayerParameters): Float32Array {
  const joined = new Float32Array(weights.length + bias.length);
  joined.set(weights);
  joined.set(bias, weights.length);
  return joined;
}

/** What a matrix of cells holds, as weights and bias: the opposite of `joinBias` where the last row is a bias. */
export function splitBias({ rows, columns, constantRow }: MatrixStage, cells: Float32Array): LayerParameters {
  const end = inputRows({ rows, constantRow: constantRow === true }) * columns;
  return { weights: cells.slice(0, end), bias: cells.slice(end) };
}

/** Stages whose biases lie on one more word line, which the tile drives with 1. */
export const withBiasRows = (stages: readonly Stage[]): readonly Stage[] =>
  stages.map((stage) => {
    if (stage.kind !== 'matrix' || stage.bias === undefined) return stage;
    const { weights, bias, rows } = stage;
    return { ...stage, rows: rows + 1, weights: joinBias({ weights, bias }), bias: undefined, constantRow: true };
  });

/** Vectors of `rows` elements each with a 1 behind them. */
export function appendOnes(vectors: Float32Array, rows: number): Float32Array {
  const count = vectors.length / rows;
  const whole = new Float32Array(count * (rows + 1)).fill(1);
  for (let at = 0; at < count; at++) whole.set(vectors.subarray(at * rows, (at + 1) * rows), at * (rows + 1));
  return whole;
}
