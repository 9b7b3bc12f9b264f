import { resolve } from 'node:path';
import { inputError } from '../../config/issue.ts';
import { nearestName } from '../../config/nearest-name.ts';
import type { Point } from '../../explore/axis.ts';
import { checkAxes } from '../../explore/check-axes.ts';
import { createResolver, type Resolver, type SweepPorts } from '../../explore/resolve-point.ts';
import { openStore, type ResultStore, type SweepFiles } from '../../explore/result-store.ts';
import { createSurveyor, type Survey, type Surveyor } from '../../explore/survey.ts';
import { parseSweep, type SweepSpec } from '../../explore/sweep-spec.ts';
import { asJson } from '../../report/as-json.ts';
import { version } from '../../simulate/version.ts';
import type { Io } from '../io.ts';
import { workloadsFolder } from '../locate.ts';
import { experimentPath } from '../read-experiment.ts';
import { readText } from '../read-text.ts';

/** What a result folder says of its sweep, beside the spec itself: enough to go on without the files it was planned from. */
interface Head {
  readonly schema: 'ohmic.sweep/1';
  readonly version: string;
  readonly experiment: { readonly text: string; readonly file: string };
  readonly data?: string;
}

/** A sweep and its folder. */
export interface OpenSweep {
  readonly folder: string;
  readonly spec: SweepSpec;
  readonly resolver: Resolver;
  readonly store: ResultStore;
  readonly surveyor: Surveyor;
  /** As far as the results on disk allow. */
  readonly survey: () => Survey;
  /** Puts spec and head into the folder. */
  readonly keep: () => void;
}

export interface OpenOptions {
  readonly out?: string;
  readonly data?: string;
}

/** Names of the sweeps that come with the package. */
const sweepNames = (io: Io): readonly string[] =>
  [...io.files.list(`${workloadsFolder}/sweeps`)]
    .filter((entry) => entry.endsWith('.yaml'))
    .map((entry) => entry.slice(0, -'.yaml'.length))
    .sort();

const headPath = (folder: string): string => `${folder}/sweep.json`;
const specPath = (folder: string): string => `${folder}/sweep.yaml`;
const trimmed = (folder: string): string => folder.replace(/(?<=.)[\\/]+$/, '');

/** Where an outside optimiser's points are kept. */
export const outsidePath = (folder: string): string => `${folder}/outside.jsonl`;

function outsidePoints({ files }: Io, folder: string): readonly Point[] {
  const path = outsidePath(folder);
  if (!files.exists(path)) return [];
  return readText(files, path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Point);
}

/** A sweep by the folder of its results. */
export function openFolder(io: Io, folder: string): OpenSweep {
  const at = trimmed(folder);
  if (!io.files.exists(headPath(at))) throw inputError(at, 'no sweep.json in it', 'the folder of a sweep');
  const head = JSON.parse(readText(io.files, headPath(at))) as Head;
  return open(io, at, readText(io.files, specPath(at)), specPath(at), head);
}

/** A sweep by name, by file or by the folder of its results. */
export function openSweep(io: Io, target: string, { out, data }: OpenOptions): OpenSweep {
  if (io.files.exists(headPath(trimmed(target)))) {
    if (out !== undefined) throw inputError('--out', `${out} for a sweep that has its folder`, 'no --out');
    return openFolder(io, target);
  }
  const known = sweepNames(io);
  const file = known.includes(target) ? `${workloadsFolder}/sweeps/${target}.yaml` : target;
  if (!io.files.exists(file))
    throw inputError('sweep', target, `a YAML file, a result folder or one of ${known.join(', ')}`, nearestName(target, known));
  const text = readText(io.files, file);
  const spec = parseSweep(text, file);
  const path = experimentPath(io.files, workloadsFolder, spec.experiment);
  const folderOfData = data ?? spec.base.data;
  const head: Head = {
    schema: 'ohmic.sweep/1',
    version,
    experiment: { text: readText(io.files, path), file: path },
    ...(folderOfData === undefined ? {} : { data: resolve(folderOfData) }),
  };
  return open(io, trimmed(out ?? `sweeps/${spec.name}`), text, file, head);
}

function open(io: Io, folder: string, text: string, file: string, head: Head): OpenSweep {
  const files: SweepFiles = io.files;
  const spec = parseSweep(text, file);
  const ports: SweepPorts = {
    files,
    workloads: workloadsFolder,
    experiment: head.experiment,
    ...(head.data === undefined ? {} : { data: head.data }),
  };
  const resolver = createResolver(spec, ports);
  checkAxes(spec, resolver);
  const store = openStore(files, folder);
  const surveyor = createSurveyor(spec, resolver, () => outsidePoints(io, folder));
  return {
    ...{ folder, spec, resolver, store, surveyor },
    survey: () => surveyor.survey(store.read),
    keep: () => {
      files.write(specPath(folder), text);
      files.write(headPath(folder), asJson(head));
    },
  };
}
