import type { CompileInput, Mapping } from '../compiler/compile-inference.ts';
import {
  analyseGraph,
  compileGraph,
  type GraphCompileInput,
  type GraphMapping,
  mapGraph,
} from '../compiler/graph/compile-graph.ts';
import type { MappingChoice } from '../compiler/graph/mapping-choice.ts';
import type { Program } from '../isa/program.ts';
import { graphOf } from '../network/graph/from-network.ts';
import type { DataSet } from '../network/layer-graph.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { isStreamed, measureSteps } from './try-mapping.ts';

/** The first images of a data set as floats, one array each. */
export function firstInputs(data: DataSet, count: number): readonly Float32Array[] {
  const size = data.images.length / data.count;
  return Array.from({ length: count }, (_, at) =>
    Float32Array.from(data.images.subarray(at * size, (at + 1) * size), (code) => code * data.unit),
  );
}

/** Streams of `len` rows a turn, paced by what the steps take on whole maps; nothing where `len` is 0. */
export const streamChoice = (
  analysis: ReturnType<typeof analyseGraph>,
  input: GraphCompileInput,
  len = 0,
): Partial<MappingChoice> => (len === 0 ? {} : { len, costOf: measureSteps(analysis, input, {}) });

/** Warnings of a mapping that was asked for `len` rows a turn. */
export const streamWarnings = (mapping: GraphMapping, len = 0): readonly string[] =>
  len === 0 || isStreamed(mapping)
    ? []
    : [
        `${len} rows a turn change nothing: no two steps in a row work on maps row by row, or the scratchpad does not hold their maps together`,
      ];

/** A chain of layers whose convolutions pass rows on: compiled as the graph that it is. */
export function compileStreamed(
  input: Omit<CompileInput, 'layerInputs' | 'calibrationImages'>,
  calibration: readonly Float32Array[],
  len: number,
): { readonly mapping: Mapping; readonly program: Program; readonly warnings: readonly string[] } {
  const { network, parameters, chip, test, samples, ages, compensation = 'none' } = input;
  const given: GraphCompileInput = {
    ...{ graph: graphOf(network, parameters), chip, test, samples, ages, compensation, calibration },
  };
  const analysis = analyseGraph(createKernels(), given);
  const mapping = mapGraph(analysis, given, streamChoice(analysis, given, len));
  return { mapping, program: compileGraph(given, mapping, undefined), warnings: streamWarnings(mapping, len) };
}
