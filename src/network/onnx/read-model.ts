import { fromBinary } from '@bufbuild/protobuf';
import { InputError, type Issue, inputError } from '../../config/issue.ts';
import { type GraphProto, type ModelProto, ModelProtoSchema } from './onnx-schema.ts';

/** Versions of the standard operator set the importer knows the operators of. */
export const opsets = { oldest: 7, newest: 23 } as const;

/** More nodes than this are no network that fits a chip: a hostile or broken file. */
const mostNodes = 20_000;

/** A model file, checked for what holds before any node is looked at. */
export interface OnnxModel {
  readonly file: string;
  readonly graph: GraphProto;
  readonly opset: number;
}

function decode(bytes: Uint8Array, file: string): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw inputError(file, `a file that is no protocol buffer, or a cut one (${reason})`, 'an ONNX model');
  }
}

const standardDomains = ['', 'ai.onnx'];

/** Reads a model file. Throws InputError for a file that is no ONNX model, or one of operator sets nobody here knows. */
export function readModel(bytes: Uint8Array, file: string): OnnxModel {
  const model = decode(bytes, file);
  const { graph } = model;
  if (graph === undefined || graph.node.length === 0) throw inputError(file, 'no graph with nodes', 'an ONNX model');
  const issues: Issue[] = [];
  const opset = model.opsetImport.find(({ domain }) => standardDomains.includes(domain));
  const version = Number(opset?.version ?? 1n);
  if (version < opsets.oldest || version > opsets.newest) {
    const expected = `opset ${opsets.oldest} to ${opsets.newest} (onnx.version_converter changes it)`;
    issues.push({ file, found: opset === undefined ? 'no standard operator set' : `operator set ${version}`, expected });
  }
  if (graph.node.length > mostNodes) issues.push({ file, found: `${graph.node.length} nodes`, expected: `at most ${mostNodes}` });
  if (issues.length > 0) throw new InputError(issues);
  return { file, graph, opset: version };
}
