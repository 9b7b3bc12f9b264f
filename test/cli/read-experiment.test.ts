import { expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { experimentNames, readExperiment } from '../../src/cli/read-experiment.ts';
import { openSession } from './session.ts';

const hasReader = (name: string): boolean =>
  /^kind: (laboratory|parts)$/m.test(new TextDecoder().decode(nodeFiles.read(`${workloadsFolder}/experiments/${name}.yaml`)));

// laboratory files and lists of parts have readers of their own
const names = experimentNames(nodeFiles, workloadsFolder).filter((name) => !hasReader(name));

test.each(names)('%s can be read by name', (name) => {
  expect(readExperiment(nodeFiles, workloadsFolder, name).name).toBe(name);
});

test('a path works as well', () => {
  const path = openSession().put('mine.yaml', 'name: mine\nnetwork: mlp-784-64-10\n');
  expect(readExperiment(nodeFiles, workloadsFolder, path).name).toBe('mine');
});

test('an unknown one lists what there is and the nearest', () => {
  expect(() => readExperiment(nodeFiles, workloadsFolder, 'digits-mlp-inferense')).toThrow(
    /digits-mlp-inferense.*mnist-mlp-inference.*did you mean digits-mlp-inference\?/,
  );
});
