import { enablePatches, type Patch, produceWithPatches } from 'immer';
import { chipHash } from '../chip/chip-hash.ts';
import type { Chip } from '../chip/chip-source.ts';
import { chipPaths } from '../chip/components/components.ts';
import { varyChip } from '../chip/vary.ts';
import { hashOf, sha256 } from '../config/hash.ts';
import { InputError, inputError } from '../config/issue.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import type { Files } from '../network/data/files.ts';
import { checkExperiment } from '../simulate/experiment.ts';
import { readChip } from '../simulate/resolve-chip.ts';
import { semantics } from '../simulate/version.ts';
import { type AxisValue, changesOf, type Point } from './axis.ts';
import type { Stage, SweepSpec } from './sweep-spec.ts';
import type { Job, WorkItem } from './work-item.ts';

enablePatches();

type Tree = Record<string, unknown>;

/** The experiment file that points start from, and where everything else is read. */
export interface SweepPorts {
  readonly files: Files;
  /** Folder that holds networks/ and experiments/. */
  readonly workloads: string;
  readonly experiment: { readonly text: string; readonly file: string };
  /** Data folder in place of the spec's. */
  readonly data?: string;
}

export interface Resolver {
  /** The item of a point at a stage; repeats differ in their chips only. */
  item(point: Point, stage: Stage, repeat: number): WorkItem;
  /** What the point changes of the base, as immer patches over the experiment and its chip settings. */
  patches(point: Point): readonly Patch[];
  /** The value the base has at a path of the experiment; undefined elsewhere. */
  base(path: string): unknown;
}

const ownMembers = ['name', 'doc', 'device', 'mapping.len'];
const chipBlocks = new Set(chipPaths.map((path) => path.split('.')[0]!));

/** Is this path a value of the chip rather than of the experiment? */
export const isChipPath = (path: string): boolean => chipBlocks.has(path.split('.')[0]!) && !ownMembers.includes(path);
/** Is this path inside the network file? */
export const isNetworkPath = (path: string): boolean => path.startsWith('network.');

function put(tree: Tree, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let at = tree;
  for (const key of keys) at = (at[key] ??= {}) as Tree;
  at[last] = value;
}

const get = (tree: unknown, path: string): unknown => {
  let at = tree;
  for (const key of path.split('.')) at = (at as Tree | undefined)?.[key];
  return at;
};

const once = <T>(make: (key: string) => T): ((key: string) => T) => {
  const made = new Map<string, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
};

/** Makes the items of a sweep. @throws InputError when the base experiment itself is wrong. */
export function createResolver(spec: SweepSpec, ports: SweepPorts): Resolver {
  const base = baseOf(spec, ports);
  const experimentName = ports.experiment.file;
  checkExperiment(base, experimentName);
  const read = createReaders(ports);
  const data = ports.data ?? spec.base.data;

  const vary = (point: Point) =>
    produceWithPatches(base, (draft) => {
      for (const axis of spec.axes) {
        const value = point[axis.path];
        if (value === undefined) continue;
        for (const [target, set] of changesOf(axis, value)) change(draft, target, set);
      }
    });
  const change = (draft: Tree, path: string, value: AxisValue): void => {
    if (isChipPath(path)) draft.set = [...((draft.set ?? []) as string[]), `${path}=${value}`];
    else if (isNetworkPath(path)) draft.networkChanges = { ...((draft.networkChanges ?? {}) as Tree), [path.slice(8)]: value };
    else put(draft, path, value);
  };

  const item = (point: Point, stage: Stage, repeat: number): WorkItem => {
    const { networkChanges: changes, ...varied } = vary(point)[0];
    const experiment: Tree = { ...varied, ...stageMembers(stage) };
    const instances = Number(experiment.instances ?? 3);
    if (repeat > 0) experiment.chipSeed = Number(experiment.chipSeed ?? 1) + repeat * instances;
    const network = changes === undefined ? undefined : read.changedNetwork(String(experiment.network), changes as Tree);
    const job: Job = {
      experiment,
      fidelity: stage.fidelity,
      ...(network === undefined ? {} : { network }),
      ...(data === undefined ? {} : { data }),
    };
    return { job, ...identify(job, read, experimentName) };
  };
  return { item, patches: (point) => vary(point)[1], base: (path) => get(base, path) };
}

