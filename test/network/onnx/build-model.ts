import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProtoSchema,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from '../../../src/network/onnx/onnx-schema.ts';

type AttributeValue = number | string | readonly number[] | readonly string[] | TensorProto | { readonly float: number };

/** A node as tests write it: operator, inputs, outputs, attributes. */
export interface NodeText {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string | readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly name?: string;
  readonly domain?: string;
}

export interface ModelText {
  readonly input: readonly number[];
  readonly nodes: readonly NodeText[];
  readonly constants?: readonly TensorProto[];
  readonly output?: string;
  readonly opset?: number;
}

/** f32 by raw bytes, unless told otherwise. */
export function tensor(name: string, dims: readonly number[], values: readonly number[], int64 = false): TensorProto {
  const raw = new DataView(new ArrayBuffer(values.length * (int64 ? 8 : 4)));
  values.forEach((value, at) => {
    if (int64) raw.setBigInt64(at * 8, BigInt(value), true);
    else raw.setFloat32(at * 4, value, true);
  });
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: int64 ? 7 : 1,
    rawData: new Uint8Array(raw.buffer),
  });
}

function attribute(name: string, value: AttributeValue) {
  if (typeof value === 'number') return create(AttributeProtoSchema, { name, i: BigInt(value), type: 2 });
  if (typeof value === 'string') return create(AttributeProtoSchema, { name, s: new TextEncoder().encode(value), type: 3 });
  if ('float' in value) return create(AttributeProtoSchema, { name, f: value.float, type: 1 });
  if ('$typeName' in value) return create(AttributeProtoSchema, { name, t: value, type: 4 });
  if (value.some((x) => typeof x === 'string')) {
    const strings = value.map((text) => new TextEncoder().encode(String(text)));
    return create(AttributeProtoSchema, { name, strings, type: 8 });
  }
  return create(AttributeProtoSchema, { name, ints: value.map(BigInt), type: 7 });
}

const valueInfo = (name: string, dims: readonly number[]) =>
  create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: 1,
          shape: { dim: dims.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } })) },
        },
      },
    },
  });

export function modelOf({ input, nodes, constants = [], output = 'y', opset = 13 }: ModelText): ModelProto {
  return create(ModelProtoSchema, {
    irVersion: 7n,
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    graph: create(GraphProtoSchema, {
      name: 'test',
      initializer: [...constants],
      input: [valueInfo('x', input)],
      output: [create(ValueInfoProtoSchema, { name: output, type: { value: { case: 'tensorType', value: { elemType: 1 } } } })],
      node: nodes.map(({ op, inputs, output: outputs, attributes = {}, name = '', domain = '' }) =>
        create(NodeProtoSchema, {
          ...{ opType: op, name, domain, input: [...inputs], output: typeof outputs === 'string' ? [outputs] : [...outputs] },
          attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
        }),
      ),
    }),
  });
}

export const bytesOf = (model: ModelProto): Uint8Array => toBinary(ModelProtoSchema, model);
export const modelBytes = (text: ModelText): Uint8Array => bytesOf(modelOf(text));

/** No file lies beside a test's model. */
export const noExternal = (location: string): Uint8Array => {
  throw new RangeError(`location is ${location}; want no external data`);
};
