import { type ConstantTensor, constantTensor } from './constant-tensor.ts';
import type { NodeProto } from './onnx-schema.ts';

/** Attributes of a node by name, with the default the operator has. */
export interface Attributes {
  integer(name: string, otherwise: number): number;
  float(name: string, otherwise: number): number;
  text(name: string, otherwise: string): string;
  /** Undefined when absent. */
  integers(name: string): readonly number[] | undefined;
  texts(name: string): readonly string[] | undefined;
  tensor(name: string): ConstantTensor | undefined;
  has(name: string): boolean;
}

const utf8 = new TextDecoder();

export function attributesOf(node: NodeProto, file: string): Attributes {
  const find = (name: string) => node.attribute.find((attribute) => attribute.name === name);
  return {
    integer: (name, otherwise) => Number(find(name)?.i ?? otherwise),
    float: (name, otherwise) => find(name)?.f ?? otherwise,
    text: (name, otherwise) => {
      const found = find(name);
      return found === undefined ? otherwise : utf8.decode(found.s);
    },
    integers: (name) => find(name)?.ints.map(Number),
    texts: (name) => find(name)?.strings.map((text) => utf8.decode(text)),
    tensor: (name) => {
      const found = find(name)?.t;
      return found === undefined ? undefined : constantTensor(found, file, () => new Uint8Array());
    },
    has: (name) => find(name) !== undefined,
  };
}
