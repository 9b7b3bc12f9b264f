import { InputError, type Issue, inputError } from '../../config/issue.ts';
import { nearestName } from '../../config/nearest-name.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { elementsOf } from '../graph/rearrange.ts';
import { type Attributes, attributesOf } from './attributes.ts';
import { type ConstantTensor, constantTensor, dimensions, type ReadExternal } from './constant-tensor.ts';
import { dropUnused } from './drop-unused.ts';
import { constantOperators } from './evaluate-constant.ts';
import { graphShape, type ImportedTensor, type OperatorCall, UnsupportedForm, type ValueTensor } from './import-context.ts';
import type { NodeProto, ValueInfoProto } from './onnx-schema.ts';
import { operators } from './operators.ts';
import { type OnnxModel, readModel } from './read-model.ts';

/** Elements of one value: more is no network that a chip runs. */
const mostElements = 2 ** 26;

/** Elements of all constants that nodes make: a small file may ask for any number. */
const mostConstants = 2 ** 28;

/** A tensor name whose maker could not be imported: what reads it is checked no further. */
const unknown = Symbol('unknown');
type Known = ImportedTensor | typeof unknown;

interface ImportState {
  readonly model: OnnxModel;
  readonly tensors: Map<string, Known>;
  readonly nodes: GraphNode[];
  readonly issues: Issue[];
  /** Names that nodes read, and the model's outputs. */
  readonly read: ReadonlySet<string>;
  /** Elements of the constants that nodes made so far. */
  constantElements: number;
}

const nameOf = (node: NodeProto): string => (node.name === '' ? (node.output[0] ?? 'a node without a name') : node.name);

function describe(tensor: Known | undefined): string {
  if (tensor === undefined) return '-';
  if (tensor === unknown) return '?';
  return `${tensor.dims.join('x') || 'scalar'}${tensor.kind === 'constant' ? ' constant' : ''}`;
}

/** The input of the network: the one graph input that no initialiser fills. A symbolic batch counts as 1. */
function inputTensor({ file, graph }: OnnxModel, filled: ReadonlySet<string>): ValueTensor {
  const free = graph.input.filter(({ name }) => !filled.has(name));
  const [input] = free;
  if (input === undefined || free.length > 1)
    throw inputError(file, `${free.length} inputs (${free.map(({ name }) => name).join(', ')})`, 'a network with one input');
  const dims = inputDims(input, file);
  const name = input.name === '' ? 'input' : input.name;
  return { kind: 'value', name, dims, map: isChannelsFirst(dims) };
}

function inputDims(input: ValueInfoProto, file: string): readonly number[] {
  const type = input.type?.value.case === 'tensorType' ? input.type.value.value : undefined;
  const given = type?.shape?.dim.map(({ value }) => (value.case === 'dimValue' && value.value > 0n ? value.value : undefined));
  if (given === undefined || given.length === 0)
    throw inputError(file, `input ${input.name} without a shape`, 'a shape of known size');
  const dims = given.map((size, axis) => size ?? (axis === 0 ? 1n : undefined));
  if (dims.some((size) => size === undefined))
    throw inputError(
      file,
      `input ${input.name} of ${given.map((size) => size ?? '?').join(' x ')}`,
      'every size but the batch known',
    );
  const sizes = dimensions(dims as bigint[], input.name, file);
  const isSequence = sizes.length === 3 && sizes[1] === 1;
  if (sizes.length > 1 && sizes[0] !== 1 && !isSequence)
    throw inputError(
      file,
      `a batch of ${sizes[0]} in the model`,
      'a batch of 1, or a symbolic one (a sequence may be steps x 1 x inputs)',
    );
  return sizes;
}

/** Channels-first unless the last axis looks like channels and the second does not. */
function isChannelsFirst(dims: readonly number[]): boolean {
  if (dims.length !== 4) return false;
  const [, second, , last] = dims as [number, number, number, number];
  return !(last <= 4 && second > 4);
}

