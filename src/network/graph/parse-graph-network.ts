import { checkSchema, describeValue } from '../../config/check-schema.ts';
import { InputError, type Issue } from '../../config/issue.ts';
import { nearestName } from '../../config/nearest-name.ts';
import { type ParsedYaml, parseYaml } from '../../config/parse-yaml.ts';
import { createKernels } from '../../numeric/create-kernels.ts';
import type { Graph } from './graph.ts';
import {
  type GraphLayerKind,
  graphLayerKinds,
  graphLayerSchemas,
  graphNetworkSchema,
  type WrittenGraphLayer,
} from './graph-layer-schemas.ts';
import {
  activate,
  convolution,
  createGraphLayers,
  type DrawWeights,
  describeLayerShape,
  flatten,
  type GraphLayers,
  LayerMisfit,
  type LayerValue,
  linear,
  mapOf,
  uniformWeights,
  windowSizes,
} from './graph-layers.ts';
import { elementsOf } from './rearrange.ts';
import { attentionLayer, layerNormLayer, lstmLayer, meanOfRows } from './sequence-layers.ts';

type Path = readonly (string | number)[];

/** Blocks inside blocks: deeper is a mistake. */
const deepest = 16;
/** Repeats multiply: a short file may ask for any number of layers. */
const mostNodes = 20_000;

interface Reading {
  readonly document: ParsedYaml;
  readonly graph: GraphLayers;
  readonly issues: Issue[];
  readonly counts: Map<string, number>;
  readonly names: Set<string>;
}

/**
 * Reads a network file whose layers may branch: residuals, branches, repeats, recurrences and attention beside the plain layers. Sizes
 * follow from the layer before; weights are random by `seed`, biases zero. Throws InputError with every mistake as file:line:col.
 */
export function parseGraphNetwork(
  text: string,
  file: string,
  seed: number,
  draw: DrawWeights = uniformWeights(createKernels()),
): Graph {
  const document = parseYaml(text, file);
  const outer = checkSchema(graphNetworkSchema, document);
  if (!outer.ok) throw new InputError(outer.issues);
  const { name, input, loss, layers } = outer.value;
  const reading: Reading = {
    document,
    graph: createGraphLayers(seed, draw),
    issues: [],
    counts: new Map(),
    names: new Set(['input']),
  };
  const last = readList(reading, layers, ['layers'], { name: 'input', shape: input });
  if (reading.issues.length === 0 && last !== undefined) checkEnd(reading, last);
  if (reading.issues.length > 0 || last === undefined) throw new InputError(reading.issues);
  return { name, input: 'input', inputShape: input, nodes: reading.graph.nodes, output: last.name, loss };
}

function checkEnd(reading: Reading, { shape }: LayerValue): void {
  const { graph } = reading;
  const at = placeOf(reading, ['layers']);
  const weighty = graph.nodes.some(({ operation }) => ['linear', 'convolution', 'lstm'].includes(operation.kind));
  if (!weighty)
    reading.issues.push({ ...at, found: 'no layer with weights', expected: 'at least one linear, convolution or lstm' });
  else if (shape.length !== 1)
    reading.issues.push({
      ...at,
      found: `an output of ${describeLayerShape(shape)}`,
      expected: `a vector of classes (end with flatten: ${elementsOf(shape)} values, or linear)`,
    });
}

const placeOf = ({ document }: Reading, path: Path) => ({ file: document.file, ...document.locate(path) });

/** The value after layers in a row; undefined when one of them cannot be read, for what follows has no shape. */
function readList(
  reading: Reading,
  layers: readonly unknown[],
  path: Path,
  input: LayerValue,
  depth = 0,
): LayerValue | undefined {
  let value: LayerValue | undefined = input;
  if (depth > deepest) {
    reading.issues.push({ ...placeOf(reading, path), found: `blocks ${depth} deep`, expected: `at most ${deepest}` });
    return undefined;
  }
  for (const [index, written] of layers.entries()) {
    const own = [...path, index];
    const layer = readLayer(reading, written, own);
    value = layer === undefined || value === undefined ? undefined : build(reading, layer, own, value, depth);
    if (reading.graph.nodes.length > mostNodes) {
      const known = reading.issues.some(({ found }) => found.startsWith('more than'));
      if (!known)
        reading.issues.push({ ...placeOf(reading, own), found: `more than ${mostNodes} operations`, expected: 'fewer repeats' });
      return undefined;
    }
  }
  return value;
}