/** The experiment with what the spec changes for every point. */
function baseOf({ base, axes }: SweepSpec, { experiment }: SweepPorts): Tree {
  const raw = parseYaml(experiment.text, experiment.file).value;
  if (typeof raw !== 'object' || raw === null) throw inputError(experiment.file, 'no mapping', 'an experiment');
  const tree = structuredClone(raw) as Tree;
  for (const [path, value] of Object.entries(base.members)) put(tree, path, value);
  if (base.chip !== undefined) tree.chip = base.chip;
  if (base.device !== undefined) tree.device = base.device;
  tree.set = [...((tree.set ?? []) as string[]), ...base.set];
  const unknown = axes.filter(({ path }) => path.startsWith('set'));
  if (unknown.length > 0) throw inputError('axes', `axis ${unknown[0]!.path}`, 'the path of a chip value itself');
  return tree;
}

const stageMembers = ({ samples, instances, ages }: Stage): Tree => ({
  ...(samples === undefined ? {} : { samples }),
  ...(instances === undefined ? {} : { instances }),
  ...(ages === undefined ? {} : { ages }),
});

interface Readers {
  chip(name: string): Chip;
  networkDocument(name: string): unknown;
  changedNetwork(name: string, changes: Tree): unknown;
  fileDigest(path: string): string;
  folderDigest(path: string): string;
}

function createReaders({ files, workloads }: SweepPorts): Readers {
  const utf8 = new TextDecoder();
  const networkDocument = once((name: string): unknown => {
    const path = [`${workloads}/networks/${name}.yaml`, name].find((candidate) => files.exists(candidate));
    if (path === undefined) throw inputError('network', `"${name}"`, 'a network file or name');
    return /\.ya?ml$/.test(path) ? parseYaml(utf8.decode(files.read(path)), path).value : { digest: sha256(files.read(path)) };
  });
  return {
    networkDocument,
    chip: once((name: string) => readChip(name, files)),
    changedNetwork: (name, changes) => {
      const document = structuredClone(networkDocument(name)) as Tree;
      for (const [path, value] of Object.entries(changes)) put(document, path, value);
      return document;
    },
    fileDigest: once((path: string) => (files.exists(path) ? sha256(files.read(path)) : path)),
    folderDigest: once((folder: string) =>
      hashOf(
        [...files.list(folder)]
          .sort()
          .map((name) => [name, files.exists(`${folder}/${name}`) ? sha256(files.read(`${folder}/${name}`)) : 'folder']),
      ),
    ),
  };
}

/**
 * Id and share key of a job. A job that cannot be resolved (a rule of the chip is broken, say) is named by what was written: it will fail
 * with the same words wherever it runs.
 */
function identify(job: Job, read: Readers, file: string): Pick<WorkItem, 'id' | 'shareKey'> {
  const data = job.data === undefined ? 'embedded' : read.folderDigest(job.data);
  try {
    const { name: _name, doc: _doc, chip, set, device, network, ...rest } = checkExperiment(job.experiment, file);
    const settings = [...set, ...(device === undefined ? [] : [`device=${device}`])];
    const { description } = varyChip(read.chip(chip), settings).chip;
    const workload = { network: job.network ?? read.networkDocument(network), data };
    const hardware = { chip: chipHash(description), device: read.fileDigest(description.device) };
    const { training, seed } = rest;
    return {
      id: hashOf({ semantics, fidelity: job.fidelity, experiment: rest, ...workload, ...hardware }),
      shareKey: hashOf({ workload, training, seed }),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { data: _folder, ...written } = job;
    return { id: hashOf({ semantics, written, data }), shareKey: '' };
  }
}
