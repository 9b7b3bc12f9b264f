import { inputError } from '../config/issue.ts';
import type { Files } from '../network/data/files.ts';
import type { Graph } from '../network/graph/graph.ts';
import { parseGraphNetwork } from '../network/graph/parse-graph-network.ts';
import { importOnnx } from '../network/onnx/import-onnx.ts';

/** A network file has a topology and random weights; a model file has weights of its own. */
export const isNetworkFile = (path: string): boolean => /\.ya?ml$/i.test(path);

/** An ONNX model with the data beside it, or a YAML network with weights drawn by `seed`. */
export function readModel(path: string, files: Files, seed: number): Graph {
  if (!files.exists(path)) throw inputError('model', path, 'an ONNX file, or a YAML network');
  if (isNetworkFile(path)) return parseGraphNetwork(new TextDecoder().decode(files.read(path)), path, seed);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const external = (location: string): Uint8Array => {
    if (!files.exists(folder + location)) throw inputError(path, `no file ${location} beside it`, 'the external data it names');
    return files.read(folder + location);
  };
  return importOnnx(files.read(path), path, external);
}
