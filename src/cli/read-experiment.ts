import { inputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { Files } from '../network/data/files.ts';
import { type Experiment, parseExperiment } from '../simulate/experiment.ts';
import { parseParts } from '../simulate/experiment-parts.ts';
import { readText } from './read-text.ts';

/** Names of the experiments that come with the package. */
export const experimentNames = (files: Files, workloads: string): readonly string[] =>
  [...files.list(`${workloads}/experiments`)]
    .filter((entry) => entry.endsWith('.yaml'))
    .map((entry) => entry.slice(0, -'.yaml'.length))
    .sort();

/** Path of an experiment by name from workloads/experiments, or of a YAML file; a name wins. */
export function experimentPath(files: Files, workloads: string, name: string): string {
  const known = experimentNames(files, workloads);
  const path = known.includes(name) ? `${workloads}/experiments/${name}.yaml` : name;
  if (files.exists(path)) return path;
  throw inputError('experiment', name, `a YAML file or one of ${known.join(', ')}`, nearestName(name, known));
}

/** One experiment by name from workloads/experiments, or by path of a YAML file; a name wins. */
export function readExperiment(files: Files, workloads: string, name: string): Experiment {
  const path = experimentPath(files, workloads, name);
  const text = readText(files, path);
  const parts = parseParts(text, path);
  if (parts !== undefined) throw inputError(path, 'a list of experiments', `one of them: ${parts.parts.join(', ')}`);
  return parseExperiment(text, path);
}