function readLayer(reading: Reading, value: unknown, path: Path): WrittenGraphLayer | undefined {
  const { document, issues } = reading;
  // `flatten` alone stands for the mapping `flatten:`
  const whole = typeof value === 'string' ? { [value]: null } : value;
  const keys = typeof whole === 'object' && whole !== null && !Array.isArray(whole) ? Object.keys(whole) : [];
  const all = graphLayerKinds.filter((kind) => keys.includes(kind));
  const kinds = all.length > 1 ? all.filter((kind) => kind !== 'activation') : all;
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const strange = keys.filter((key) => !['name', 'activation', 'bias'].includes(key));
    const nearest = strange.map((key) => nearestName(key, graphLayerKinds)).find((found) => found !== undefined);
    const found = kinds.length > 1 ? `a layer that is ${kinds.join(' and ')}` : `layer ${strange[0] ?? describeValue(value)}`;
    const expected = `one of ${graphLayerKinds.join(', ')}`;
    issues.push({ ...placeOf(reading, path), found, expected, ...(nearest === undefined ? {} : { nearest }) });
    return undefined;
  }
  const checked = checkSchema<unknown>(graphLayerSchemas[kind], {
    file: document.file,
    value: whole,
    locate: (inner) => document.locate([...path, ...inner]),
    locateKey: (inner) => document.locateKey([...path, ...inner]),
  });
  if (checked.ok) return { kind, written: checked.value } as WrittenGraphLayer;
  issues.push(...checked.issues);
  return undefined;
}

