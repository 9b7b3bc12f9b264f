import { checkSchema, describeValue } from '../config/check-schema.ts';
import { InputError, type Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import { type ParsedYaml, parseYaml } from '../config/parse-yaml.ts';
import type { Layer, Network } from './layer-graph.ts';
import { type LayerKind, layerKinds, layerSchemas, networkSchema, type WrittenLayer } from './layer-schemas.ts';
import { describeShape, isShape, outputShape, sizeOf } from './shapes.ts';

/**
 * Reads a network file. Input sizes follow from the layer before; a linear layer after a map flattens it (a flatten layer is put in between).
 * Throws InputError with every mistake as file:line:col.
 */
export function parseNetwork(text: string, file: string): Network {
  const document = parseYaml(text, file);
  const outer = checkSchema(networkSchema, document);
  const written = listOf(document.value).map((value, index) => readLayer(value, memberOf(document, index)));
  const issues = [...(outer.ok ? [] : outer.issues), ...written.flatMap((result) => (result.ok ? [] : result.issues))];
  const input = outer.ok ? outer.value.input : inputOf(document);
  const chain =
    input === undefined
      ? undefined
      : connect(
          document,
          input,
          written.map((result) => (result.ok ? result.value : undefined)),
        );
  const all = [...issues, ...(chain?.issues ?? [])];
  if (!outer.ok || chain === undefined || all.length > 0) throw new InputError(all);
  const { name, loss } = outer.value;
  return { name, inputShape: outer.value.input, layers: chain.layers, shapes: chain.shapes, loss };
}

type ReadLayer = { readonly ok: true; readonly value: WrittenLayer } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Layer `index` as a document of its own that still knows its place in the file. */
function memberOf(document: ParsedYaml, index: number): ParsedYaml {
  return {
    file: document.file,
    value: listOf(document.value)[index],
    locate: (path) => document.locate(['layers', index, ...path]),
    locateKey: (path) => document.locateKey(['layers', index, ...path]),
  };
}

function listOf(value: unknown): readonly unknown[] {
  const layers = memberValue(value, 'layers');
  return Array.isArray(layers) ? layers : [];
}

/** The input shape of a file with other mistakes, so that its shapes are still checked. */
function inputOf(document: ParsedYaml): readonly number[] | undefined {
  const result = networkSchema.shape.input.safeParse(memberValue(document.value, 'input'));
  return result.success ? result.data : undefined;
}

const memberValue = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

function readLayer(value: unknown, document: ParsedYaml): ReadLayer {
  // `flatten` alone stands for the mapping `flatten:`
  const whole = typeof value === 'string' ? { [value]: null } : value;
  const keys = typeof whole === 'object' && whole !== null && !Array.isArray(whole) ? Object.keys(whole) : [];
  const kinds = layerKinds.filter((kind) => keys.includes(kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return { ok: false, issues: [wrongKind(value, keys, kinds, document)] };
  const checked = checkSchema<unknown>(layerSchemas[kind], { ...document, value: whole });
  if (!checked.ok) return checked;
  return { ok: true, value: { kind, written: checked.value } as WrittenLayer };
}

function wrongKind(value: unknown, keys: readonly string[], kinds: readonly LayerKind[], document: ParsedYaml): Issue {
  const at = { file: document.file, ...document.locate([]) };
  const expected = `one of ${layerKinds.join(', ')}`;
  if (kinds.length > 1) return { ...at, found: `a layer that is ${kinds.join(' and ')}`, expected };
  if (keys.length === 0) return { ...at, found: `layer ${describeValue(value)}`, expected };
  const strange = keys.filter((key) => !['name', 'activation', 'bias'].includes(key));
  const nearest = strange.map((key) => nearestName(key, layerKinds)).find((name) => name !== undefined);
  return { ...at, found: `layer kind ${strange[0] ?? 'missing'}`, expected, ...(nearest === undefined ? {} : { nearest }) };
}

interface Chain {
  readonly layers: readonly Layer[];
  readonly shapes: readonly (readonly number[])[];
  readonly issues: readonly Issue[];
}

/** Walks the shapes from the input; ends at the first layer that is unreadable or does not fit, for what follows has no shape. */
function connect(document: ParsedYaml, input: readonly number[], written: readonly (WrittenLayer | undefined)[]): Chain {
  const layers: Layer[] = [];
  const shapes = [input];
  const issues: Issue[] = [];
  const at = (index?: number) => ({
    file: document.file,
    ...document.locate(index === undefined ? ['layers'] : ['layers', index]),
  });
  const add = (layer: Layer, index: number): boolean => {
    const next = outputShape(layer, shapes.at(-1)!);
    if (layers.some(({ name }) => name === layer.name)) {
      issues.push({ ...at(index), found: `a second layer named ${layer.name}`, expected: 'a name of its own for each layer' });
    }
    if (!isShape(next)) issues.push({ ...at(index), found: next.found, expected: next.expected });
    else shapes.push(next);
    layers.push(layer);
    return isShape(next);
  };
  for (const [index, entry] of written.entries()) {
    if (entry === undefined) return { layers, shapes, issues };
    const map = shapes.at(-1)!;
    if (entry.kind === 'linear' && map.length > 1) add({ kind: 'flatten', name: freshName('flatten', layers) }, index);
    if (!add(toLayer(entry, shapes.at(-1)!, layers), index)) return { layers, shapes, issues };
  }
  const output = shapes.at(-1)!;
  const later = layers.findIndex(({ kind }, index) => kind === 'lstm' && index > 0);
  if (later > 0)
    issues.push({
      ...at(),
      found: `${layers[later]!.name} behind other layers`,
      expected: 'a recurrent layer first, or the network as a graph',
    });
  if (!layers.some(({ kind }) => kind === 'linear' || kind === 'convolution')) {
    issues.push({ ...at(), found: 'no layer with weights', expected: 'at least one linear or convolution' });
  } else if (output.length !== 1) {
    issues.push({
      ...at(),
      found: `an output of ${describeShape(output)}`,
      expected: `a vector of classes (end with flatten: ${sizeOf(output)} values, or linear)`,
    });
  }
  return { layers, shapes, issues };
}

const freshName = (kind: LayerKind, layers: readonly Layer[]): string =>
  `${kind}${layers.filter((layer) => layer.kind === kind).length + 1}`;

function toLayer({ kind, written }: WrittenLayer, input: readonly number[], layers: readonly Layer[]): Layer {
  const name = written.name ?? freshName(kind, layers);
  switch (kind) {
    case 'flatten':
      return { kind, name };
    case 'lstm': {
      const [height = 1, ...row] = input;
      // rows left over make a step that the shape check refuses
      const steps = Math.ceil(height / written.rows);
      return { kind, name, inputs: sizeOf(row) * written.rows, units: written.lstm, steps, bias: true };
    }
    case 'linear': {
      const { bias, activation } = written;
      return { kind, name, inputs: sizeOf(input), outputs: written.linear, bias, activation };
    }
    case 'convolution': {
      const { bias, activation } = written;
      const { channels, kernel, stride, pad, dilation } = written.convolution;
      return { kind, name, inChannels: input[2] ?? 1, outChannels: channels, kernel, stride, pad, dilation, bias, activation };
    }
    case 'pool': {
      const { kernel, stride } = written.pool;
      return { kind, name, function: written.pool.function, kernel, stride: stride ?? kernel };
    }
  }
}