/** Adds every node; what cannot be imported becomes an issue, and the walk goes on. */
function importNode(state: ImportState, node: NodeProto): void {
  const { model, tensors } = state;
  const inputs = node.input.map((name) => (name === '' ? undefined : tensors.get(name)));
  const refuse = (found: string, expected: string, nearest?: string): void => {
    const shapes = inputs.map(describe).join(', ');
    const issue = { file: model.file, found: `node ${nameOf(node)}: ${node.opType} (${shapes}) with ${found}`, expected };
    state.issues.push(nearest === undefined ? issue : { ...issue, nearest });
    for (const output of node.output) tensors.set(output, unknown);
  };
  const missing = node.input.filter((name, index) => name !== '' && inputs[index] === undefined);
  const operator =
    Object.hasOwn(operators, node.opType) && ['', 'ai.onnx'].includes(node.domain) ? operators[node.opType] : undefined;
  const constant = Object.hasOwn(constantOperators, node.opType) ? constantOperators[node.opType] : undefined;
  if (operator === undefined && constant === undefined && node.opType !== 'Shape') {
    const known = Object.keys(operators);
    const domain = node.domain === '' ? '' : ` of ${node.domain}`;
    refuse(`an unknown operator${domain}`, `one of ${known.sort().join(', ')}`, nearestName(node.opType, known));
    return;
  }
  if (missing.length > 0) {
    refuse(`missing input ${missing.join(', ')}`, 'initialisers and outputs of earlier nodes');
    return;
  }
  if (inputs.includes(unknown)) {
    for (const output of node.output) tensors.set(output, unknown);
    return;
  }
  try {
    const made = evaluate(state, node, inputs as readonly (ImportedTensor | undefined)[]);
    node.output.forEach((name, index) => void tensors.set(name, made[index] ?? unknown));
  } catch (error) {
    if (!(error instanceof UnsupportedForm)) throw error;
    refuse(error.found, error.nearest);
  }
}

function evaluate(
  state: ImportState,
  node: NodeProto,
  inputs: readonly (ImportedTensor | undefined)[],
): readonly (ImportedTensor | undefined)[] {
  const { model } = state;
  const attributes = attributesOf(node, model.file);
  if (node.opType === 'Shape') {
    const { dims } = inputs[0]!;
    return [{ kind: 'constant', dims: [dims.length], values: Float64Array.from(dims) }];
  }
  const constants = inputs.filter((input): input is ConstantTensor => input?.kind === 'constant');
  const evaluateConstant = Object.hasOwn(constantOperators, node.opType) ? constantOperators[node.opType] : undefined;
  if (constants.length === inputs.length && evaluateConstant !== undefined) {
    const made = evaluateConstant(constants, attributes);
    state.constantElements += made.values.length;
    if (state.constantElements > mostConstants)
      throw inputError(model.file, `${state.constantElements} elements of constants made by nodes`, `at most ${mostConstants}`);
    return [made];
  }
  const operator = operators[node.opType];
  if (operator === undefined) throw new UnsupportedForm('a computed input', 'constants alone');
  return operator(callOf(state, node, attributes, inputs), node.output.length);
}

function callOf(
  { model, nodes, tensors, read }: ImportState,
  node: NodeProto,
  attributes: Attributes,
  inputs: readonly (ImportedTensor | undefined)[],
): OperatorCall {
  const used = (name: string): boolean => tensors.has(name) || nodes.some((other) => other.name === name);
  return {
    opset: model.opset,
    attributes,
    inputs,
    used: (index) => node.output[index] !== undefined && node.output[index] !== '' && read.has(node.output[index]),
    add: (operation, from, dims, map) => {
      const base = nameOf(node);
      let name = base;
      for (let copy = 2; used(name); copy++) name = `${base}.${copy}`;
      const shape = graphShape({ dims, map });
      const elements = elementsOf(shape);
      if (!(elements >= 1 && elements <= mostElements))
        throw new UnsupportedForm(`a result of ${dims.join(' x ')}`, `at least 1 element and at most ${mostElements}`);
      nodes.push({ name, inputs: from.map((value) => value.name), shape, operation });
      return { kind: 'value', name, dims, map };
    },
  };
}

/**
 * Reads an ONNX file with its weights. Maps become channels-last, constants are worked out, a batch is 1. Throws one InputError with
 * every node that cannot be imported: its name, operator, shapes and the nearest form that can.
 */
export function importOnnx(bytes: Uint8Array, file: string, external: ReadExternal): Graph {
  const model = readModel(bytes, file);
  const { graph } = model;
  const tensors = new Map<string, Known>();
  for (const tensor of graph.initializer) tensors.set(tensor.name, constantTensor(tensor, file, external));
  const made = new Set(graph.node.filter(({ input }) => input.length === 0).flatMap(({ output }) => output));
  const input = inputTensor(model, new Set([...tensors.keys(), ...made]));
  tensors.set(input.name, input);
  const read = new Set([...graph.node.flatMap((node) => node.input), ...graph.output.map(({ name }) => name)]);
  const state: ImportState = { model, tensors, read, nodes: [], issues: [], constantElements: 0 };
  for (const node of graph.node) importNode(state, node);
  if (state.issues.length > 0) throw new InputError(state.issues);
  const [output] = graph.output;
  const result = output === undefined ? undefined : tensors.get(output.name);
  if (result === undefined || result === unknown || result.kind !== 'value' || graph.output.length !== 1)
    throw inputError(
      file,
      `${graph.output.length} outputs${output === undefined ? '' : `, ${output.name} first`}`,
      'one output that the network computes',
    );
  const name = file
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.onnx$/i, '');
  return dropUnused({
    ...{ name, input: input.name, inputShape: graphShape(input), nodes: state.nodes },
    ...{ output: result.name, loss: 'cross-entropy' },
  });
}
