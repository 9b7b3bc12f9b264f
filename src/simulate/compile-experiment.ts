import { type CompileInput, compileInference, mapNetwork, standardCalibrationImages } from '../compiler/compile-inference.ts';
import { inputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { Program } from '../isa/program.ts';
import { takeFirst } from '../network/data/data-set.ts';
import { generateDigits } from '../network/data/digits.ts';
import type { Files } from '../network/data/files.ts';
import { findData } from '../network/data/find-data.ts';
import type { DataSet, Network, NetworkParameters } from '../network/layer-graph.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { forward } from '../network/reference.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Kernels } from '../numeric/kernels.ts';
import { compileStreamed, firstInputs } from './compile-streamed.ts';
import { type Experiment, type ExperimentOptions, parseAges, withOptions } from './experiment.ts';
import type { Manifest } from './manifest.ts';
import type { Progress } from './progress.ts';
import { resolveChip } from './resolve-chip.ts';
import { ownWork, type SharedWork } from './shared-work.ts';
import { trainReference } from './train-reference.ts';

export interface CompilePorts {
  readonly files: Files;
  readonly progress: Progress;
  /** Folder that holds networks/ and experiments/. */
  readonly workloads: string;
  /** Work that experiments have in common, done once; absent: every call does its own. */
  readonly shared?: SharedWork;
}

/** The embedded digits are one fixed set, whatever the seed of the run. */
const digitsSeed = 1;

const yaml = new TextDecoder();

/** A network by name from workloads/networks, or by path. */
export function readNetwork(name: string, { files, workloads, shared = ownWork }: CompilePorts): Network {
  const folder = `${workloads}/networks`;
  const path = [`${folder}/${name}.yaml`, name].find((candidate) => files.exists(candidate));
  if (path === undefined) {
    const known = files.list(folder).map((entry) => entry.replace(/\.yaml$/, ''));
    throw inputError('network', `"${name}"`, `a file, or one of ${known.sort().join(', ')}`, nearestName(name, known));
  }
  const text = yaml.decode(files.read(path));
  return shared.text(path, text, () => parseNetwork(text, path));
}

/** What each layer of the float network is given for the first images of a data set: [count x size]. */
export function layerInputsOf(kernels: Kernels, network: Network, parameters: NetworkParameters, data: DataSet, count: number) {
  const size = data.images.length / data.count;
  const inputs = Float32Array.from(data.images.subarray(0, count * size), (code) => code * data.unit);
  const { activations = [] } = forward(kernels, network, parameters, inputs, { activations: true });
  return (layer: number): Float32Array => (layer === 0 ? inputs : activations[layer - 1]!);
}

/**
 * Everything `run` does before the machine starts: reads the network and data, trains the float reference, maps it onto the
 * chip and emits the program with its manifest. Throws InputError for anything the user can mend.
 */
export function compileExperiment(given: Experiment, options: ExperimentOptions, ports: CompilePorts): Program {
  const experiment = withOptions(given, options);
  const { chip, assumptions } = resolveChip(experiment.chip, experiment.set, ports.files, experiment.device);
  const ages = parseAges(experiment.ages, experiment.name);
  const network = readNetwork(experiment.network, ports);
  const loading = ports.progress.stage(options.data === undefined ? 'draw the embedded digits' : `read ${options.data}`);
  const shared = ports.shared ?? ownWork;
  const { train, test: allTest } = shared.data(options.data ?? '', () =>
    options.data === undefined ? generateDigits(digitsSeed) : findData(ports.files, options.data),
  );
  const count = Math.min(experiment.samples ?? allTest.count, allTest.count);
  const test = shared.once(allTest, `first ${count}`, () => takeFirst(allTest, count));
  loading.done(`${train.count} training and ${test.count} test samples`);

  const { parameters, accuracy } = shared.reference(
    { network, train: train.digest, training: experiment.training, seed: experiment.seed },
    test,
    () => trainReference(createKernels(), network, train, test, experiment, ports.progress),
  );
  const images = Math.min(standardCalibrationImages, train.count);
  const { len } = experiment.mapping;
  const input = {
    ...{ network, parameters, test, ages: ages.map(({ seconds }) => seconds), compensation: experiment.compensation },
    samples: test.count,
    layerInputs: shared.once(parameters, 'layer inputs', () =>
      layerInputsOf(createKernels(), network, parameters, train, images),
    ),
    calibrationImages: images,
    remember: <T>(key: string, make: () => T): T => shared.once(parameters, key, make),
  };
  // Designs that differ only in what no pass of the compiler looks at, such as the clock, run the same program.
  const { mapping, program, warnings } = shared.fromReads(
    parameters,
    JSON.stringify(['program', test.digest, test.unit, test.count, input.ages, input.compensation, len]),
    chip,
    (read) =>
      len === 0 ? compiled({ ...input, chip: read }) : compileStreamed({ ...input, chip: read }, firstInputs(train, images), len),
  );
  const manifest: Manifest = {
    schema: 'ohmic.manifest/1',
    name: experiment.name,
    network: network.name,
    chip,
    assumptions,
    seed: experiment.seed,
    chipSeeds: Array.from({ length: experiment.instances }, (_, index) => experiment.chipSeed + index),
    samples: test.count,
    dataDigest: test.digest,
    referenceAccuracy: accuracy,
    ages,
    operationsPerSample: mapping.operationsPerSample,
    declared: mapping.matrices.map(({ group }, index) => {
      const { inputActivity, weightMean } = mapping.scalings[index]!;
      return { group, inputActivity, weightMean };
    }),
    warnings,
  };
  return { ...program, manifest };
}

/** The program without manifest, and how the network lies on the chip. */
function compiled(input: CompileInput): ReturnType<typeof compileStreamed> {
  const mapping = mapNetwork(input);
  return { mapping, program: compileInference(input, mapping, undefined), warnings: [] };
}