/** A layer's name: the one it has, or its kind and a number; repeats number theirs. */
function nameFor({ counts, names }: Reading, kind: GraphLayerKind, given: string | undefined): string {
  for (;;) {
    const base = given ?? kind;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    const name = given !== undefined && count === 1 ? given : `${base}${count}`;
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
}

function build(reading: Reading, layer: WrittenGraphLayer, path: Path, input: LayerValue, depth: number): LayerValue | undefined {
  try {
    return layer.kind === 'residual' || layer.kind === 'branches' || layer.kind === 'repeat'
      ? buildBlock(reading, layer, path, input, depth)
      : buildLayer(reading, layer, input);
  } catch (error) {
    if (!(error instanceof LayerMisfit)) throw error;
    reading.issues.push({ ...placeOf(reading, path), found: error.found, expected: error.expected });
    return undefined;
  }
}

type Block = Extract<WrittenGraphLayer, { kind: 'residual' | 'branches' | 'repeat' }>;

function buildBlock(reading: Reading, layer: Block, path: Path, input: LayerValue, depth: number): LayerValue | undefined {
  const { graph } = reading;
  if (layer.kind === 'repeat') {
    let value: LayerValue | undefined = input;
    for (let turn = 0; turn < layer.written.times && value !== undefined; turn++)
      value = readList(reading, layer.written.repeat, [...path, 'repeat'], value, depth + 1);
    return value;
  }
  const name = nameFor(reading, layer.kind, layer.written.name);
  const ends =
    layer.kind === 'residual'
      ? [
          readList(reading, layer.written.residual, [...path, 'residual'], input, depth + 1),
          readList(reading, layer.written.shortcut ?? [], [...path, 'shortcut'], input, depth + 1),
        ]
      : layer.written.branches.map((own, at) => readList(reading, own, [...path, 'branches', at], input, depth + 1));
  if (ends.some((end) => end === undefined)) return undefined;
  const values = ends as readonly LayerValue[];
  const joined =
    layer.kind === 'branches' && layer.written.join === 'concat' ? concatOf(graph, name, values) : sumOf(graph, name, values);
  return activate(graph, name, joined, layer.written.activation);
}

function sumOf(graph: GraphLayers, layer: string, values: readonly LayerValue[]): LayerValue {
  const [first, ...others] = values as readonly [LayerValue, ...LayerValue[]];
  const shape = describeLayerShape(first.shape);
  return others.reduce((sum, next, at) => {
    if (describeLayerShape(next.shape) !== shape)
      throw new LayerMisfit(
        `branches of ${shape} and ${describeLayerShape(next.shape)}`,
        'equal shapes to add (a shortcut may change its own)',
      );
    return graph.add(layer, at === others.length - 1 ? '' : `${at + 1}`, [sum, next], first.shape, {
      kind: 'binary',
      function: 'add',
    });
  }, first);
}

/** Along the last axis: channels of maps, features of rows. */
function concatOf(graph: GraphLayers, layer: string, values: readonly LayerValue[]): LayerValue {
  const lead = values[0]!.shape.slice(0, -1);
  for (const { shape } of values)
    if (describeLayerShape(shape.slice(0, -1)) !== describeLayerShape(lead))
      throw new LayerMisfit(
        `branches of ${values.map((value) => describeLayerShape(value.shape)).join(' and ')}`,
        'equal shapes but for the channels',
      );
  const channels = values.reduce((sum, { shape }) => sum + shape.at(-1)!, 0);
  return graph.add(layer, '', values, [...lead, channels], { kind: 'concat', axis: lead.length });
}

function buildLayer(reading: Reading, layer: Exclude<WrittenGraphLayer, Block>, input: LayerValue): LayerValue {
  const { graph } = reading;
  const name = nameFor(reading, layer.kind, layer.written.name);
  switch (layer.kind) {
    case 'linear': {
      const { linear: outputs, bias, activation } = layer.written;
      // Rows of a sequence are multiplied one by one; a map is one vector.
      return linear(graph, name, input.shape.length === 3 ? flatten(graph, name, input) : input, { outputs, bias, activation });
    }
    case 'convolution': {
      const { convolution: sizes, bias, activation } = layer.written;
      return convolution(graph, name, input, sizes, { channels: sizes.channels, groups: sizes.groups, bias, activation });
    }
    case 'depthwise': {
      const { depthwise, bias, activation } = layer.written;
      const channels = mapOf(input)[2];
      return convolution(graph, name, input, { ...depthwise, dilation: 1 }, { channels, groups: channels, bias, activation });
    }
    case 'pool': {
      const { kernel, pad, function: kind } = layer.written.pool;
      const sliding = { kernel, stride: layer.written.pool.stride ?? kernel, pad, dilation: 1 };
      const shape = [...windowSizes(input, sliding), mapOf(input)[2]];
      return graph.add(name, '', [input], shape, { kind: 'pool', function: kind, ...sliding });
    }
    case 'global-pool': {
      const [height, width, channels] = mapOf(input);
      const sliding = { kernel: [height, width], stride: [1, 1], pad: [0, 0, 0, 0], dilation: 1 } as const;
      const pooled = graph.add(name, '', [input], [1, 1, channels], {
        kind: 'pool',
        function: layer.written['global-pool'],
        ...sliding,
      });
      return flatten(graph, name, pooled);
    }
    case 'flatten':
      return flatten(graph, name, input);
    case 'activation':
      return activate(graph, name, input, layer.written.activation, '');
    case 'reshape': {
      const shape = layer.written.reshape;
      if (elementsOf(shape) !== elementsOf(input.shape))
        throw new LayerMisfit(
          `${elementsOf(shape)} elements`,
          `${elementsOf(input.shape)}, those of ${describeLayerShape(input.shape)}`,
        );
      return graph.add(name, '', [input], shape, { kind: 'reshape' });
    }
    case 'layer-norm':
      return layerNormLayer(graph, name, input);
    case 'lrn':
      mapOf(input);
      return graph.add(name, '', [input], input.shape, { kind: 'lrn', ...layer.written.lrn });
    case 'lstm': {
      const { lstm: units, reverse, last, rows } = layer.written;
      return lstmLayer(graph, name, input, { units, reverse, last, rows });
    }
    case 'attention':
      return attentionLayer(graph, name, input, layer.written.attention.heads);
    case 'mean':
      return meanOfRows(graph, name, input);
  }
}
