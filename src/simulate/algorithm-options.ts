import { z } from 'zod';
import { checkSchema } from '../config/check-schema.ts';
import { InputError, inputError } from '../config/issue.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import { type AlgorithmSettings, algorithmSchema } from './training-settings.ts';

const prefix = 'algorithm.';
const schema = z.object({ algorithm: algorithmSchema });

/** Settings of the command line, those of the training algorithm apart from those of the chip. */
export function splitSettings(set: readonly string[]): {
  readonly algorithm: readonly string[];
  readonly chip: readonly string[];
} {
  const ofAlgorithm = (text: string): boolean => text.startsWith(prefix);
  return { algorithm: set.filter(ofAlgorithm), chip: set.filter((text) => !ofAlgorithm(text)) };
}

type Tree = Record<string, unknown>;

function put(tree: Tree, keys: readonly string[], value: unknown): void {
  let at = tree;
  for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Tree;
  at[keys.at(-1)!] = value;
}

/** Members that belong to one rule only mean nothing to another. */
function withoutOthers(tree: Tree): Tree {
  const rule = algorithmSchema.options.find(({ shape }) => shape.kind.safeParse(tree.kind).success);
  return rule === undefined ? tree : Object.fromEntries(Object.entries(tree).filter(([key]) => key in rule.shape));
}

/** The algorithm block with `algorithm.path=value` settings applied. Throws InputError with every mistake. */
export function withAlgorithmSettings(given: AlgorithmSettings, settings: readonly string[]): AlgorithmSettings {
  if (settings.length === 0) return given;
  const changes = settings.map((setting) => {
    const at = setting.indexOf('=');
    const [path, text] = [setting.slice(prefix.length, at), setting.slice(at + 1)];
    if (at < 0 || path === '' || text === '') throw inputError('--set', setting, 'algorithm.<name>=<value>');
    return { keys: path.split('.'), value: parseYaml(text, '--set').value };
  });
  const kind = changes.find(({ keys }) => keys.join('.') === 'kind')?.value ?? given.kind;
  const tree = withoutOthers({ ...structuredClone(given), kind });
  for (const { keys, value } of changes) put(tree, keys, value);
  const nowhere = { line: 1, column: 1 };
  const checked = checkSchema(schema, {
    ...{ file: '--set', value: { algorithm: tree } },
    ...{ locate: () => nowhere, locateKey: () => nowhere },
  });
  if (!checked.ok) throw new InputError(checked.issues.map(({ line: _line, column: _column, ...issue }) => issue));
  return checked.value.algorithm;
}
