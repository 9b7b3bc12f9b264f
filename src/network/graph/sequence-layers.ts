import { describeLayerShape, type GraphLayers, LayerMisfit, type LayerValue, linear } from './graph-layers.ts';
import { elementsOf } from './rearrange.ts';

function rowsOf({ shape }: LayerValue): readonly [number, number] {
  if (shape.length !== 2)
    throw new LayerMisfit(`an input of ${describeLayerShape(shape)}`, 'a sequence of rows x features (reshape makes one)');
  return shape as readonly [number, number];
}

/** A map is a sequence of its rows, pixels and channels joined; `rows` of them, or of a sequence's, may make one step. */
function stepsOf(graph: GraphLayers, layer: string, input: LayerValue, rows: number): LayerValue {
  const [height = 1, ...row] = input.shape;
  if (height % rows !== 0) throw new LayerMisfit(`${height} rows in steps of ${rows}`, 'a number of rows that divides them');
  if (input.shape.length !== 3 && rows === 1) return input;
  return graph.add(layer, 'rows', [input], [height / rows, elementsOf(row) * rows], { kind: 'reshape' });
}

/** Forget gates start open (bias 1, Gers 2000); with `last` the state after the last step alone goes on. */
export function lstmLayer(
  graph: GraphLayers,
  layer: string,
  input: LayerValue,
  {
    units,
    reverse,
    last,
    rows,
  }: { readonly units: number; readonly reverse: boolean; readonly last: boolean; readonly rows: number },
): LayerValue {
  const sequence = stepsOf(graph, layer, input, rows);
  const [steps, inputs] = rowsOf(sequence);
  const bias = new Float32Array(4 * units);
  bias.fill(1, units, 2 * units);
  const weights = graph.weights(layer, (inputs + units) * 4 * units, 1 / (inputs + units));
  const states = graph.add(layer, '', [sequence], [steps, units], {
    ...{ kind: 'lstm', inputs, units, reverse, weights, bias, hidden: undefined, cell: undefined },
  });
  if (!last) return states;
  const row = graph.add(layer, 'last', [states], [1, units], { kind: 'slice', axis: 0, start: reverse ? 0 : steps - 1 });
  return graph.add(layer, 'state', [row], [units], { kind: 'reshape' });
}

/** Scaled dot-product attention of a sequence to itself in `heads` parts (Vaswani 2017); products run on the vector units. */
export function attentionLayer(graph: GraphLayers, layer: string, input: LayerValue, heads: number): LayerValue {
  const [rows, width] = rowsOf(input);
  if (width % heads !== 0) throw new LayerMisfit(`${heads} heads on rows of ${width}`, 'a number of heads that divides the row');
  const size = width / heads;
  const project = (part: string): LayerValue =>
    linear(graph, layer, input, { outputs: width, bias: true, activation: 'none', part });
  const split = (part: string): LayerValue => {
    const shaped = graph.add(layer, `${part} shaped`, [project(part)], [rows, heads, size], { kind: 'reshape' });
    return graph.add(layer, `${part} of heads`, [shaped], [heads, rows, size], { kind: 'transpose', permutation: [1, 0, 2] });
  };
  const [queries, keys, values] = [split('queries'), split('keys'), split('values')];
  const products = graph.add(layer, 'products', [queries, keys], [heads, rows, rows], { kind: 'product', transposed: true });
  const factor = { kind: 'constant', function: 'mul', constant: Float32Array.of(1 / Math.sqrt(size)), reversed: false } as const;
  const scaled = graph.add(layer, 'scores', [products], products.shape, factor);
  const weights = graph.add(layer, 'softmax', [scaled], products.shape, { kind: 'softmax', log: false });
  const heard = graph.add(layer, 'heard', [weights, values], [heads, rows, size], { kind: 'product', transposed: false });
  const turned = graph.add(layer, 'joined heads', [heard], [rows, heads, size], { kind: 'transpose', permutation: [1, 0, 2] });
  const joined = graph.add(layer, 'joined', [turned], [rows, width], { kind: 'reshape' });
  return linear(graph, layer, joined, { outputs: width, bias: true, activation: 'none' });
}

export function layerNormLayer(graph: GraphLayers, layer: string, input: LayerValue): LayerValue {
  const length = input.shape.at(-1)!;
  const [scale, shift] = [new Float32Array(length).fill(1), new Float32Array(length)];
  return graph.add(layer, '', [input], input.shape, { kind: 'layer-norm', scale, shift, epsilon: 1e-5 });
}

/** Mean over the rows of a sequence. */
export function meanOfRows(graph: GraphLayers, layer: string, input: LayerValue): LayerValue {
  const [rows, width] = rowsOf(input);
  const turned = graph.add(layer, 'turned', [input], [width, rows], { kind: 'transpose', permutation: [1, 0] });
  const mean = graph.add(layer, '', [turned], [width, 1], { kind: 'mean' });
  return graph.add(layer, 'vector', [mean], [width], { kind: 'reshape' });
}
