import type { GraphNode, Operation } from '../graph/graph.ts';
import { elementsOf } from '../graph/rearrange.ts';
import type { Attributes } from './attributes.ts';
import type { ConstantTensor } from './constant-tensor.ts';

/**
 * A tensor the network computes. `dims` are the model's, batch included; a `map` lies channels-last in the graph
 * ([height, width, channels]), anything else as its dims say, without a leading batch of 1.
 */
export interface ValueTensor {
  readonly kind: 'value';
  /** Name in the graph. */
  readonly name: string;
  readonly dims: readonly number[];
  readonly map: boolean;
}

export type ImportedTensor = ValueTensor | ConstantTensor;

/** A form of an operator that the importer does not know: becomes one line of the report. */
export class UnsupportedForm extends Error {
  readonly found: string;
  readonly nearest: string;
  constructor(found: string, nearest: string) {
    super(`${found}; want ${nearest}`);
    this.name = 'UnsupportedForm';
    this.found = found;
    this.nearest = nearest;
  }
}

/** One operator being imported. */
export interface OperatorCall {
  readonly opset: number;
  readonly attributes: Attributes;
  /** Inputs as written; an omitted optional one is undefined. */
  readonly inputs: readonly (ImportedTensor | undefined)[];
  /** Is output `index` read by another node, or the model's? */
  used(index: number): boolean;
  /** Adds a node to the graph; the value it makes has these dims. */
  add(operation: Operation, inputs: readonly ValueTensor[], dims: readonly number[], map: boolean): ValueTensor;
}

/** Shape of a value in the graph. */
export function graphShape({ dims, map }: Pick<ValueTensor, 'dims' | 'map'>): readonly number[] {
  if (map) return dims.length === 3 ? [1, dims[2]!, dims[1]!] : [dims[2]!, dims[3]!, dims[1]!];
  const own = dims[0] === 1 ? dims.slice(1) : dims;
  return own.length === 0 ? [1] : own;
}

/** Input `index` as a computed value. */
export function valueInput({ inputs }: OperatorCall, index: number): ValueTensor {
  const input = inputs[index];
  if (input?.kind === 'value') return input;
  throw new UnsupportedForm(`${input === undefined ? 'no' : 'a constant'} input ${index}`, 'a tensor that the network computes');
}

/** Input `index` as a constant; undefined when it was left out. */
export function constantInput({ inputs }: OperatorCall, index: number): ConstantTensor | undefined {
  const input = inputs[index];
  if (input === undefined || input.kind === 'constant') return input;
  throw new UnsupportedForm(`a computed input ${index}`, 'a constant (initialiser) there');
}

export function neededConstant(call: OperatorCall, index: number): ConstantTensor {
  const found = constantInput(call, index);
  if (found === undefined) throw new UnsupportedForm(`no input ${index}`, 'a constant (initialiser) there');
  return found;
}

/** The value in the model's own order of axes: a transposition where a map has both pixels and channels. */
export function plain(call: OperatorCall, value: ValueTensor): ValueTensor {
  if (!value.map) return value;
  const [height, width, channels] = graphShape(value) as [number, number, number];
  if (channels === 1 || height * width === 1) return call.add({ kind: 'reshape' }, [value], value.dims, false);
  const transposed = call.add({ kind: 'transpose', permutation: [2, 0, 1] }, [value], value.dims, false);
  return transposed;
}

/** The value as a channels-last map. */
export function asMap(call: OperatorCall, value: ValueTensor): ValueTensor {
  if (value.map) return value;
  const { dims } = value;
  if ((dims.length !== 4 && dims.length !== 3) || dims[0] !== 1)
    throw new UnsupportedForm(
      `an input of ${dims.join(' x ')}`,
      'a map of 1 x channels x height x width (or 1 x channels x length)',
    );
  const channels = dims[1]!;
  const pixels = elementsOf(dims.slice(2));
  if (channels === 1 || pixels === 1) return call.add({ kind: 'reshape' }, [value], dims, true);
  // A one-dimensional map is [1, length, channels]: the transposition of [channels, length].
  if (dims.length === 3) {
    const turned = call.add({ kind: 'transpose', permutation: [1, 0] }, [value], [1, dims[2]!, channels], false);
    return call.add({ kind: 'reshape' }, [turned], dims, true);
  }
  return call.add({ kind: 'transpose', permutation: [1, 2, 0] }, [value], dims, true);
}

export type GraphNodes = readonly GraphNode[];
