/**
 * Made by protoc-gen-es from the public onnx.proto (Apache-2.0), cut down to the messages and fields the importer reads; enumerations
 * are read as their numbers. Unknown fields of a file are skipped.
 */

import type { Message } from '@bufbuild/protobuf';
import type { GenFile, GenMessage } from '@bufbuild/protobuf/codegenv2';
import { fileDesc, messageDesc } from '@bufbuild/protobuf/codegenv2';
export const file_onnx: GenFile = fileDesc(
  'Cgpvbm54LnByb3RvEgRvbm54IpoBCg5BdHRyaWJ1dGVQcm90bxIMCgRuYW1lGAEgASgJEgwKBHR5cGUYFCABKAUSCQoBZhgCIAEoAhIJCgFpGAMgASgDEgkKAXMYBCABKAwSHAoBdBgFIAEoCzIRLm9ubnguVGVuc29yUHJvdG8SDgoGZmxvYXRzGAcgAygCEgwKBGludHMYCCADKAMSDwoHc3RyaW5ncxgJIAMoDCI9Cg5WYWx1ZUluZm9Qcm90bxIMCgRuYW1lGAEgASgJEh0KBHR5cGUYAiABKAsyDy5vbm54LlR5cGVQcm90byKCAQoJTm9kZVByb3RvEg0KBWlucHV0GAEgAygJEg4KBm91dHB1dBgCIAMoCRIMCgRuYW1lGAMgASgJEg8KB29wX3R5cGUYBCABKAkSDgoGZG9tYWluGAcgASgJEicKCWF0dHJpYnV0ZRgFIAMoCzIULm9ubnguQXR0cmlidXRlUHJvdG8iiAEKCk1vZGVsUHJvdG8SEgoKaXJfdmVyc2lvbhgBIAEoAxIuCgxvcHNldF9pbXBvcnQYCCADKAsyGC5vbm54Lk9wZXJhdG9yU2V0SWRQcm90bxIVCg1wcm9kdWNlcl9uYW1lGAIgASgJEh8KBWdyYXBoGAcgASgLMhAub25ueC5HcmFwaFByb3RvIjQKFlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8SCwoDa2V5GAEgASgJEg0KBXZhbHVlGAIgASgJIqwBCgpHcmFwaFByb3RvEh0KBG5vZGUYASADKAsyDy5vbm54Lk5vZGVQcm90bxIMCgRuYW1lGAIgASgJEiYKC2luaXRpYWxpemVyGAUgAygLMhEub25ueC5UZW5zb3JQcm90bxIjCgVpbnB1dBgLIAMoCzIULm9ubnguVmFsdWVJbmZvUHJvdG8SJAoGb3V0cHV0GAwgAygLMhQub25ueC5WYWx1ZUluZm9Qcm90byKUAgoLVGVuc29yUHJvdG8SDAoEZGltcxgBIAMoAxIRCglkYXRhX3R5cGUYAiABKAUSFgoKZmxvYXRfZGF0YRgEIAMoAkICEAESFgoKaW50MzJfZGF0YRgFIAMoBUICEAESFgoKaW50NjRfZGF0YRgHIAMoA0ICEAESDAoEbmFtZRgIIAEoCRIQCghyYXdfZGF0YRgJIAEoDBIzCg1leHRlcm5hbF9kYXRhGA0gAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvEhUKDWRhdGFfbG9jYXRpb24YDiABKAUSFwoLZG91YmxlX2RhdGEYCiADKAFCAhABEhcKC3VpbnQ2NF9kYXRhGAsgAygEQgIQASKBAQoQVGVuc29yU2hhcGVQcm90bxItCgNkaW0YASADKAsyIC5vbm54LlRlbnNvclNoYXBlUHJvdG8uRGltZW5zaW9uGj4KCURpbWVuc2lvbhITCglkaW1fdmFsdWUYASABKANIABITCglkaW1fcGFyYW0YAiABKAlIAEIHCgV2YWx1ZSKHAQoJVHlwZVByb3RvEi0KC3RlbnNvcl90eXBlGAEgASgLMhYub25ueC5UeXBlUHJvdG8uVGVuc29ySAAaQgoGVGVuc29yEhEKCWVsZW1fdHlwZRgBIAEoBRIlCgVzaGFwZRgCIAEoCzIWLm9ubnguVGVuc29yU2hhcGVQcm90b0IHCgV2YWx1ZSI1ChJPcGVyYXRvclNldElkUHJvdG8SDgoGZG9tYWluGAEgASgJEg8KB3ZlcnNpb24YAiABKAM',
);
export type AttributeProto = Message<'onnx.AttributeProto'> & {
  name: string;
  type: number;
  f: number;
  i: bigint;
  s: Uint8Array;
  t?: TensorProto | undefined;
  floats: number[];
  ints: bigint[];
  strings: Uint8Array[];
};
export const AttributeProtoSchema: GenMessage<AttributeProto> = messageDesc(file_onnx, 0);
export type ValueInfoProto = Message<'onnx.ValueInfoProto'> & {
  name: string;
  type?: TypeProto | undefined;
};
export const ValueInfoProtoSchema: GenMessage<ValueInfoProto> = messageDesc(file_onnx, 1);
export type NodeProto = Message<'onnx.NodeProto'> & {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  domain: string;
  attribute: AttributeProto[];
};
export const NodeProtoSchema: GenMessage<NodeProto> = messageDesc(file_onnx, 2);
export type ModelProto = Message<'onnx.ModelProto'> & {
  irVersion: bigint;
  opsetImport: OperatorSetIdProto[];
  producerName: string;
  graph?: GraphProto | undefined;
};
export const ModelProtoSchema: GenMessage<ModelProto> = messageDesc(file_onnx, 3);
export type StringStringEntryProto = Message<'onnx.StringStringEntryProto'> & {
  key: string;
  value: string;
};
export const StringStringEntryProtoSchema: GenMessage<StringStringEntryProto> = messageDesc(file_onnx, 4);
export type GraphProto = Message<'onnx.GraphProto'> & {
  node: NodeProto[];
  name: string;
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
};
export const GraphProtoSchema: GenMessage<GraphProto> = messageDesc(file_onnx, 5);
export type TensorProto = Message<'onnx.TensorProto'> & {
  dims: bigint[];
  dataType: number;
  floatData: number[];
  int32Data: number[];
  int64Data: bigint[];
  name: string;
  rawData: Uint8Array;
  externalData: StringStringEntryProto[];
  dataLocation: number;
  doubleData: number[];
  uint64Data: bigint[];
};
export const TensorProtoSchema: GenMessage<TensorProto> = messageDesc(file_onnx, 6);
export type TensorShapeProto = Message<'onnx.TensorShapeProto'> & {
  dim: TensorShapeProto_Dimension[];
};
export const TensorShapeProtoSchema: GenMessage<TensorShapeProto> = messageDesc(file_onnx, 7);
export type TensorShapeProto_Dimension = Message<'onnx.TensorShapeProto.Dimension'> & {
  value:
    | {
        value: bigint;
        case: 'dimValue';
      }
    | {
        value: string;
        case: 'dimParam';
      }
    | { case: undefined; value?: undefined };
};
export const TensorShapeProto_DimensionSchema: GenMessage<TensorShapeProto_Dimension> = messageDesc(file_onnx, 7, 0);
export type TypeProto = Message<'onnx.TypeProto'> & {
  value:
    | {
        value: TypeProto_Tensor;
        case: 'tensorType';
      }
    | { case: undefined; value?: undefined };
};
export const TypeProtoSchema: GenMessage<TypeProto> = messageDesc(file_onnx, 8);
export type TypeProto_Tensor = Message<'onnx.TypeProto.Tensor'> & {
  elemType: number;
  shape?: TensorShapeProto | undefined;
};
export const TypeProto_TensorSchema: GenMessage<TypeProto_Tensor> = messageDesc(file_onnx, 8, 0);
export type OperatorSetIdProto = Message<'onnx.OperatorSetIdProto'> & {
  domain: string;
  version: bigint;
};
export const OperatorSetIdProtoSchema: GenMessage<OperatorSetIdProto> = messageDesc(file_onnx, 9);
